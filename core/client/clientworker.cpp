// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/clientworker_p.h"

#include "client/clientsocket_p.h"
#include "protocol/messages.h"

#include <QRandomGenerator>

namespace tocsin {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// A snapshot's part without its incidents, which only the application reads.
struct SnapshotHeader {
    QString room;
    QString epoch;
    qint64 seq = 0;
    int part = 1;
    int parts = 1;
};

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

} // namespace

template <>
struct Schema<SnapshotHeader> {
    static constexpr auto fields = std::tuple{
        required("room", &SnapshotHeader::room),
        required("epoch", &SnapshotHeader::epoch),
        required("seq", &SnapshotHeader::seq).atLeast(0),
        optional("part", &SnapshotHeader::part).atLeast(1),
        optional("parts", &SnapshotHeader::parts).atLeast(1),
    };
};

ClientWorker::ClientWorker(SocketClientOptions options, std::shared_ptr<ClientEventQueue> events)
    : m_options(std::move(options))
    , m_events(std::move(events))
    , m_machine(m_options.connection, [] { return QRandomGenerator::global()->generateDouble(); })
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, this, &ClientWorker::wake);
}

ClientWorker::~ClientWorker()
{
    // A program that ends still says goodbye to the server that it was connected to.
    if (m_socket && m_socket->canSend())
        m_socket->closeNormally();
}

void ClientWorker::command(const ConnectionMachine::Input &input, CommandSerial serial)
{
    m_serial = serial;
    if (std::holds_alternative<ConnectionMachine::Disconnect>(input))
        m_outbox.clear();
    this->input(input);
}

void ClientWorker::input(const ConnectionMachine::Input &input)
{
    // What carrying out an output brings about waits its turn.
    m_pendingInputs.push_back(input);
    if (std::exchange(m_handling, true))
        return;
    for (std::size_t i = 0; i < m_pendingInputs.size(); ++i) {
        const ConnectionMachine::Input next = m_pendingInputs[i];
        for (const auto &output : m_machine.handle(next, steady_clock::now()))
            std::visit([this](const auto &thing) { carryOut(thing); }, output);
    }
    m_pendingInputs.clear();
    m_handling = false;
    rearm();
}

void ClientWorker::credentials(AttemptId attempt, const Credentials &credentials)
{
    // An older attempt's, come late, must not take the place of those that are in use.
    if (attempt != std::exchange(m_credentialsWantedFor, 0))
        return;
    m_credentials = credentials;
    input(ConnectionMachine::CredentialsReady{attempt});
}

void ClientWorker::expectCredentials(bool fromFacade)
{
    m_askFacade = fromFacade;
}

void ClientWorker::carryOut(const ConnectionMachine::RequestCredentials &output)
{
    m_credentials = {};
    m_credentialsWantedFor = output.attempt;
    if (m_askFacade)
        tell(ClientEvent::CredentialsWanted{output.attempt});
    else
        input(ConnectionMachine::CredentialsReady{output.attempt});
}

void ClientWorker::carryOut(const ConnectionMachine::Open &output)
{
    const AttemptId attempt = output.attempt;
    SocketClientOptions options = m_options;
    options.url = m_credentials.url.value_or(m_options.url);
    m_socket = std::make_unique<ClientSocket>(options, this);
    QObject::connect(m_socket.get(), &ClientSocket::opened, this,
        [this, attempt] { input(ConnectionMachine::Opened{attempt}); });
    QObject::connect(
        m_socket.get(), &ClientSocket::lost, this, [this, attempt](const ConnectionLoss &loss) {
            input(ConnectionMachine::Closed{attempt, loss});
        });
    QObject::connect(m_socket.get(), &ClientSocket::textReceived, this,
        [this, attempt](const QString &text) { receiveText(text, attempt); });
    QObject::connect(m_socket.get(), &ClientSocket::binaryReceived, this, [this, attempt] {
        input(ConnectionMachine::Received{attempt, ConnectionMachine::Life::Frame});
        reject({ErrorCode::ProtocolViolation,
            QStringLiteral("A binary frame came that was not announced; it was dropped."), {}});
    });
    QObject::connect(m_socket.get(), &ClientSocket::pongReceived, this, [this, attempt] {
        input(ConnectionMachine::Received{attempt, ConnectionMachine::Life::HeartbeatAnswer});
    });
    m_socket->open();
}

