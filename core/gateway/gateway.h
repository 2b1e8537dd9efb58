// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/logline.h"
#include "gateway/routes.h"
#include "gateway/severitytable.h"
#include "gateway/source.h"

#include <QFuture>
#include <QUrl>

#include <chrono>
#include <memory>

namespace tocsin {

/// A sender that shows a certificate instead of a token.
struct SenderCertificate {
    /// The common name of its subject, or its first alternative name.
    QString name;
    /// Patterns of the rooms that it is for (see allowsRoom()). Empty: all.
    QStringList rooms = {};
};

/// What a gateway is told when it is started; docs/gateway.md has the same keys for the program.
struct GatewayConfiguration {
    /// An IP address, or `localhost`. Any address but a loopback one asks for a tokens file.
    QString listenAddress = QStringLiteral("127.0.0.1");
    /// 0: any free port.
    quint16 port = 8787;
    /// Where `port` is taken, another one is used instead; port() says which.
    bool fallBackToAnyPort = false;
    /// Holds the incidents, the histories and the lock. Made where it is missing.
    QString dataDirectory;
    /// `redis://HOST:PORT/DATABASE`, or, where Sentinels say which Redis it is,
    /// `redis-sentinel://HOST:PORT,HOST:PORT,HOST:PORT/MASTER/DATABASE`: where incidents and
    /// histories are instead, which several gateways share, each with a data directory of its own.
    /// Over TLS, `rediss:` and `rediss-sentinel:`. Empty: in the data directory.
    QString redisUrl = {};
    /// Empty: Redis' default user.
    QString redisUser = {};
    /// Read anew for each connection. Empty: no password.
    QString redisPasswordFile = {};
    /// The same for the Sentinels.
    QString redisSentinelUser = {};
    QString redisSentinelPasswordFile = {};
    /// PEM files for TLS to both, read anew for each connection: of the CAs that their certificates
    /// may be of (empty: those that the system trusts), and what the gateway shows them.
    QString redisTlsCa = {};
    QString redisTlsCertificate = {};
    QString redisTlsKey = {};
    /// Empty: nobody needs a token, and everybody is admin.
    QString tokensFile = {};
    /// PEM files, both or neither: https and wss instead of http and ws.
    QString tlsCertificate = {};
    QString tlsKey = {};
    /// With TLS and tokens: who shows a certificate of one of the CAs in this PEM file may report,
    /// without a token. One that does not verify fails the handshake.
    QString tlsClientCa = {};
    /// Which of those may, by name. Empty: all.
    QList<SenderCertificate> senderCertificates = {};

    /// Names, as `tocsin.example.com`, under which a proxy passes requests on. Where there are any,
    /// only they and loopback names are answered.
    QStringList allowedHosts = {};
    /// Origins of web pages of other sites that are let in, as `https://status.example.com`.
    QStringList allowedOrigins = {};
    /// Addresses, or networks as `10.0.0.0/8`, whose `X-Forwarded-For` is believed.
    QStringList trustedProxies = {};

    /// What the senders' words for a severity mean.
    SeverityTable severities = {};
    /// Where reports are shown that name no room themselves.
    QList<Route> routes = {};
    /// Senders that are asked, or expected to be heard. Each name once.
    QList<IncidentSource> sources = {};

    /// Patterns of the rooms in which sessions are told who else is there (see allowsRoom()).
    QStringList presenceRooms = {};

