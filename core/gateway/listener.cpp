// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/listener_p.h"

#include "gateway/certificatewatch_p.h"
#include "gateway/connections_p.h"
#include "gateway/threadname_p.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <thread>
#include <tuple>

namespace tocsin {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr auto finishTimeout = 3s;
constexpr auto finishLook = 5ms;
// Out of file descriptors: until some are free again.
constexpr auto acceptPause = 100ms;
// For the database, the log and what the system opens, and for those that are told that they are
// too many.
constexpr qint64 filesForTheRest = 128;
constexpr qint64 mostRefused = 64;

Error unusable(const QString &message)
{
    return {ErrorCode::BadConfiguration, message, {}};
}

class AsioLoop final : public EventLoop
{
public:
    asio::io_context context{1};

    void post(std::function<void()> task) override { asio::post(context, std::move(task)); }
    void after(std::chrono::milliseconds delay, std::function<void()> task) override
    {
        auto timer = std::make_shared<asio::steady_timer>(context, delay);
        timer->async_wait([timer, task = std::move(task)](error_code error) {
            if (!error)
                task();
        });
    }
};

// Without file descriptors nobody is accepted, nor told why.
qint64 mostConnections(const GatewayConfiguration &configuration)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return configuration.connections;
    return std::min(
        configuration.connections, std::max<qint64>(qint64(limit.rlim_cur) - filesForTheRest, 1));
}

// A program that this one starts (a browser, for a link) must not hold the port, nor the
// connections, when this one has ended. Asio 1.74 does not ask for it.
template <typename Socket>
void keepFromChildren(Socket &socket)
{
    ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
}

QString reasonFor(Doorkeeper::Verdict verdict)
{
    switch (verdict) {
    case Doorkeeper::Verdict::TooManyOfAddress: return QStringLiteral("too many of this address");
    case Doorkeeper::Verdict::Drop: return QStringLiteral("too many are being refused");
    default: return QStringLiteral("too many");
    }
}

error_code bind(tcp::acceptor &acceptor, const tcp::endpoint &endpoint)
{
    try {
        acceptor.open(endpoint.protocol());
        keepFromChildren(acceptor);
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(endpoint);
        // The longest queue there is: a full one costs a client a second, when all reconnect at
        // once.
        acceptor.listen(asio::socket_base::max_listen_connections);
        return {};
    } catch (const boost::system::system_error &failure) {
        closeQuietly(acceptor);
        return failure.code();
    }
}

} // namespace

Expected<ListenAddress> ListenAddress::parse(const QString &text)
{
    QString bare = text.trimmed();
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.sliced(1, bare.size() - 2);
    if (bare.compare(u"localhost", Qt::CaseInsensitive) == 0)
        bare = QStringLiteral("127.0.0.1");
    error_code error;
    const auto address = asio::ip::make_address(bare.toStdString(), error);
    if (error) {
        return tl::unexpected<Error>(
            unusable(QStringLiteral("\"%1\" is not an IP address to listen on.").arg(text)));
    }
    ListenAddress result;
    result.m_text = address.to_string();
    result.m_isLoopback = address.is_loopback();
    result.m_isAny = address.is_unspecified();
    return result;
}

Expected<void> Listener::check(
    const ListenAddress &address, const GatewayConfiguration &configuration)
{
    const auto web = WebAccess::from(configuration.allowedHosts, configuration.allowedOrigins,
        address.isLoopback() ? WebAccess::Listening::OnLoopback
                             : WebAccess::Listening::BeyondLoopback);
    if (!web)
        return tl::unexpected<Error>(web.error());
    if (const auto proxies = TrustedProxies::parse(configuration.trustedProxies); !proxies)
        return tl::unexpected<Error>(proxies.error());
    if (const auto tls = loadTls(configuration); !tls)
        return tl::unexpected<Error>(tls.error());
    return {};
}

struct Listener::Private {
    GatewayConfiguration configuration;
    ListenAddress address;
    // These three end together, before what their handlers refer to.
    std::unique_ptr<AsioLoop> loop = std::make_unique<AsioLoop>();
    std::optional<CertificateWatch> tls;
    std::optional<tcp::acceptor> acceptor;
    quint16 port = 0;
    GatewayServices *services = nullptr;
    std::unique_ptr<ServerState> state;
    Outage acceptOutage;
    std::thread thread;

    void accept();
    void take(Socket socket);
    void sendHeads();
    void awaitConnections(std::chrono::steady_clock::time_point deadline);
};

void Listener::Private::accept()
{
    acceptor->async_accept(loop->context.get_executor(), [this](error_code error, Socket socket) {
        if (!acceptor->is_open())
            return;
        if (!error) {
            if (const auto outage = acceptOutage.worked(Outage::Moment::clock::now())) {
                services->logbook.write(LogLevel::Info, "accept.works",
                    {{"failures", outage->failures}, {"seconds", outage->lasted.count()}});
            }
            take(std::move(socket));
            accept();
            return;
        }
        if (error == asio::error::connection_aborted) {
            accept();
            return;
        }
        if (const auto outage = acceptOutage.failed(Outage::Moment::clock::now())) {
            services->logbook.write(LogLevel::Warning, "accept.failed",
                {{"error", QString::fromStdString(error.message())}, {"failures", outage->failures},
                    {"seconds", outage->lasted.count()}});
        }
        loop->after(acceptPause, [this] {
            if (acceptor->is_open())
                accept();
        });
    });
}

