// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/connections_p.h"

#include <algorithm>
#include <array>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace tocsin {

namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::size_t largestFrame = 1024 * 1024;
// Held for every connection, and enough for most of what a client says.
constexpr std::size_t readSize = 256;
constexpr auto handshakeTimeout = std::chrono::seconds(30);
// From the decision to close on, for a peer that is slow to read up to its close frame. The stream
// has no such bound: it waits for what is being written, for as long as the peer says something.
constexpr auto closeTimeout = std::chrono::seconds(10);

constexpr std::uint16_t notDecided = 0;

// What an error of the stream says of the end of a session that we had not closed.
SessionEnd endFor(const error_code &error, const websocket::close_reason &peers)
{
    using By = SessionEnd::By;
    if (error == websocket::error::closed) {
        return {.code = peers.code == notDecided ? int(CloseCode::NoStatus) : int(peers.code)};
    }
    if (error == websocket::error::bad_frame_payload) {
        return {.code = int(CloseCode::InvalidData),
            .reason = QStringLiteral("not valid UTF-8"),
            .by = By::Gateway};
    }
    if (error == websocket::condition::protocol_violation) {
        return {.code = int(CloseCode::ProtocolError),
            .reason = QString::fromStdString(error.message()),
            .by = By::Gateway};
    }
    if (error == beast::error::timeout)
        return {.reason = QStringLiteral("silent for too long"), .by = By::Gateway};
    return {.reason = QStringLiteral("connection lost")};
}

websocket::close_reason reasonFor(CloseCode code, const QByteArray &text)
{
    websocket::close_reason reason;
    reason.code = std::uint16_t(code);
    reason.reason.assign(text.constData(), std::size_t(text.size()));
    return reason;
}

template <typename Stream>
class WebSocketConnection final : public Connection,
                                  public SessionTransport,
                                  public std::enable_shared_from_this<WebSocketConnection<Stream>>
{
public:
    WebSocketConnection(ServerState &state, Stream stream, SessionPeer peer);
    ~WebSocketConnection() override;

    void start(HttpRequest request);

    void stop() override { close(CloseCode::GoingAway, QStringLiteral("shutting down")); }
    void restart() override
    {
        // 1012 would say it better, but does not reach a client that is written with Qt.
        close(CloseCode::GoingAway, QStringLiteral("the history begins anew"));
    }
    void sendHeads() override { m_session->sendHeads(); }
    void recheckToken() override { m_session->recheckToken(); }

    void send(const QByteArray &frame, Traffic traffic) override;
    void close(CloseCode code, const QString &reason) override;
    bool isOpen() const override { return m_phase == Phase::Open; }
    qint64 backlog() const override { return m_boundedBytes; }
    QString peerAddress() const override
    {
        return QString::fromStdString(m_peer.address.to_string());
    }

private:
    enum class Phase { Opening, Open, Draining, Closing, Ended };
    struct Outgoing {
        QByteArray frame;
        Traffic traffic = Traffic::Bounded;
    };

    void read();
    void onRead(error_code error, std::size_t size);
    void receive(std::string_view frame);
    void write();
    void onWritten(error_code error);
    qint64 weightOf(const QByteArray &frame) const;
    void dropWaiting();
    /// It is decided: the session is over, and the socket is in a while, whatever the peer does.
    void beginEnd(websocket::close_reason reason);
    SessionEnd ourEnd() const;
    void beginClose();
    void end(const error_code &error);

    ServerState &m_state;
    SessionPeer m_peer;
    websocket::stream<Stream> m_stream;
    std::shared_ptr<Session> m_session;
    std::array<char, readSize> m_read;
    // The frame at hand, where it is longer than one read.
    std::string m_incoming;
    QList<Outgoing> m_outgoing;
    qint64 m_boundedBytes = 0;
    bool m_isWriting = false;
    Phase m_phase = Phase::Opening;
    // Ours, where its code is not notDecided.
    websocket::close_reason m_closeReason;
};

