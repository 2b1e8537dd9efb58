// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/clientworker_p.h"

#include "client/clientsentence_p.h"
#include "client/clientsocket_p.h"
#include "protocol/messages.h"

#include <QAbstractEventDispatcher>
#include <QRandomGenerator>

namespace tocsin {

using std::chrono::milliseconds;

ClientWorker::ClientWorker(SocketClientOptions options, std::shared_ptr<ClientEventQueue> events)
    : m_options(std::move(options))
    , m_events(std::move(events))
    , m_machine(
          m_options.connection, [] { return QRandomGenerator::global()->generateDouble(); },
          std::size_t(m_options.alternatives.size()) + 1)
    , m_ledger(m_options.connection.verificationTimeout)
    , m_outbox(m_options.outbox)
    , m_behindAuth(m_options.outbox)
    , m_attachments(m_options.maximumMessageSize)
    , m_timer(this)
    , m_wakeWatch(this)
    , m_suspendDetector(monotonicNow(), std::chrono::steady_clock::now())
    , m_reader(m_options.dialect)
    , m_canReadAhead(
          m_options.dialect == Dialect::Envelope && std::thread::hardware_concurrency() > 1)
{
    if (m_options.dialect == Dialect::TypedChannel && m_options.heartbeat == HeartbeatFlavour::Text)
        m_options.heartbeat = HeartbeatFlavour::Json;
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, this, &ClientWorker::wake);
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock,
        this, &ClientWorker::flush);
    QObject::connect(&m_wakeWatch, &WakeWatch::woke, this, &ClientWorker::wake);
}

ClientWorker::~ClientWorker()
{
    // A program that ends still says goodbye to the server that it was connected to.
    if (m_socket && m_socket->canSend())
        m_socket->closeNormally();
}

void ClientWorker::command(const ConnectionMachine::Input &input, CommandSerial serial)
{
    finishReadAhead();
    closeBatch();
    m_serial = serial;
    if (std::holds_alternative<ConnectionMachine::Disconnect>(input)) {
        noteAbandoned();
        m_toldFull = false;
        m_requests.failAll({}); // the façade has answered them
        carryOutRequests();
    }
    this->input(input);
    // What was on its way to the façade is thrown away there.
    if (std::holds_alternative<ConnectionMachine::Disconnect>(input))
        m_ledger.forgetPositions();
}

void ClientWorker::input(const ConnectionMachine::Input &input)
{
    finishReadAhead();
    // What carrying out an output brings about waits its turn.
    m_pendingInputs.push_back(input);
    if (std::exchange(m_handling, true))
        return;
    for (std::size_t i = 0; i < m_pendingInputs.size(); ++i) {
        const ConnectionMachine::Input next = m_pendingInputs[i];
        for (const auto &output : m_machine.handle(next, monotonicNow()))
            std::visit([this](const auto &thing) { carryOut(thing); }, output);
    }
    m_pendingInputs.clear();
    m_handling = false;
    if (m_isBehindAuth && m_machine.isUsable())
        forgetBehindAuth();
    rearm();
}

void ClientWorker::credentials(AttemptId attempt, const Credentials &credentials)
{
    finishReadAhead();
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
    if (m_credentials.url)
        options.url = *m_credentials.url;
    else if (output.address > 0)
        options.url = m_options.alternatives.at(qsizetype(output.address) - 1);
    tell(ClientEvent::Address{options.url});
    m_socket = std::make_unique<ClientSocket>(options, this);
    QObject::connect(m_socket.get(), &ClientSocket::opened, this,
        [this, attempt] { input(ConnectionMachine::Opened{attempt}); });
    QObject::connect(
        m_socket.get(), &ClientSocket::lost, this, [this, attempt](const ConnectionLoss &loss) {
            input(ConnectionMachine::Closed{attempt, loss});
        });
    m_socket->onText([this, attempt](const QString &text) { receiveText(text, attempt); });
    QObject::connect(m_socket.get(), &ClientSocket::binaryReceived, this,
        [this, attempt](const QByteArray &frame) { receiveBinary(frame, attempt); });
    QObject::connect(m_socket.get(), &ClientSocket::pongReceived, this, [this, attempt] {
        m_isPartUnderWay = false;
        input(ConnectionMachine::Received{attempt, ConnectionMachine::Life::HeartbeatAnswer});
    });
    QObject::connect(m_socket.get(), &ClientSocket::bytesReceived, this,
        [this, attempt] { receiveBytes(attempt); });
    m_listeningTo = attempt;
    m_isPartUnderWay = false;
    m_socket->open();
}

