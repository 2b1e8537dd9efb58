// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketloss_p.h"

#include "client/clientsentence_p.h"
#include "client/tlserror_p.h"
#include "protocol/closecode.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace tocsin {

namespace {

// What Qt closes a connection with when the peer breaks RFC 6455: it looks like the peer's own
// close otherwise.
constexpr const char *dataComplaints[] = {
    "Invalid UTF-8 code encountered.",
    "Received Continuation frame, while there is nothing to continue.",
    "All data frames after the initial data frame must have opcode 0 (continuation).",
    "Payload of close frame is too small.",
    "Invalid opcode detected: %1",
    "Received message is too big.",
};
constexpr const char *frameComplaints[] = {
    "Used reserved opcode",
    "Control frame is larger than 125 bytes",
    "Control frames cannot be fragmented",
    "Maximum framesize exceeded.",
    "Rsv field is non-zero",
    "Invalid opcode detected: %1",
};

bool saysThat(const char *context, const char *complaint, const QString &reason)
{
    // Qt says it in the application's language where its translations are loaded.
    const QString text = QCoreApplication::translate(context, complaint);
    const qsizetype number = text.indexOf(u"%1");
    return number < 0 ? reason == text : reason.startsWith(QStringView(text).left(number));
}

bool isComplaintOfQt(const QString &reason)
{
    return std::ranges::any_of(dataComplaints,
               [&](const char *text) { return saysThat("QWebSocketDataProcessor", text, reason); })
        || std::ranges::any_of(frameComplaints,
            [&](const char *text) { return saysThat("QWebSocketFrame", text, reason); });
}

// Without the name of Qt's function, which says nothing to a person.
QString readableText(QString errorText)
{
    static const QRegularExpression function(QStringLiteral("^\\w+::\\w+: "));
    errorText.remove(function);
    while (errorText.endsWith(u'.'))
        errorText.chop(1);
    return errorText;
}

ConnectionLoss failure(ErrorCode code, const QString &message, CloseCode as = CloseCode::Abnormal)
{
    return {.code = int(as), .reason = {}, .error = Error{code, message, {}}};
}

// The status without the answer: QWebSocket keeps it in its text, and from 6.8 on it reads a 401
// itself and speaks of authentication.
int httpStatusIn(const QString &errorText)
{
    static const QRegularExpression pattern(QStringLiteral("status code: (\\d{3})"));
    if (const auto match = pattern.match(errorText); match.hasMatch())
        return match.captured(1).toInt();
    return errorText.contains(u"authenticat", Qt::CaseInsensitive) ? 401 : 0;
}

ConnectionLoss statusLoss(const FailedHandshake &failed, int status)
{
    const QString host = failed.url.host();
    if (status >= 300 && status < 400) {
        // Only where it leads: the rest of an address may be secret.
        const QUrl target = failed.url.resolved(failed.answer.location);
        return failure(ErrorCode::HandshakeFailed,
            (failed.answer.location.isEmpty()
                    ? ClientSentence::tr(
                          "%1 redirects without saying where to (HTTP %2), which is not"
                          " followed: give the address itself.")
                          .arg(host)
                          .arg(status)
                    : ClientSentence::tr("%1 redirects to %2 (HTTP %3), which is not followed: give"
                                         " the address itself.")
                          .arg(host, target.host())
                          .arg(status)));
    }
    switch (status) {
    case 401:
        return failure(ErrorCode::Unauthenticated,
            ClientSentence::tr("%1 refused the connection: not authorised (HTTP 401).").arg(host),
            CloseCode::Unauthorized);
    case 403:
        return failure(ErrorCode::Forbidden,
            ClientSentence::tr("%1 refused the connection: forbidden (HTTP 403).").arg(host),
            CloseCode::Forbidden);
    case 502:
    case 503:
    case 504:
        return failure(ErrorCode::Unavailable,
            ClientSentence::tr("%1 cannot serve at the moment (HTTP %2).").arg(host).arg(status));
    default:
        return failure(ErrorCode::HandshakeFailed,
            ClientSentence::tr("%1 answered HTTP %2 where a WebSocket was expected. Is the "
                               "path of the address right?")
                .arg(host)
                .arg(status));
    }
}

} // namespace

