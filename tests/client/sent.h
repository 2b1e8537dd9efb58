// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/socketclient.h"
#include "protocol/messages.h"

/// What tests of sending send, and what they hear of it.
namespace tocsin {

inline const QString room = QStringLiteral("account:acme");

inline IncidentReference incident(const QString &uuid)
{
    return {.uuid = uuid};
}

inline QString acknowledgement(const QString &uuid, qint64 requestId = 0)
{
    return QString::fromUtf8(encodeCommand(Acknowledge, incident(uuid), requestId));
}

/// Collects what a client signals.
struct Told {
    explicit Told(SocketClient &client)
    {
        QObject::connect(&client, &SocketClient::errorOccurred, &context,
            [this](const Error &error) { errors.append(error.code); });
        QObject::connect(&client, &SocketClient::attachmentReceived, &context,
            [this](const Attachment &attachment) { attachments.append(attachment); });
    }
    QObject context;
    QList<ErrorCode> errors;
    QList<Attachment> attachments;
};

} // namespace tocsin
