// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/connections_p.h"

#include "gateway/tlscontext_p.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

namespace tocsin {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr std::uint32_t largestHeader = 16 * 1024;
constexpr std::size_t readStep = 64 * 1024;
constexpr qint64 mostBodyBytes = 256 * 1024 * 1024;
constexpr auto handshakeTimeout = 10s;
constexpr auto keepAliveTimeout = 60s;
constexpr auto writeTimeout = 120s;
constexpr auto lingerTimeout = 5s;
// For one that is told that it is too many.
constexpr auto refusalTimeout = 2s;

QByteArray bytes(beast::string_view view)
{
    return QByteArray(view.data(), qsizetype(view.size()));
}

beast::string_view string(const QByteArray &value)
{
    return {value.constData(), std::size_t(value.size())};
}

// GCC 12 destroys some temporaries of a co_await expression twice: what is awaited with an answer
// is given it as a variable.
HttpResponse withoutHost()
{
    return HttpResponse::error(400,
        {ErrorCode::InvalidPayload, QStringLiteral("One Host header is needed."),
            QStringLiteral("Host")});
}

// Where a body ends must be beyond doubt: what a proxy takes for a body would be the next request
// here (RFC 7230 section 3.3.3). Beast reads a coding that it does not know as no body.
bool isFramed(const http::request<http::string_body> &request)
{
    const auto codings = request.count(http::field::transfer_encoding);
    return codings == 0
        || (codings == 1 && beast::iequals(request[http::field::transfer_encoding], "chunked")
            && request.count(http::field::content_length) == 0 && request.version() >= 11);
}

HttpResponse notFramed()
{
    return HttpResponse::error(400,
        {ErrorCode::InvalidPayload,
            QStringLiteral("Expected a Content-Length, or Transfer-Encoding: chunked alone."),
            QStringLiteral("Transfer-Encoding")});
}

HttpResponse tooEarly()
{
    return HttpResponse::error(400,
        {ErrorCode::InvalidPayload,
            QStringLiteral("A WebSocket client waits for the answer to its handshake."), {}});
}

HttpResponse tooLarge(qint64 largest)
{
    return HttpResponse::error(413,
        {ErrorCode::TooLarge, QStringLiteral("A body may have at most %1 bytes.").arg(largest),
            {}});
}

HttpResponse tooManyBodies()
{
    return HttpResponse::error(
        503, {ErrorCode::Unavailable, QStringLiteral("Too many bodies at once."), {}});
}

HttpResponse tooManyConnections(Doorkeeper::Verdict verdict)
{
    if (verdict == Doorkeeper::Verdict::TooManyOfAddress) {
        return HttpResponse::error(429,
            {ErrorCode::RateLimited, QStringLiteral("Too many connections from this address."),
                {}});
    }
    return HttpResponse::error(
        503, {ErrorCode::Unavailable, QStringLiteral("Too many connections."), {}});
}

// Nothing where the peer is gone, or was given up.
std::optional<HttpResponse> answerTo(error_code error)
{
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return HttpResponse::error(
            431, {ErrorCode::TooLarge, QStringLiteral("The header is too large."), {}});
    }
    const bool isHttp
        = error.category() == http::make_error_code(http::error::bad_value).category();
    if (!isHttp || error == http::error::end_of_stream || error == http::error::partial_message)
        return std::nullopt;
    return HttpResponse::error(400,
        {ErrorCode::InvalidPayload,
            QStringLiteral("Not a valid HTTP request: %1.")
                .arg(QString::fromStdString(error.message())),
            {}});
}

