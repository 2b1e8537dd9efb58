// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// What to give to those who are to report incidents to a server: addresses, a piece of
/// configuration, a command. Empty where `server` is no WebSocket address.
class TOCSIN_QML_EXPORT IngestGuide : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// The address the dashboard uses: `ws://127.0.0.1:8787/ws`.
    Q_PROPERTY(QString server READ server WRITE setServer NOTIFY changed)
    /// Where the server asks for tokens: a file that holds one.
    Q_PROPERTY(QString tokenFile READ tokenFile WRITE setTokenFile NOTIFY changed)
    Q_PROPERTY(QString alertmanagerUrl READ alertmanagerUrl NOTIFY changed)
    /// For `alertmanager.yml`.
    Q_PROPERTY(QString alertmanagerConfiguration READ alertmanagerConfiguration NOTIFY changed)
    /// Raises one incident from a shell.
    Q_PROPERTY(QString curlCommand READ curlCommand NOTIFY changed)

public:
    using QObject::QObject;

    [[nodiscard]] QString server() const;
    void setServer(const QString &server);
    [[nodiscard]] QString tokenFile() const;
    void setTokenFile(const QString &tokenFile);

    [[nodiscard]] QString alertmanagerUrl() const;
    [[nodiscard]] QString alertmanagerConfiguration() const;
    [[nodiscard]] QString curlCommand() const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString ingestUrl(QStringView kind) const;

    QString m_server;
    QString m_tokenFile;
};

} // namespace tocsin