void ClientWorker::carryOut(const ConnectionMachine::Greet & /*output*/)
{
    if (!m_credentials.token.isEmpty())
        m_socket->sendText(encodeCommand(Authenticate, {.token = m_credentials.token}));
    m_credentials = {};
    m_ledger.sessionStarted(steady_clock::now());
    carryOutLedger();
    for (const QByteArray &frame : m_outbox.take())
        m_socket->sendText(frame);
}

void ClientWorker::carryOut(const ConnectionMachine::SendHeartbeat & /*output*/)
{
    if (!m_socket || !m_socket->canSend())
        return;
    switch (m_options.heartbeat) {
    case HeartbeatFlavour::Text: m_socket->sendText(textPing.toByteArray()); break;
    case HeartbeatFlavour::Json: m_socket->sendText(jsonPing.toByteArray()); break;
    case HeartbeatFlavour::Control: m_socket->sendPing(); break;
    }
}

void ClientWorker::carryOut(const ConnectionMachine::Drop &output)
{
    m_ledger.sessionEnded();
    carryOutLedger();
    if (!m_socket)
        return;
    // We may stand inside one of its signals: it goes when the stack is clean.
    ClientSocket *const dropped = m_socket.release();
    dropped->disconnect(this);
    if (output.how == ConnectionMachine::DropHow::CloseNormally && dropped->canSend())
        dropped->closeNormally();
    dropped->deleteLater();
}

void ClientWorker::carryOut(const ConnectionMachine::StateChanged &output)
{
    tell(ClientEvent::State{output.state, output.pause});
    if (output.state != ConnectionMachine::State::Reconnecting)
        tell(ClientEvent::Retry{});
}

template <typename Notification>
void ClientWorker::carryOut(const Notification &notification)
{
    if constexpr (std::is_same_v<Notification, ConnectionMachine::ReconnectScheduled>) {
        tell(ClientEvent::Retry{
            QDateTime::currentDateTimeUtc().addMSecs(notification.delay.count())});
    }
    tell(notification);
}

void ClientWorker::wake()
{
    input(ConnectionMachine::Tick{});
    m_ledger.tick(steady_clock::now());
    carryOutLedger();
    rearm();
}

void ClientWorker::rearm()
{
    auto next = m_machine.deadline();
    if (const auto ledger = m_ledger.deadline(); ledger && (!next || *ledger < *next))
        next = ledger;
    // Most messages change no deadline, and starting a timer is not free.
    if (next == m_armedFor && (m_timer.isActive() || !next))
        return;
    m_armedFor = next;
    if (!next) {
        m_timer.stop();
        return;
    }
    // Rounded up: a timer that fires a little early would only have to be set again.
    const auto wait = std::chrono::ceil<milliseconds>(*next - steady_clock::now());
    m_timer.start(std::max(wait, milliseconds::zero()));
}

void ClientWorker::carryOutLedger()
{
    for (const auto &output : m_ledger.take()) {
        if (const auto *join = std::get_if<RoomLedger::Join>(&output)) {
            if (m_socket && m_socket->canSend()) {
                m_socket->sendText(
                    encodeCommand(JoinRoom, {.room = join->room, .since = join->since}));
            }
        } else if (const auto *fresh = std::get_if<RoomLedger::FreshnessChanged>(&output)) {
            tell(ClientEvent::Freshness{fresh->room, fresh->freshness});
        }
    }
}

void ClientWorker::joinRoom(const QString &room)
{
    m_ledger.want(room, steady_clock::now());
    carryOutLedger();
    rearm();
}

void ClientWorker::leaveRoom(const QString &room)
{
    if (m_ledger.forget(room) && m_socket && m_socket->canSend())
        m_socket->sendText(encodeCommand(LeaveRoom, {.room = room}));
    rearm();
}

void ClientWorker::sendFrame(const QByteArray &frame)
{
    if (m_machine.state() == ConnectionMachine::State::Connected && m_socket
        && m_socket->canSend()) {
        m_socket->sendText(frame);
    } else if (!m_outbox.push(frame)) {
        tell(ConnectionMachine::ErrorOccurred{{ErrorCode::TooLarge,
            QStringLiteral("A command was not sent: %1 are waiting for the connection already.")
                .arg(m_outbox.size()),
            {}}});
    }
}

void ClientWorker::addDecoder(const QString &name, const Decoder &decoder)
{
    if (!m_decoders.contains(name))
        m_decoders.insert(name, decoder);
}

void ClientWorker::passOnJson()
{
    m_passOnJson = true;
}