template <typename Stream>
class HttpConnection final : public Connection,
                             public std::enable_shared_from_this<HttpConnection<Stream>>
{
public:
    HttpConnection(ServerState &state, Stream stream, Doorkeeper::Admission admission)
        : m_state(state)
        , m_stream(std::move(stream))
        , m_admission(std::move(admission))
    {
        error_code ignored; // it may be gone: it has no address then, which no proxy has either
        m_peer = socketStream().socket().remote_endpoint(ignored).address();
        m_state.connections.insert(this);
        m_state.services.metrics.httpConnections.add();
    }
    ~HttpConnection() override
    {
        m_state.connections.erase(this);
        m_state.services.metrics.httpConnections.add(-1);
        m_state.bodyBytes -= m_countedBytes;
    }

    void start()
    {
        asio::co_spawn(
            m_stream.get_executor(), [self = this->shared_from_this()]() { return self->serve(); },
            asio::detached);
    }
    void stop() override
    {
        if (m_isIdle)
            closeSocket();
    }

private:
    using Parser = http::request_parser<http::string_body>;
    enum class Next { Request, Close, Leave };

    bool isRefused() const { return m_admission.verdict != Doorkeeper::Verdict::Serve; }
    auto &socketStream() { return beast::get_lowest_layer(m_stream); }
    void closeSocket() { closeQuietly(socketStream().socket()); }

    asio::awaitable<void> serve();
    asio::awaitable<Next> serveRequest();
    asio::awaitable<error_code> readHeader(Parser &parser);
    asio::awaitable<bool> readBody(Parser &parser);
    asio::awaitable<HttpResponse> handle(const HttpHead &head, std::string &body);
    asio::awaitable<void> respond(
        const HttpResponse &response, unsigned version, bool keepAlive, bool isHead);
    asio::awaitable<void> respondAndLinger(
        const HttpResponse &response, unsigned version, bool isHead);
    asio::awaitable<void> respondToBadRequest(error_code error);
    QString clientOf(const QByteArray &forwardedFor) const
    {
        return QString::fromStdString(
            m_state.doorkeeper.clientOf(m_peer, forwardedFor).to_string());
    }
    void count(qint64 total)
    {
        m_state.bodyBytes += total - m_countedBytes;
        m_countedBytes = total;
    }

    ServerState &m_state;
    Stream m_stream;
    // Of the request at hand.
    HttpHead m_head;
    Doorkeeper::Admission m_admission;
    IpAddress m_peer;
    // Of every answer to the request at hand.
    HttpHeaders m_commonHeaders;
    beast::flat_buffer m_buffer;
    qint64 m_countedBytes = 0;
    bool m_isIdle = true;
};

HttpHead headOf(const http::request<http::string_body> &request)
{
    HttpHead head{.method = bytes(request.method_string()),
        .target = bytes(request.target()),
        .host = bytes(request[http::field::host]),
        .origin = bytes(request[http::field::origin]),
        .authorization = bytes(request[http::field::authorization]),
        .certificateName = {},
        .preflightMethod = bytes(request[http::field::access_control_request_method]),
        .forwardedFor = {},
        .contentType = bytes(request[http::field::content_type]),
        .contentEncoding = bytes(request[http::field::content_encoding]),
        .cloudEvent = {},
        .contentLength = {},
        .isUpgrade = beast::websocket::is_upgrade(request)};
    for (const auto &field : request) {
        const QByteArray name = bytes(field.name_string()).toLower();
        if (name.startsWith("ce-"))
            head.cloudEvent.insert(name, bytes(field.value()));
        // Each proxy may have added one of its own.
        if (name == "x-forwarded-for")
            head.forwardedFor += (head.forwardedFor.isEmpty() ? "" : ",") + bytes(field.value());
    }
    return head;
}

