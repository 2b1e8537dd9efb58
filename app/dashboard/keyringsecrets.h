// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/secretstore.h"

#include <QHash>
#include <QSet>

namespace tocsin {

/// Keeps secrets in the system's keyring (the Secret Service of GNOME or KDE), through QtKeychain.
/// A program that was built without it says so, and keeps none.
///
/// The keyring may ask the person to unlock it, for as long as they like. Who declines is asked
/// again only after another write, not by each attempt to connect.
class KeyringSecrets : public SecretStore
{
    Q_OBJECT

public:
    /// Under which the keyring lists them.
    explicit KeyringSecrets(
        const QString &service = QStringLiteral("Tocsin"), QObject *parent = nullptr);

    [[nodiscard]] QFuture<Expected<QString>> read(const QString &name) override;
    [[nodiscard]] QFuture<Expected<void>> write(
        const QString &name, const QString &secret) override;
    [[nodiscard]] QFuture<Expected<void>> remove(const QString &name) override;
    [[nodiscard]] QFuture<Expected<void>> check() override;

private:
    QString m_service;
    QHash<QString, QFuture<Expected<QString>>> m_reading;
    QSet<QString> m_declined;
};

} // namespace tocsin