HttpAnswer httpAnswer(const QByteArray &head)
{
    static const QRegularExpression statusLine(QStringLiteral("^HTTP/\\d\\.\\d (\\d{3})\\b"));
    static const QRegularExpression locationLine(
        QStringLiteral("^location:(.*)$"), QRegularExpression::CaseInsensitiveOption);
    HttpAnswer answer;
    for (const QByteArray &line : head.left(head.lastIndexOf('\n') + 1).split('\n')) {
        const QString text = QString::fromUtf8(line).trimmed();
        if (text.isEmpty())
            break;
        if (answer.status == 0) {
            answer.status = statusLine.match(text).captured(1).toInt();
            if (answer.status == 0)
                break;
        } else if (const auto match = locationLine.match(text); match.hasMatch()) {
            answer.location = QUrl(match.captured(1).trimmed());
        }
    }
    return answer;
}

ConnectionLoss handshakeLoss(const FailedHandshake &failed)
{
    const QString text = readableText(failed.errorText);
    const QString host = failed.url.host();
    const int status
        = failed.answer.status != 0 ? failed.answer.status : httpStatusIn(failed.errorText);
    if (status != 0 && status != 101)
        return statusLoss(failed, status);
    if (!failed.tlsErrors.isEmpty())
        return {.error = certificateError(host, failed.tlsErrors)};
    if (refusesClientCertificate(text))
        return {.error = tlsError(host, text)};
    switch (failed.error) {
    case QAbstractSocket::ConnectionRefusedError:
        return failure(ErrorCode::ConnectionRefused,
            ClientSentence::tr("Nothing answers at %1, port %2.")
                .arg(host)
                .arg(failed.url.port(failed.url.scheme() == u"wss" ? 443 : 80)));
    case QAbstractSocket::HostNotFoundError:
        return failure(
            ErrorCode::HostNotFound, ClientSentence::tr("No host is called %1.").arg(host));
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError: return {.error = tlsError(host, text)};
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::SocketTimeoutError:
        return failure(ErrorCode::ConnectionTimeout,
            ClientSentence::tr("There is no way to %1: %2.").arg(host, text));
    case QAbstractSocket::RemoteHostClosedError:
        return failure(ErrorCode::ConnectionLost,
            ClientSentence::tr("%1 hung up before it answered.").arg(host));
    default:
        return failure(ErrorCode::HandshakeFailed,
            ClientSentence::tr("The connection to %1 failed: %2.").arg(host, text));
    }
}

ConnectionLoss closedLoss(const QUrl &url, int code, const QString &reason)
{
    // Qt 6.4 takes the registered codes from 1012 on for an error of the peer and does not tell
    // which one it was. They all mean: come back later.
    if (saysThat("QWebSocketDataProcessor", "Invalid close code %1 detected.", reason)) {
        return {.code = int(CloseCode::NoStatus),
            .reason = QStringLiteral("closed with a code that cannot be read")};
    }
    if (!isComplaintOfQt(reason))
        return {.code = code, .reason = reason};
    return {.code = code,
        .reason = reason,
        .error = code == int(CloseCode::TooBig)
            ? Error{ErrorCode::TooLarge,
                  ClientSentence::tr(
                      "%1 sent a message larger than is taken here; the connection was "
                      "closed.")
                      .arg(url.host()),
                  {}}
            : Error{ErrorCode::ProtocolViolation,
                  ClientSentence::tr(
                      "%1 does not keep to the WebSocket protocol; the connection was "
                      "closed: %2.")
                      .arg(url.host(), readableText(reason)),
                  {}}};
}

ConnectionLoss brokenLoss(const QUrl &url, const QString &errorText)
{
    const QString text = readableText(errorText);
    if (refusesClientCertificate(text))
        return {.error = tlsError(url.host(), text)};
    return failure(ErrorCode::ConnectionLost,
        ClientSentence::tr("The connection to %1 was lost: %2.").arg(url.host(), text));
}

} // namespace tocsin
