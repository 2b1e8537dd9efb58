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
    /// Where the server asks for tokens: a file that holds the dashboard's; empty where that is
    /// kept elsewhere.
    Q_PROPERTY(QString tokenFile READ tokenFile WRITE setTokenFile NOTIFY changed)
    /// What that token is good for, as the server says; empty where it asks for none.
    Q_PROPERTY(QString role READ role WRITE setRole NOTIFY changed)
    Q_PROPERTY(QString alertmanagerUrl READ alertmanagerUrl NOTIFY changed)
    /// For `alertmanager.yml`.
    Q_PROPERTY(QString alertmanagerConfiguration READ alertmanagerConfiguration NOTIFY changed)
    /// Raises one incident from a shell.
    Q_PROPERTY(QString curlCommand READ curlCommand NOTIFY changed)
    /// Makes the token file that these name, where the server is: the dashboard's own is none that
    /// reports. Empty where it is, and where none is needed.
    Q_PROPERTY(QString tokenCommand READ tokenCommand NOTIFY changed)

public:
    using QObject::QObject;

    [[nodiscard]] QString server() const;
    void setServer(const QString &server);
    [[nodiscard]] QString tokenFile() const;
    void setTokenFile(const QString &tokenFile);
    [[nodiscard]] QString role() const;
    void setRole(const QString &role);

    [[nodiscard]] QString alertmanagerUrl() const;
    [[nodiscard]] QString alertmanagerConfiguration() const;
    [[nodiscard]] QString curlCommand() const;
    [[nodiscard]] QString tokenCommand() const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString ingestUrl(QStringView kind) const;
    [[nodiscard]] bool needsSendersToken() const;
    /// Of a token that may report; empty where none is needed.
    [[nodiscard]] QString sendersTokenFile() const;

    QString m_server;
    QString m_tokenFile;
    QString m_role;
};

} // namespace tocsin