    /// Between two `room.heads`.
    std::chrono::milliseconds heartbeatInterval{25'000};
    /// Within which a session must authenticate, where tokens are on.
    std::chrono::milliseconds authenticationTimeout{5'000};
    /// A WebSocket peer is pinged after half of this without a frame from it, and given up after
    /// the whole.
    std::chrono::milliseconds silenceTimeout{60'000};
    /// For a request's header, from its first byte.
    std::chrono::milliseconds headerTimeout{10'000};
    /// For a request's body.
    std::chrono::milliseconds bodyTimeout{120'000};
    /// A session that has more than this unsent is closed with 4008.
    qint64 sessionQueueBytes = 8 * 1024 * 1024;
    qint64 largestBody = 64 * 1024 * 1024;
    /// What a session may send, after a burst; who sends more is closed with 4029. The burst lets a
    /// client join a thousand rooms again and send what it had kept.
    qint64 messagesPerSecond = 100;
    qint64 messageBurst = 3'000;
    /// At once; fewer where the process may not have so many files open.
    qint64 connections = 50'000;
    /// Of one IPv4 address, or of an IPv6 network of 64 bits. Those of this machine are not
    /// counted, those of a trusted proxy where they come from.
    qint64 connectionsPerAddress = 250;
    /// Events that are kept a room, for clients that were away: so many, and for so long.
    qint64 historyLength = 100'000;
    std::chrono::hours historyAge{7 * 24};
    /// For how long a resolved incident is kept, with its timeline.
    std::chrono::hours resolvedAge{90 * 24};

    /// What the program tells its operator, and how. A gateway itself uses the logging category
    /// `tocsin.gateway` as it is set.
    LogLevel logLevel = LogLevel::Info;
    LogFormat logFormat = LogFormat::Text;
};

/// The server: takes reports over HTTP, keeps the incidents, and tells every session in their
/// rooms (docs/gateway.md, docs/protocol.md).
///
///     auto gateway = Gateway::start({.dataDirectory = dir});
///     if (!gateway)
///         return fail(gateway.error().message);
///     SocketClient client({.url = (*gateway)->webSocketUrl()});
///
/// Runs in two threads of its own, one for the sockets and one for the log. It installs no signal
/// handler and keeps no global state, so a GUI can hold one. A QCoreApplication must exist.
/// All functions may be called from any thread; the destructor only once, when no other call runs.
class TOCSIN_GATEWAY_EXPORT Gateway
{
public:
    /// Returns when it is listening. What can go wrong:
    /// - Conflict: another process serves this data directory; see runningIn();
    /// - BadConfiguration: an address, a tokens file or a certificate that cannot be used, a port
    ///   that is taken, or an address beyond loopback without tokens;
    /// - StorageFailed: the data directory or its database, or Redis, cannot be used.
    [[nodiscard]] static Expected<std::unique_ptr<Gateway>> start(
        const GatewayConfiguration &configuration);

    /// What start() would say of the address, the tokens file, the certificate and the sources'
    /// files; touches nothing.
    [[nodiscard]] static Expected<void> check(const GatewayConfiguration &configuration);

    /// Stops: takes nothing new, writes what it has taken, closes the sessions with 1001, and
    /// removes `gateway.url`. Takes a few seconds at most.
    ~Gateway();
    Gateway(const Gateway &) = delete;
    Gateway &operator=(const Gateway &) = delete;

    /// Where the gateway that holds `dataDirectory` is to be reached, when a process that lives
    /// holds it: its WebSocket address.
    [[nodiscard]] static std::optional<QUrl> runningIn(const QString &dataDirectory);

    [[nodiscard]] quint16 port() const;
    /// `ws://127.0.0.1:8787/ws`. For a gateway that listens on every address, a loopback one.
    [[nodiscard]] QUrl webSocketUrl() const;
    /// `http://127.0.0.1:8787`, for `/ingest/alertmanager` and the like to be appended to.
    [[nodiscard]] QUrl httpUrl() const;

    /// Takes reports as a POST to `/ingest/incident` would: one that fires without `startsAt`
    /// begins now, one without rooms is shown by the routes, and one that such a post would be
    /// refused for is InvalidPayload. Ready when they are on disk, with their number; all or none
    /// are taken.
    QFuture<Expected<int>> ingest(QList<IncidentReport> reports);

    /// Reads the tokens file again, and its certificate and key, changed or not. That they changed
    /// is seen within a second without. Ready when it is done.
    QFuture<void> reload();

    /// How much its threads have done.
    struct Turns {
        quint64 sockets = 0;
        quint64 log = 0;
    };
    /// Asks each thread for a little more, so that both numbers are others at the next call, a
    /// while later, where the threads turn, busy or idle; a thread that hangs keeps its number. For
    /// a watchdog. Waiting for a disk or for Redis, which ends, is one turn.
    [[nodiscard]] Turns turns();

    /// Removes a source's incidents without trace, for demonstrations: whoever sees one is told
    /// `incident.resolved`, and nothing of them stays in the database, nor in the histories of
    /// their rooms (which begin anew: a client that was away then gets a snapshot). Ready, with the
    /// number of incidents removed, when that is on disk.
    QFuture<Expected<int>> forgetSource(const QString &source);

private:
    struct Private;
    explicit Gateway(std::unique_ptr<Private> started);
    std::unique_ptr<Private> d;
};

} // namespace tocsin