void Listener::Private::take(Socket socket)
{
    // Messages are whole when they are written: waiting to fill a segment only delays them. Where
    // it cannot be had, the peer is gone already.
    keepFromChildren(socket);
    error_code ignored;
    std::ignore = socket.set_option(tcp::no_delay(true), ignored);
    const IpAddress peer = socket.remote_endpoint(ignored).address();
    auto admission = state->doorkeeper.admit(peer, qint64(state->connections.size()));
    if (admission.verdict != Doorkeeper::Verdict::Serve) {
        services->metrics.refused(admission.verdict).add();
        services->logbook.write(LogLevel::Info, "connection.refused",
            {{"address", QString::fromStdString(peer.to_string())},
                {"reason", reasonFor(admission.verdict)}});
    }
    if (admission.verdict == Doorkeeper::Verdict::Drop)
        return;
    PlainStream stream(std::move(socket));
    if (tls)
        serveHttp(*state, TlsStream(std::move(stream), tls->context()), std::move(admission));
    else
        serveHttp(*state, std::move(stream), std::move(admission));
}

void Listener::Private::sendHeads()
{
    // Between two events: one that only some were told of yet is no head.
    services->hub.inOrder([this] {
        // Who hears nothing knows that what is on the screen is not confirmed.
        if (!services->writer.isCurrent())
            return;
        for (Connection *connection : state->connections)
            connection->sendHeads();
    });
    loop->after(configuration.heartbeatInterval, [this] { sendHeads(); });
}

void Listener::Private::awaitConnections(std::chrono::steady_clock::time_point deadline)
{
    if (state->connections.empty() || std::chrono::steady_clock::now() >= deadline)
        loop->context.stop();
    else
        loop->after(finishLook, [this, deadline] { awaitConnections(deadline); });
}

Listener::Listener(std::unique_ptr<Private> opened)
    : d(std::move(opened))
{
}

Listener::~Listener() = default;

Expected<std::unique_ptr<Listener>> Listener::open(
    const ListenAddress &address, const GatewayConfiguration &configuration)
{
    auto d = std::make_unique<Private>();
    d->configuration = configuration;
    d->address = address;
    auto tls = loadTls(configuration);
    if (!tls)
        return tl::unexpected<Error>(tls.error());
    if (*tls)
        d->tls.emplace(configuration, *std::move(tls));

    d->acceptor.emplace(d->loop->context);
    tcp::endpoint endpoint(asio::ip::make_address(address.text()), configuration.port);
    error_code error = bind(*d->acceptor, endpoint);
    if (error == asio::error::address_in_use && configuration.fallBackToAnyPort) {
        endpoint.port(0);
        error = bind(*d->acceptor, endpoint);
    }
    if (error == asio::error::address_in_use) {
        return tl::unexpected<Error>(
            unusable(QStringLiteral("Port %1 on %2 is taken by another program.")
                    .arg(configuration.port)
                    .arg(configuration.listenAddress)));
    }
    if (error) {
        return tl::unexpected<Error>(unusable(QStringLiteral("Cannot listen on port %1 of %2: %3.")
                .arg(configuration.port)
                .arg(configuration.listenAddress, QString::fromStdString(error.message()))));
    }
    d->port = d->acceptor->local_endpoint(error).port();
    return std::unique_ptr<Listener>(new Listener(std::move(d)));
}

EventLoop &Listener::loop()
{
    return *d->loop;
}

quint16 Listener::port() const
{
    return d->port;
}

bool Listener::isTls() const
{
    return d->tls.has_value();
}

QString Listener::reachableHost() const
{
    if (d->address.isAny())
        return d->address.isIpv6() ? QStringLiteral("::1") : QStringLiteral("127.0.0.1");
    return QString::fromStdString(d->address.text());
}

void Listener::serve(GatewayServices &services)
{
    d->services = &services;
    lookAtCertificate(timestampNow(), false);
    // What start() has checked.
    auto proxies
        = TrustedProxies::parse(d->configuration.trustedProxies).value_or(TrustedProxies());
    d->state = std::make_unique<ServerState>(ServerState{services,
        Doorkeeper({.connections = mostConnections(d->configuration),
                       .perAddress = d->configuration.connectionsPerAddress},
            mostRefused, std::move(proxies))});
    d->accept();
    d->loop->after(d->configuration.heartbeatInterval, [this] { d->sendHeads(); });
    d->thread = std::thread([this] {
        nameThread("tocsin-sockets");
        d->loop->context.run();
    });
}

void Listener::recheckTokens()
{
    // A connection that closes may end, and so leave the set.
    const auto connections = d->state->connections;
    for (Connection *connection : connections)
        connection->recheckToken();
}

void Listener::lookAtCertificate(Timestamp now, bool forced)
{
    if (d->tls)
        d->tls->look(now, forced, d->services->logbook);
}

void Listener::restartSessions()
{
    if (!d->state)
        return;
    // A connection that closes may end, and so leave the set.
    const auto connections = d->state->connections;
    for (Connection *connection : connections)
        connection->restart();
}

void Listener::stopAccepting()
{
    d->loop->post([this] {
        d->services->isStopping = true;
        closeQuietly(*d->acceptor);
        // A connection that stops may end, and so leave the set.
        const auto connections = d->state->connections;
        for (Connection *connection : connections)
            connection->stop();
    });
}

void Listener::finish()
{
    d->loop->post(
        [this] { d->awaitConnections(std::chrono::steady_clock::now() + finishTimeout); });
    d->thread.join();
    // With what is left of the connections.
    d->acceptor.reset();
    d->loop.reset();
    d->state.reset();
}

} // namespace tocsin