void ClientWorker::end()
{
    Q_EMIT ended();
}

void ClientWorker::receiveText(const QString &text, AttemptId attempt)
{
    const QByteArray frame = text.toUtf8();
    if (isHeartbeatAnswer(frame))
        input(ConnectionMachine::Received{attempt, ConnectionMachine::Life::HeartbeatAnswer});
    else
        receiveMessage(view(frame), attempt);
}

void ClientWorker::receiveMessage(std::string_view frame, AttemptId attempt)
{
    using Life = ConnectionMachine::Life;
    auto decoded = decodeEnvelope(m_envelopeReader, frame, timestampNow());
    if (!decoded) {
        input(ConnectionMachine::Received{attempt, Life::Frame});
        reject(decoded.error());
        return;
    }
    RawMessage &message = *decoded;
    const QString &name = message.envelope.name;
    input(ConnectionMachine::Received{
        attempt, name == Authenticated.name ? Life::Authenticated : Life::Message});
    if (name.startsWith(reservedNamePrefix))
        return;

    const auto decoder = m_decoders.constFind(name);
    Expected<std::shared_ptr<const void>> data;
    if (decoder != m_decoders.cend())
        data = (*decoder)(m_dataReader, name, message.data);
    // What cannot be read has its place in the sequence all the same, or it would be asked for
    // again for ever. A snapshot is different: without it the room's list is not known.
    if (!data && name == RoomSnapshot.name) {
        reject(data.error());
        return;
    }
    if (!judge(message)) {
        carryOutLedger();
        rearm();
        return;
    }
    // First what the message says, then that the room is current with it.
    if (!data)
        reject(data.error());
    else
        deliver(message, decoder == m_decoders.cend() ? nullptr : &*decoder, std::move(*data));
    carryOutLedger();
    rearm();
}

// Tells the ledger, and returns whether the message is for the application.
bool ClientWorker::judge(const RawMessage &message)
{
    const auto now = steady_clock::now();
    const QString &name = message.envelope.name;
    if (name == RoomJoined.name) {
        const auto data = decodeData<RoomJoinedData>(m_dataReader, name, message.data);
        if (!data) {
            reject(data.error());
            return false;
        }
        m_ledger.joined(*data, now);
        return true;
    }
    if (name == RoomSnapshot.name) {
        const auto data = decodeData<SnapshotHeader>(m_dataReader, name, message.data);
        if (!data) {
            reject(data.error());
            return false;
        }
        const RoomSnapshotData header{
            data->room, data->epoch, data->seq, {}, data->part, data->parts};
        return m_ledger.snapshotPart(header, now) == RoomLedger::Verdict::Apply;
    }
    if (name == RoomHeads.name) {
        const auto data = decodeData<RoomHeadsData>(m_dataReader, name, message.data);
        if (!data) {
            reject(data.error());
            return false;
        }
        m_ledger.heads(data->heads, now);
        return true;
    }
    return m_ledger.judge(message.envelope, now) == RoomLedger::Verdict::Apply;
}

void ClientWorker::deliver(
    const RawMessage &message, const Decoder *decoder, std::shared_ptr<const void> data)
{
    const QString &name = message.envelope.name;
    const bool ours = name == Authenticated.name || name == RoomJoined.name
        || name == RoomSnapshot.name || name == RoomHeads.name;
    if (name == ServerError.name) {
        const auto error = decodeData<ErrorData>(m_dataReader, name, message.data);
        tell(ConnectionMachine::ErrorOccurred{{ErrorCode::ProtocolViolation,
            error ? QStringLiteral("The server reports %1: %2").arg(error->code, error->message)
                  : QStringLiteral("The server reports an error that cannot be read."),
            {}}});
    } else if (!decoder && !ours) {
        ++m_unknown;
        tellCounters();
    }
    if (!decoder && !m_passOnJson)
        return;
    QByteArray json;
    if (m_passOnJson)
        json = QByteArray(message.data.data(), qsizetype(message.data.size()));
    tell(ClientEvent::Received{message.envelope, std::move(data), std::move(json)});
}

void ClientWorker::reject(const Error &error)
{
    ++m_rejected;
    tellCounters();
    tell(ConnectionMachine::ErrorOccurred{error});
}

void ClientWorker::tellCounters()
{
    tell(ClientEvent::Counters{m_rejected, m_unknown});
}

void ClientWorker::tell(ClientEvent::Body body)
{
    m_events->push({m_serial, std::move(body)});
}

} // namespace tocsin