template <typename Stream>
asio::awaitable<void> HttpConnection<Stream>::serve()
{
    if constexpr (std::is_same_v<Stream, TlsStream>) {
        error_code error;
        socketStream().expires_after(handshakeTimeout);
        co_await m_stream.async_handshake(
            asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            m_state.services.logbook.write(LogLevel::Debug, "tls.failed",
                {{"address", clientOf({})}, {"error", QString::fromStdString(error.message())}});
            // So that the peer gets to read why (see respondAndLinger()).
            socketStream().expires_after(refusalTimeout);
            socketStream().socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
            while (!error) {
                m_buffer.clear();
                co_await socketStream().async_read_some(
                    m_buffer.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
            }
            co_return;
        }
    }
    Next next = Next::Request;
    while (next == Next::Request)
        next = co_await serveRequest();
    if (next == Next::Leave)
        co_return; // the stream is a session's now
    error_code ignored;
    if constexpr (std::is_same_v<Stream, TlsStream>) {
        socketStream().expires_after(lingerTimeout);
        co_await m_stream.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
    }
    socketStream().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

template <typename Stream>
asio::awaitable<typename HttpConnection<Stream>::Next> HttpConnection<Stream>::serveRequest()
{
    error_code error;
    m_isIdle = true;
    m_commonHeaders.clear();
    m_head = {.client = clientOf({})};
    if (m_buffer.size() == 0) {
        socketStream().expires_after(isRefused() ? refusalTimeout : keepAliveTimeout);
        const std::size_t got = co_await m_stream.async_read_some(
            m_buffer.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
        if (error)
            co_return Next::Close;
        m_buffer.commit(got);
    }
    m_isIdle = false;

    Parser parser;
    parser.header_limit(largestHeader);
    // Judged by the handler, in its own words.
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    socketStream().expires_after(isRefused() ? std::chrono::milliseconds(refusalTimeout)
                                             : m_state.services.configuration.headerTimeout);
    error = co_await readHeader(parser);
    if (error) {
        co_await respondToBadRequest(error);
        co_return Next::Close;
    }

    const unsigned version = parser.get().version();
    const bool isHead = parser.get().method() == http::verb::head;
    m_head = headOf(parser.get());
    HttpHead &head = m_head;
    head.client = clientOf(head.forwardedFor);
    if (const auto length = parser.content_length())
        head.contentLength = *length;
    const auto hosts = parser.get().count(http::field::host);
    if (hosts > 1 || (version >= 11 && head.host.isEmpty())) {
        const HttpResponse response = withoutHost();
        co_await respondAndLinger(response, version, isHead);
        co_return Next::Close;
    }
    if (!isFramed(parser.get())) {
        const HttpResponse response = notFramed();
        co_await respondAndLinger(response, version, isHead);
        co_return Next::Close;
    }
    if constexpr (std::is_same_v<Stream, TlsStream>)
        head.certificateName = clientCertificateName(m_stream.native_handle());
    m_commonHeaders = m_state.handler.crossOriginHeaders(head);
    if (isRefused()) {
        const HttpResponse response = tooManyConnections(m_admission.verdict);
        co_await respondAndLinger(response, version, isHead);
        co_return Next::Close;
    }
    auto forwarded = m_state.doorkeeper.admitForwarded(m_peer, head.forwardedFor);
    if (forwarded.verdict != Doorkeeper::Verdict::Serve) {
        m_state.services.metrics.refused(forwarded.verdict).add();
        m_state.services.logbook.write(LogLevel::Info, "connection.refused",
            {{"address", head.client}, {"reason", "too many of this address"}});
        const HttpResponse response = tooManyConnections(forwarded.verdict);
        co_await respondAndLinger(response, version, isHead);
        co_return Next::Close;
    }
    if (const auto refusal = m_state.handler.refuse(head)) {
        if (parser.is_done()) {
            const bool keepAlive = parser.get().keep_alive() && refusal->status < 500;
            co_await respond(*refusal, version, keepAlive, isHead);
            co_return keepAlive ? Next::Request : Next::Close;
        }
        co_await respondAndLinger(*refusal, version, isHead);
        co_return Next::Close;
    }
    if (head.isUpgrade && head.target.startsWith("/ws")) {
        if (m_buffer.size() > 0) {
            // Frames before the answer to the handshake: RFC 6455 section 4.1 has the client wait.
            const HttpResponse response = tooEarly();
            co_await respondAndLinger(response, version, false);
            co_return Next::Close;
        }
        socketStream().expires_never();
        serveWebSocket(m_state, std::move(m_stream), parser.release(),
            {m_state.doorkeeper.clientOf(m_peer, head.forwardedFor),
                std::move(forwarded.place ? forwarded.place : m_admission.place)});
        co_return Next::Leave;
    }

    if (!parser.is_done()) {
        if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            http::response<http::empty_body> goOn(http::status::continue_, version);
            co_await http::async_write(
                m_stream, goOn, asio::redirect_error(asio::use_awaitable, error));
        }
        if (!co_await readBody(parser))
            co_return Next::Close;
    }
    const bool wantsKeepAlive = parser.get().keep_alive();
    socketStream().expires_never();
    std::string body = std::move(parser.get().body());
    const HttpResponse response = co_await handle(head, body);
    count(0);
    const bool keepAlive = wantsKeepAlive && !m_state.services.isStopping;
    co_await respond(response, version, keepAlive, isHead);
    co_return keepAlive ? Next::Request : Next::Close;
}

template <typename Stream>
asio::awaitable<error_code> HttpConnection<Stream>::readHeader(Parser &parser)
{
    error_code error;
    std::size_t size = 0;
    // The parser's own limit is for a single line, when lines come one after the other.
    while (!error && !parser.is_header_done()) {
        size += co_await http::async_read_some(
            m_stream, m_buffer, parser, asio::redirect_error(asio::use_awaitable, error));
        if (!error && size > largestHeader)
            error = http::error::header_limit;
    }
    co_return error;
}

template <typename Stream>
asio::awaitable<bool> HttpConnection<Stream>::readBody(Parser &parser)
{
    const qint64 largest = m_state.services.configuration.largestBody;
    const unsigned version = parser.get().version();
    m_buffer.reserve(readStep);
    socketStream().expires_after(m_state.services.configuration.bodyTimeout);
    while (!parser.is_done()) {
        error_code error;
        co_await http::async_read_some(
            m_stream, m_buffer, parser, asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            co_await respondToBadRequest(error);
            co_return false;
        }
        const auto size = qint64(parser.get().body().size());
        count(size);
        if (size > largest || m_state.bodyBytes > mostBodyBytes) {
            const HttpResponse response = size > largest ? tooLarge(largest) : tooManyBodies();
            co_await respondAndLinger(response, version, false);
            co_return false;
        }
    }
    co_return true;
}

template <typename Stream>
asio::awaitable<HttpResponse> HttpConnection<Stream>::handle(
    const HttpHead &head, std::string &body)
{
    const auto initiate = [this, &head, &body](auto handler) {
        auto held = std::make_shared<decltype(handler)>(std::move(handler));
        m_state.handler.handle(
            head, std::move(body), [held](HttpResponse response) { (*held)(std::move(response)); });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<> &, void(HttpResponse)>(
        initiate, asio::use_awaitable);
}

template <typename Stream>
asio::awaitable<void> HttpConnection<Stream>::respond(
    const HttpResponse &response, unsigned version, bool keepAlive, bool isHead)
{
    m_state.handler.tell(m_head, response);
    http::response<http::string_body> message(http::status(response.status), version);
    message.set(http::field::server, "tocsin-gateway");
    for (const auto &[name, value] : m_commonHeaders + response.headers)
        message.set(string(name), string(value));
    message.keep_alive(keepAlive);
    // "No Content" has neither.
    if (response.status != 204) {
        message.set(http::field::content_type, string(response.contentType));
        message.content_length(std::size_t(response.body.size()));
    }
    if (!isHead)
        message.body() = response.body.toStdString();
    error_code error;
    socketStream().expires_after(writeTimeout);
    http::response_serializer<http::string_body> serializer(message);
    co_await http::async_write(
        m_stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    if (error)
        closeSocket();
}

template <typename Stream>
asio::awaitable<void> HttpConnection<Stream>::respondAndLinger(
    const HttpResponse &response, unsigned version, bool isHead)
{
    co_await respond(response, version, false, isHead);
    // The peer may still be sending. Closing now would reset the connection, and the reset could
    // overtake the answer: what comes is read and thrown away for a while.
    error_code error;
    if constexpr (!std::is_same_v<Stream, TlsStream>)
        socketStream().socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    socketStream().expires_after(lingerTimeout);
    m_buffer.clear();
    m_isIdle = true;
    while (!error) {
        co_await m_stream.async_read_some(
            m_buffer.prepare(readStep), asio::redirect_error(asio::use_awaitable, error));
    }
}

template <typename Stream>
asio::awaitable<void> HttpConnection<Stream>::respondToBadRequest(error_code error)
{
    if (const auto response = answerTo(error))
        co_await respondAndLinger(*response, 11, false);
}

} // namespace

template <typename Stream>
void serveHttp(ServerState &state, Stream stream, Doorkeeper::Admission admission)
{
    std::make_shared<HttpConnection<Stream>>(state, std::move(stream), std::move(admission))
        ->start();
}

template void serveHttp(ServerState &, PlainStream, Doorkeeper::Admission);
template void serveHttp(ServerState &, TlsStream, Doorkeeper::Admission);

} // namespace tocsin
