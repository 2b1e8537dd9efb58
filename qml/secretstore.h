// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"
#include "qml/export.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// Keeps secrets by name. Belongs to the thread it was made in, in which its futures finish; none
/// of them fails with an exception, or holds a secret in an error.
class TOCSIN_QML_EXPORT SecretStore : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes its stores.")

public:
    using QObject::QObject;

    /// NotFound where none is kept under that name.
    [[nodiscard]] virtual QFuture<Expected<QString>> read(const QString &name) = 0;
    /// In place of the one that was kept.
    [[nodiscard]] virtual QFuture<Expected<void>> write(const QString &name, const QString &secret)
        = 0;
    /// Nothing is wrong where none was kept.
    [[nodiscard]] virtual QFuture<Expected<void>> remove(const QString &name) = 0;
    /// Whether secrets can be kept here at all; why not, and what to do.
    [[nodiscard]] virtual QFuture<Expected<void>> check() = 0;

Q_SIGNALS:
    /// Another one is kept under that name now.
    void written(const QString &name);
};

/// Keeps them until the program ends.
class TOCSIN_QML_EXPORT MemorySecrets : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    [[nodiscard]] QFuture<Expected<QString>> read(const QString &name) override;
    [[nodiscard]] QFuture<Expected<void>> write(
        const QString &name, const QString &secret) override;
    [[nodiscard]] QFuture<Expected<void>> remove(const QString &name) override;
    [[nodiscard]] QFuture<Expected<void>> check() override;

private:
    QHash<QString, QString> m_secrets;
};

/// Keeps each in a file of its own, which only its owner can read; one that others can read is not
/// used. A name may be any text.
class TOCSIN_QML_EXPORT FileSecrets : public SecretStore
{
    Q_OBJECT

public:
    /// `directory` is made where it is missing.
    explicit FileSecrets(const QString &directory, QObject *parent = nullptr);

    [[nodiscard]] QFuture<Expected<QString>> read(const QString &name) override;
    [[nodiscard]] QFuture<Expected<void>> write(
        const QString &name, const QString &secret) override;
    [[nodiscard]] QFuture<Expected<void>> remove(const QString &name) override;
    [[nodiscard]] QFuture<Expected<void>> check() override;

private:
    [[nodiscard]] QString fileOf(const QString &name) const;
    [[nodiscard]] Expected<void> makeDirectory() const;
    [[nodiscard]] Expected<QString> readFile(const QString &name) const;
    [[nodiscard]] Expected<void> writeFile(const QString &name, const QString &secret) const;

    QString m_directory;
};

} // namespace tocsin