void ClientWorker::carryOut(const ConnectionMachine::Greet & /*output*/)
{
    m_isBehindAuth = !m_credentials.token.isEmpty();
    if (m_isBehindAuth)
        m_socket->sendText(encodeCommand(Authenticate, {.token = m_credentials.token}));
    m_credentials = {};
    startSession();
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
    m_listeningTo = 0;
    m_ledger.sessionEnded();
    carryOutLedger();
    m_attachments.reset();
    if (output.isRefusal)
        takeBack();
    forgetBehindAuth();
    m_requests.sessionEnded();
    if (m_machine.state() == ConnectionMachine::State::Disconnected
        && m_machine.pause() == ConnectionMachine::Pause::None)
        giveUpRequests();
    carryOutRequests();
    if (!m_socket)
        return;
    // We may stand inside one of its signals: it goes when the stack is clean.
    ClientSocket *const dropped = m_socket.release();
    dropped->silence();
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

void ClientWorker::carryOut(const ConnectionMachine::Connected &output)
{
    tell(output);
    if (output.reconnected)
        m_ledger.sessionFollowsAnother();
    carryOutLedger();
}

void ClientWorker::carryOut(const ConnectionMachine::Doubted & /*output*/)
{
    m_ledger.doubt();
    carryOutLedger();
}

void ClientWorker::carryOut(const ConnectionMachine::Confirmed & /*output*/)
{
    m_ledger.confirm(monotonicNow());
    carryOutLedger();
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
    finishReadAhead();
    if (m_suspendDetector.slept(monotonicNow(), std::chrono::steady_clock::now())) {
        // The timer stood still meanwhile: what it was set for comes sooner than it thinks.
        m_timer.stop();
        m_armedFor.reset();
        input(ConnectionMachine::Woke{});
    }
    input(ConnectionMachine::Tick{});
    m_ledger.tick(monotonicNow());
    carryOutLedger();
    m_requests.tick(monotonicNow());
    carryOutRequests();
    noteExpired(m_outbox.expire(monotonicNow()));
    rearm();
}

void ClientWorker::rearm()
{
    auto next = m_machine.deadline();
    if (const auto ledger = m_ledger.deadline(); ledger && (!next || *ledger < *next))
        next = ledger;
    if (const auto request = m_requests.deadline(); request && (!next || *request < *next))
        next = request;
    if (const auto expiry = m_outbox.deadline(); expiry && (!next || *expiry < *next))
        next = expiry;
    // Most messages change no deadline, and starting a timer is not free.
    if (next == m_armedFor && (m_timer.isActive() || !next))
        return;
    m_armedFor = next;
    if (!next) {
        m_timer.stop();
        return;
    }
    // Rounded up: a timer that fires a little early would only have to be set again.
    const auto wait = std::chrono::ceil<milliseconds>(*next - monotonicNow());
    m_timer.start(std::max(wait, milliseconds::zero()));
}

void ClientWorker::carryOutLedger()
{
    for (const auto &output : m_ledger.take()) {
        if (const auto *join = std::get_if<RoomLedger::Join>(&output)) {
            if (m_socket && m_socket->canSend())
                m_socket->sendText(joinFrame(*join));
        } else if (const auto *fresh = std::get_if<RoomLedger::FreshnessChanged>(&output)) {
            tellFreshness(*fresh);
        } else if (const auto *recovery = std::get_if<RoomLedger::RecoveryStarted>(&output)) {
            tell(ClientEvent::Recovery{recovery->room, recovery->recovery});
        } else if (std::holds_alternative<RoomLedger::RefreshNeeded>(output)) {
            tell(ClientEvent::RefreshNeeded{});
        }
    }
}

// To the wall clock here, where the present of the other clock is at hand.
void ClientWorker::tellFreshness(const RoomLedger::FreshnessChanged &output)
{
    QDateTime lastVerified;
    if (output.lastVerified) {
        const auto age = std::chrono::ceil<milliseconds>(monotonicNow() - *output.lastVerified);
        lastVerified = QDateTime::currentDateTimeUtc().addMSecs(-age.count());
    }
    tell(ClientEvent::Freshness{output.room, output.freshness, lastVerified});
}

void ClientWorker::joinRoom(const QString &room)
{
    finishReadAhead();
    m_ledger.want(room, monotonicNow());
    carryOutLedger();
    rearm();
}

void ClientWorker::leaveRoom(const QString &room, quint64 leave)
{
    finishReadAhead();
    closeBatch();
    m_leaves = leave;
    if (m_ledger.forget(room) && m_socket && m_socket->canSend())
        m_socket->sendText(leaveFrame(room));
    rearm();
}

void ClientWorker::addChannel(const QString &name, const MessageType *type, ChannelId channel)
{
    finishReadAhead();
    m_reader.addChannel(name, type, channel);
    if (m_readAhead)
        m_readAhead->addChannel(name, type, channel);
}

void ClientWorker::passOnJson()
{
    finishReadAhead();
    m_passOnJson = true;
    m_reader.keepJson();
}

void ClientWorker::end()
{
    Q_EMIT ended();
}

} // namespace tocsin