template <typename Stream>
WebSocketConnection<Stream>::WebSocketConnection(
    ServerState &state, Stream stream, SessionPeer peer)
    : m_state(state)
    , m_peer(std::move(peer))
    , m_stream(std::move(stream))
    , m_session(std::make_shared<Session>(state.services, *this))
{
    m_state.connections.insert(this);
    m_state.services.metrics.sessions.add();
}

template <typename Stream>
WebSocketConnection<Stream>::~WebSocketConnection()
{
    // Where the gateway ended with the connection still open.
    m_session->end({});
    m_state.connections.erase(this);
    m_state.services.metrics.sessions.add(-1);
}

template <typename Stream>
void WebSocketConnection<Stream>::start(HttpRequest request)
{
    beast::get_lowest_layer(m_stream).expires_never(); // the stream's own time-outs from here on
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = handshakeTimeout;
    timeout.idle_timeout = m_state.services.configuration.silenceTimeout;
    timeout.keep_alive_pings = true; // after half of the idle time-out
    m_stream.set_option(timeout);
    // Judged in onRead(): Beast 1.74 would close the socket on what is still coming, and that reset
    // could overtake the close frame.
    m_stream.read_message_max(0);
    m_stream.auto_fragment(false);
    m_stream.text(true);
    // A ping is answered: it counts as what a client says.
    m_stream.control_callback([this](websocket::frame_type kind, beast::string_view) {
        if (kind == websocket::frame_type::ping)
            m_session->receivePing();
    });
    auto held = std::make_shared<HttpRequest>(std::move(request));
    m_stream.async_accept(*held, [self = this->shared_from_this(), held](error_code error) {
        if (error)
            return self->end(error);
        // It may have been stopped, or closed, meanwhile.
        if (self->m_phase == Phase::Opening) {
            self->m_phase = Phase::Open;
            self->m_session->start();
        }
        if (self->m_phase == Phase::Draining)
            self->beginClose();
        self->read();
    });
}

template <typename Stream>
void WebSocketConnection<Stream>::read()
{
    m_stream.async_read_some(boost::asio::buffer(m_read),
        [self = this->shared_from_this()](
            error_code error, std::size_t size) { self->onRead(error, size); });
}

template <typename Stream>
void WebSocketConnection<Stream>::onRead(error_code error, std::size_t size)
{
    if (error)
        return end(error);
    if (m_phase == Phase::Open) {
        const std::string_view part(m_read.data(), size);
        if (m_incoming.size() + size > largestFrame) {
            std::string().swap(m_incoming);
            beginEnd(reasonFor(CloseCode::TooBig, "frame too large"));
            // Reads on, up to the peer's close frame.
            return beginClose();
        }
        if (!m_stream.is_message_done()) {
            m_incoming.append(part);
            return read();
        }
        receive(m_incoming.empty() ? part : std::string_view(m_incoming.append(part)));
        std::string().swap(m_incoming);
    }
    read();
}

template <typename Stream>
void WebSocketConnection<Stream>::receive(std::string_view frame)
{
    if (m_stream.got_text())
        m_session->receiveText(frame);
    else
        m_session->receiveBinary();
}

// A reply may be larger than what may wait: one alone is no reason to close a session that reads.
template <typename Stream>
qint64 WebSocketConnection<Stream>::weightOf(const QByteArray &frame) const
{
    return std::min<qint64>(frame.size(), m_state.services.configuration.sessionQueueBytes / 2);
}

template <typename Stream>
void WebSocketConnection<Stream>::send(const QByteArray &frame, Traffic traffic)
{
    if (m_phase != Phase::Open)
        return;
    if (traffic == Traffic::Bounded) {
        m_boundedBytes += weightOf(frame);
        if (m_boundedBytes > m_state.services.configuration.sessionQueueBytes) {
            dropWaiting();
            m_state.services.metrics.slowConsumers.add();
            beginEnd(reasonFor(CloseCode::SlowConsumer, "slow consumer"));
            return beginClose();
        }
    }
    m_state.services.metrics.messagesSent.add();
    m_state.services.metrics.bytesSent.add(frame.size());
    m_outgoing.append({frame, traffic});
    if (!m_isWriting)
        write();
}

