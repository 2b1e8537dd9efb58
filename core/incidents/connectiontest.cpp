// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/connectiontest.h"

#include "client/serveraddress.h"
#include "client/socketclient.h"
#include "incidents/connectionmodel.h"
#include "protocol/closecode.h"
#include "protocol/messages.h"

#include <QPromise>

#include <algorithm>

namespace tocsin {

namespace {

using Verdict = ConnectionTest::Verdict;

// Longer than it takes to find out that a server is a plain one (ServerKind::patience).
constexpr std::chrono::milliseconds usualPatience{7'000};
/// A stranger's words, made short enough to be read.
constexpr qsizetype longestWords = 300;

QString shortened(const QString &words)
{
    return words.size() <= longestWords ? words : words.first(longestWords - 1) + u'…';
}

bool hasUsualPort(const QUrl &url)
{
    return url.port() < 0;
}

QUrl withScheme(QUrl url, const QString &scheme)
{
    url.setScheme(scheme);
    return url;
}

QUrl withGatewayPort(QUrl url)
{
    url.setPort(usualGatewayPort);
    return url;
}

QUrl withGatewayPath(QUrl url)
{
    url.setPath(QStringLiteral("/ws"));
    url.setQuery(QString());
    return url;
}

} // namespace

ConnectionTest::ConnectionTest(QObject *parent)
    : QObject(parent)
    , m_patience(usualPatience)
{
    m_answerTimer.setSingleShot(true);
    connect(&m_answerTimer, &QTimer::timeout, this, &ConnectionTest::noteSilence);
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::setPatience(std::chrono::milliseconds patience)
{
    m_patience = patience;
}

void ConnectionTest::start(const QString &address, const QString &token, const QStringList &rooms)
{
    end();
    m_authenticated = false;
    m_user.clear();
    m_role.clear();
    m_joinAnswered = false;
    m_understood = false;
    m_incidents = 0;
    const auto url = serverAddress(address);
    if (!url) {
        finish(
            Verdict::BadAddress, tr("This is not the address of a server."), url.error().message);
        return;
    }
    m_url = *url;
    const QString shown = token.trimmed();
    m_tokenShown = !shown.isEmpty();
    m_verdict = Verdict::Testing;
    m_headline = tr("Trying %1…").arg(m_url.toString());
    m_advice.clear();
    m_suggestion.clear();

    SocketClientOptions options{.url = m_url};
    options.connection.reconnect = false;
    options.connection.connectionTimeout = m_patience;
    m_client = std::make_unique<SocketClient>(options);
    SocketClient *const client = m_client.get();
    if (m_tokenShown) {
        client->setTokenProvider([shown] {
            QPromise<QString> promise;
            promise.start();
            promise.addResult(shown);
            promise.finish();
            return promise.future();
        });
    }
    for (const QString &room : rooms)
        client->joinRoom(room);
    connect(client, &SocketClient::errorOccurred, this, &ConnectionTest::noteError);
    connect(client, &SocketClient::disconnected, this, &ConnectionTest::noteClosed);
    connect(client, &SocketClient::roomFreshnessChanged, this, &ConnectionTest::noteRooms);
    connect(client, &SocketClient::connected, this, [this] { m_answerTimer.start(m_patience); });
    client->on(ServerError, this,
        [this](const ErrorData &error, const Envelope &) { noteServerError(error); });
    client->on(Authenticated, this, [this](const AuthenticatedData &data, const Envelope &) {
        m_authenticated = true;
        m_user = data.user.name;
        m_role = data.user.role;
        m_understood = true;
        // Who asks for no room hears nothing more.
        noteRooms();
    });
    client->on(RoomJoined, this,
        [this](const RoomJoinedData &, const Envelope &) { m_joinAnswered = true; });
    client->on(RoomSnapshot, this, [this](const RoomSnapshotData &part, const Envelope &) {
        m_incidents += part.incidents.size();
    });
    client->onAny(this, [this](const Envelope &, const QByteArray &) { m_understood = true; });
    client->connectToServer();
    Q_EMIT verdictChanged();
}

void ConnectionTest::forget()
{
    end();
    m_verdict = Verdict::None;
    m_headline.clear();
    m_advice.clear();
    m_suggestion.clear();
    Q_EMIT verdictChanged();
}

// The client may be in the middle of telling us something.
void ConnectionTest::end()
{
    m_answerTimer.stop();
    if (m_client) {
        m_client->disconnect(this);
        m_client->disconnectFromServer();
        m_client.release()->deleteLater();
    }
}

void ConnectionTest::finish(
    Verdict verdict, const QString &headline, const QString &advice, const QUrl &better)
{
    end();
    m_verdict = verdict;
    m_headline = headline;
    m_advice = advice;
    m_suggestion = better.toString();
    Q_EMIT verdictChanged();
}

QString ConnectionTest::host() const
{
    return serverName(m_url);
}

void ConnectionTest::noteError(const Error &error)
{
    // What the server reports in a session has its code, too, and is judged where it is read.
    if (m_client && m_client->state() == SocketClient::State::Connected)
        return;
    const QString message = shortened(error.message);
    const bool secure = m_url.scheme() == u"wss";
    const QUrl otherScheme
        = withScheme(m_url, secure ? QStringLiteral("ws") : QStringLiteral("wss"));
    switch (error.code) {
    case ErrorCode::HostNotFound:
        return finish(Verdict::NameNotFound, tr("There is no “%1”.").arg(m_url.host()),
            tr("No computer of this name is known here. Check the spelling; if the server is in a "
               "company's network, is this computer in it, or its VPN on?"));
    case ErrorCode::ConnectionRefused:
        return finish(Verdict::Refused, tr("Nothing answers at %1.").arg(host()),
            hasUsualPort(m_url)
                ? tr("The computer is there, and refuses port %1. A gateway without a web server "
                     "in front of it has port %2.")
                      .arg(secure ? 443 : 80)
                      .arg(usualGatewayPort)
                : tr("The computer is there, and refuses port %1. Is the server running, and is "
                     "this its port?")
                      .arg(m_url.port()),
            hasUsualPort(m_url) ? withGatewayPort(m_url) : QUrl());
    case ErrorCode::ConnectionTimeout:
        return finish(Verdict::Unreachable, tr("%1 does not answer.").arg(host()),
            tr("Nothing came back. Is the server on, and does a firewall let this computer through "
               "to its port? Some networks need a VPN."));
    case ErrorCode::ConnectionLost:
        return finish(Verdict::HungUp, tr("%1 hung up before it answered.").arg(host()),
            secure ? tr("Something listens there that does not speak TLS, or that does not want "
                        "to be spoken to. Is the port right?")
                   : tr("Something listens there that does not speak HTTP, or wants it encrypted. "
                        "Is the port right?"),
            secure ? QUrl() : otherScheme);
    case ErrorCode::CertificateExpired:
        return finish(Verdict::CertificateExpired,
            tr("The certificate of %1 has expired.").arg(host()), message);
    case ErrorCode::CertificateNotYetValid:
        return finish(Verdict::CertificateNotYetValid,
            tr("The certificate of %1 is not valid yet.").arg(host()), message);
    case ErrorCode::CertificateWrongHost:
        return finish(Verdict::CertificateWrongName,
            tr("The certificate of %1 is for another name.").arg(host()), message);
    case ErrorCode::CertificateUntrusted:
        return finish(Verdict::CertificateUntrusted,
            tr("The certificate of %1 is not trusted here.").arg(host()), message);
    case ErrorCode::CertificateRevoked:
        return finish(Verdict::CertificateRevoked,
            tr("The certificate of %1 was revoked.").arg(host()), message);
    case ErrorCode::ClientCertificateRefused:
        return finish(Verdict::ClientCertificateWanted,
            tr("%1 wants a certificate of this computer.").arg(host()),
            tr("The dashboard has none to show. Ask for an address where a token is enough."));
    case ErrorCode::TlsFailed:
        return finish(Verdict::NoTls, tr("No secure connection to %1.").arg(host()),
            tr("It does not speak TLS at this port, or not as this computer does. At %1 it may "
               "answer: but there the token and the incidents can be read on the way.")
                .arg(otherScheme.toString()),
            otherScheme);
    case ErrorCode::Unauthenticated: return noteClosed(int(CloseCode::Unauthorized), {});
    case ErrorCode::Forbidden: return noteClosed(int(CloseCode::Forbidden), {});
    case ErrorCode::Unavailable:
        return finish(Verdict::Unavailable, tr("%1 cannot serve at the moment.").arg(host()),
            tr("A web server answers, and says that what is behind it does not (%1) Is the "
               "gateway running? Try again in a while.")
                .arg(message));
    case ErrorCode::HandshakeFailed:
        return finish(Verdict::NotTocsin, tr("%1 is not a Tocsin server.").arg(m_url.toString()),
            message, m_url.path() == u"/ws" ? QUrl() : withGatewayPath(m_url));
    default: break;
    }
    // What arrives on an open connection and is wrong does not end it; noteSilence() judges.
    if (m_client->state() == SocketClient::State::Disconnected)
        finish(Verdict::Unreachable, tr("%1 could not be tried.").arg(host()), message);
}

void ConnectionTest::noteClosed(int code, const QString &reason)
{
    const QString why = reason.isEmpty() ? QString() : tr("It says: “%1”.").arg(shortened(reason));
    const auto withReason
        = [&](const QString &text) { return why.isEmpty() ? text : why + u' ' + text; };
    switch (CloseCode(code)) {
    case CloseCode::Unauthorized:
        if (!m_tokenShown) {
            return finish(Verdict::TokenMissing, tr("%1 wants a token.").arg(host()),
                tr("Whoever runs the server makes one for you, with “tocsin-gateway token new”."));
        }
        return finish(Verdict::TokenRefused, tr("%1 does not accept this token.").arg(host()),
            tr("It does not know the token, or the token has expired: servers do not tell which. "
               "Copy it once more, whole, or ask for a new one."));
    case CloseCode::Forbidden:
        return finish(Verdict::Forbidden,
            tr("%1 knows the token, and does not let it in.").arg(host()),
            withReason(tr("Ask for a token of a viewer or a responder.")));
    case CloseCode::VersionNotSupported:
        return finish(Verdict::VersionNotSupported,
            tr("%1 speaks another version of the protocol.").arg(host()),
            withReason(tr("Bring the dashboard and the server to the same release.")));
    case CloseCode::RateLimited:
        return finish(Verdict::Unavailable, tr("%1 wants to be asked less often.").arg(host()),
            withReason(tr("Try again in a while.")));
    default: break;
    }
    if (m_understood) {
        return finish(Verdict::HungUp, tr("%1 closed the connection.").arg(host()),
            withReason(tr("Its code is %1. Try again; if it stays so, ask whoever runs the server.")
                    .arg(code)));
    }
    finish(Verdict::OtherWebSocket, tr("%1 takes WebSockets, but not ours.").arg(m_url.toString()),
        withReason(tr("It closed the connection with code %1 and had said nothing that a Tocsin "
                      "server says. Is the path of the address right?")
                .arg(code)),
        m_url.path() == u"/ws" ? QUrl() : withGatewayPath(m_url));
}

void ConnectionTest::noteServerError(const ErrorData &error)
{
    m_understood = true;
    // It closes the connection next, and that is judged.
    if (errorCodeFromWire(error.code) == ErrorCode::Unauthenticated)
        return;
    finish(Verdict::RoomRefused, tr("%1 lets you in, but not into every room.").arg(host()),
        tr("It says: “%1”").arg(shortened(error.message)));
}

void ConnectionTest::noteRooms()
{
    const QStringList rooms = m_client->rooms();
    if (rooms.isEmpty() && !m_authenticated)
        return;
    const bool all = std::ranges::all_of(rooms, [this](const QString &room) {
        return m_client->roomFreshness(room) == RoomFreshness::Live;
    });
    if (!all)
        return;
    QStringList sentences;
    if (!m_role.isEmpty()) {
        sentences += m_role == u"viewer"
            ? tr("You are %1, who may look and not act (role viewer).").arg(m_user)
            : tr("You are %1, with the role %2.").arg(m_user, m_role);
    } else if (!m_tokenShown) {
        sentences += tr("It asks for no token.");
    }
    sentences += tr("Rooms: %1.").arg(rooms.join(u", "));
    sentences += m_joinAnswered
        ? tr("Active incidents: %1.").arg(m_incidents)
        : tr("It is a plain server: it sends what happens, and nothing that was missed.");
    finish(Verdict::Works, tr("It works: connected to %1.").arg(host()), sentences.join(u' '));
}

void ConnectionTest::noteSilence()
{
    if (m_understood) {
        finish(Verdict::Unreachable, tr("%1 lets you in, and then is silent.").arg(host()),
            tr("The list of incidents did not come in time. Try again; if it stays so, ask whoever "
               "runs the server."));
        return;
    }
    finish(Verdict::OtherWebSocket,
        tr("%1 takes WebSockets, but does not answer as a Tocsin server.").arg(m_url.toString()),
        m_client->rejectedMessages() > 0
            ? tr("What it sends is not understood. Is the path of the address right?")
            : tr("Is the path of the address right? A plain server that speaks only when something "
                 "happens looks the same: if it is one, connect all the same."),
        m_url.path() == u"/ws" ? QUrl() : withGatewayPath(m_url));
}

Verdict ConnectionTest::verdict() const
{
    return m_verdict;
}

bool ConnectionTest::isRunning() const
{
    return m_verdict == Verdict::Testing;
}

bool ConnectionTest::works() const
{
    return m_verdict == Verdict::Works;
}

QString ConnectionTest::headline() const
{
    return m_headline;
}

QString ConnectionTest::advice() const
{
    return m_advice;
}

QString ConnectionTest::suggestion() const
{
    return m_suggestion;
}

} // namespace tocsin