template <typename Stream>
void WebSocketConnection<Stream>::write()
{
    m_isWriting = true;
    const QByteArray &frame = m_outgoing.constFirst().frame;
    m_stream.async_write(boost::asio::buffer(frame.constData(), std::size_t(frame.size())),
        [self = this->shared_from_this()](
            error_code error, std::size_t) { self->onWritten(error); });
}

template <typename Stream>
void WebSocketConnection<Stream>::onWritten(error_code error)
{
    m_isWriting = false;
    if (m_outgoing.constFirst().traffic == Traffic::Bounded)
        m_boundedBytes -= weightOf(m_outgoing.constFirst().frame);
    m_outgoing.removeFirst();
    if (error || m_phase == Phase::Closing || m_phase == Phase::Ended)
        return; // the read ends it
    if (!m_outgoing.isEmpty())
        return write();
    if (m_phase == Phase::Draining)
        return beginClose();
    m_session->drained();
}

template <typename Stream>
void WebSocketConnection<Stream>::dropWaiting()
{
    // The first is being written: its bytes must stay.
    m_outgoing.resize(m_isWriting ? 1 : 0);
    m_boundedBytes = m_isWriting && m_outgoing.constFirst().traffic == Traffic::Bounded
        ? weightOf(m_outgoing.constFirst().frame)
        : 0;
}

template <typename Stream>
void WebSocketConnection<Stream>::close(CloseCode code, const QString &reason)
{
    if (m_phase != Phase::Opening && m_phase != Phase::Open)
        return;
    beginEnd(reasonFor(code, reason.toUtf8()));
    const bool canClose = m_phase == Phase::Open && m_outgoing.isEmpty();
    m_phase = Phase::Draining;
    if (canClose)
        beginClose();
}

template <typename Stream>
void WebSocketConnection<Stream>::beginEnd(websocket::close_reason reason)
{
    m_closeReason = std::move(reason);
    // Not from within what the session, or the hub, is doing.
    m_state.services.loop.post(
        [self = this->shared_from_this()] { self->m_session->end(self->ourEnd()); });
    m_state.services.loop.after(closeTimeout, [weak = this->weak_from_this()] {
        if (const auto self = weak.lock())
            self->end({});
    });
}

template <typename Stream>
SessionEnd WebSocketConnection<Stream>::ourEnd() const
{
    return {.code = m_closeReason.code,
        .reason
        = QString::fromUtf8(m_closeReason.reason.data(), qsizetype(m_closeReason.reason.size())),
        .by = SessionEnd::By::Gateway};
}

template <typename Stream>
void WebSocketConnection<Stream>::beginClose()
{
    m_phase = Phase::Closing;
    m_stream.async_close(
        m_closeReason, [self = this->shared_from_this()](error_code error) { self->end(error); });
}

template <typename Stream>
void WebSocketConnection<Stream>::end(const error_code &error)
{
    if (m_phase == Phase::Ended)
        return;
    // A read that fails while the close is under way leaves it to the close to end.
    m_phase = Phase::Ended;
    m_session->end(m_closeReason.code == notDecided ? endFor(error, m_stream.reason()) : ourEnd());
    closeQuietly(beast::get_lowest_layer(m_stream).socket());
}

} // namespace

template <typename Stream>
void serveWebSocket(ServerState &state, Stream stream, HttpRequest request, SessionPeer peer)
{
    std::make_shared<WebSocketConnection<Stream>>(state, std::move(stream), std::move(peer))
        ->start(std::move(request));
}

template void serveWebSocket(ServerState &, PlainStream, HttpRequest, SessionPeer);
template void serveWebSocket(ServerState &, TlsStream, HttpRequest, SessionPeer);

} // namespace tocsin
