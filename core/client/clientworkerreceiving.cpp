// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// ClientWorker's receiving side: frames in, messages and events out to the façade.
#include "client/clientworker_p.h"

#include "client/clientsentence_p.h"
#include "client/clientsocket_p.h"
#include "protocol/messages.h"

#include <QCoreApplication>
#include <QEvent>

namespace tocsin {

namespace {

/// A snapshot's part without its incidents, which only the application reads.
struct SnapshotHeader {
    QString room;
    QString epoch;
    qint64 seq = 0;
    int part = 1;
    int parts = 1;
};

/// How many messages go to the façade at once at most: it works while we read on.
constexpr std::size_t batchSize = 2'048;
/// How many messages in one turn make a flood of it, which is read by two threads.
constexpr qint64 floodFrom = 1'024;

constexpr auto turnEnded = QEvent::User;
constexpr auto blocksFinished = QEvent::Type(QEvent::User + 1);
/// How many messages share one look at the clock.
constexpr int messagesAClockReading = 64;
/// What the answer to a heartbeat is never longer than.
constexpr qsizetype longestHeartbeatAnswer = 64;

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

// What is whole is told of after its bytes: one arrival alone says nothing, and the second one with
// nothing whole in between says that a message is on its way.
void ClientWorker::receiveBytes(AttemptId attempt)
{
    if (attempt != m_listeningTo || !std::exchange(m_isPartUnderWay, true))
        return;
    m_ledger.partReceived(monotonicNow());
    if (m_machine.isWaitingForAnswer(attempt))
        input(ConnectionMachine::Received{attempt, ConnectionMachine::Life::Part});
}

void ClientWorker::receiveText(const QString &text, AttemptId attempt)
{
    m_isPartUnderWay = false;
    if (++m_messagesThisTurn == floodFrom)
        m_isFlood = m_canReadAhead;
    if (!std::exchange(m_turnEndPosted, true))
        QCoreApplication::postEvent(this, new QEvent(turnEnded), Qt::LowEventPriority);
    m_sizeThisTurn += text.size();
    if (shouldReadAhead(text)) {
        readAhead(text, attempt);
    } else {
        finishReadAhead();
        receiveFrame(text, attempt);
    }
}

void ClientWorker::receiveFrame(const QString &text, AttemptId attempt)
{
    if (text.size() <= longestHeartbeatAnswer && isHeartbeatAnswer(text.toUtf8()))
        input(ConnectionMachine::Received{attempt, ConnectionMachine::Life::HeartbeatAnswer});
    else
        receiveMessage(text, attempt);
}

void ClientWorker::receiveMessage(const QString &text, AttemptId attempt)
{
    using Life = ConnectionMachine::Life;
    MessageReader::Result &message = m_reader.read(text);
    if (message.frameError) {
        input(ConnectionMachine::Received{attempt, Life::Frame});
        reject(*message.frameError);
        return;
    }
    const QString &name = message.envelope->name;
    if (message.reserved || !m_machine.isSettled(attempt, roughlyNow())) {
        input(ConnectionMachine::Received{
            attempt, name == Authenticated.name ? Life::Authenticated : Life::Message});
    }
    if (name.startsWith(reservedNamePrefix))
        return;
    if (message.reserved && consume(message))
        return;

    // What cannot be read has its place in the sequence all the same, or it would be asked for
    // again for ever. A snapshot is different: without it the room's list is not known.
    const bool lost = message.dataError && name == RoomSnapshot.name;
    const bool applies = !lost && judge(message);
    // First what the message says, then that the room is current with it.
    if (message.dataError && (applies || lost))
        reject(*message.dataError);
    if (applies)
        deliver(message);
    else
        recycle(std::exchange(message.messages, {}));
    if (m_ledger.hasOutputs() || !applies || message.reserved) {
        carryOutLedger();
        rearm();
    }
}

// Tells the ledger, and returns whether the message is for the application.
bool ClientWorker::judge(const MessageReader::Result &message)
{
    if (message.reserved)
        return judgeReserved(message);
    return m_ledger.judge(*message.envelope, roughlyNow()) == RoomLedger::Verdict::Apply;
}

bool ClientWorker::judgeReserved(const MessageReader::Result &message)
{
    const auto now = monotonicNow();
    const QString &name = message.envelope->name;
    if (name == RoomJoined.name) {
        const auto data = m_reader.dataAs<RoomJoinedData>();
        if (!data) {
            reject(data.error());
            return false;
        }
        m_ledger.joined(*data, now);
        return true;
    }
    if (name == RoomSnapshot.name) {
        const auto data = m_reader.dataAs<SnapshotHeader>();
        if (!data) {
            reject(data.error());
            return false;
        }
        const RoomSnapshotData header{
            data->room, data->epoch, data->seq, {}, data->part, data->parts};
        return m_ledger.snapshotPart(header, now) == RoomLedger::Verdict::Apply;
    }
    if (name == RoomHeads.name) {
        const auto data = m_reader.dataAs<RoomHeadsData>();
        if (!data) {
            reject(data.error());
            return false;
        }
        m_ledger.heads(data->heads, now);
        return true;
    }
    return m_ledger.judge(*message.envelope, now) == RoomLedger::Verdict::Apply;
}

void ClientWorker::deliver(MessageReader::Result &message)
{
    if (message.envelope->name == ServerError.name) {
        const auto error = m_reader.dataAs<ErrorData>();
        if (error) {
            reportError({errorCodeFromWire(error->code).value_or(ErrorCode::ProtocolViolation),
                ClientSentence::tr("The server reports %1: %2").arg(error->code, error->message),
                error->where});
        } else {
            reportError({ErrorCode::ProtocolViolation,
                ClientSentence::tr("The server reports an error that cannot be read."), {}});
        }
    } else if (!message.known
        && (!message.reserved || message.envelope->name == CommandReply.name)) {
        ++m_unknown;
        m_latestUnknown = message.envelope->name;
        m_countersChanged = true;
    }
    for (auto &received : message.messages)
        deliver(std::move(received));
    message.messages.clear();
}

void ClientWorker::deliver(std::unique_ptr<ReceivedMessage> message)
{
    m_batchSize += message->size;
    m_batch.push_back(std::move(message));
    if (m_batch.size() >= batchSize)
        flush();
}

bool ClientWorker::shouldReadAhead(const QString &text) const
{
    return m_isFlood && !m_passOnJson && text.size() <= ReadAhead::largestFrame;
}

void ClientWorker::readAhead(const QString &text, AttemptId attempt)
{
    if (!m_readAhead) {
        m_readAhead = std::make_unique<ReadAhead>(
            m_reader, [this] { QCoreApplication::postEvent(this, new QEvent(blocksFinished)); });
    }
    if (m_readAhead->add(attempt, text))
        takeReadAhead();
}

void ClientWorker::takeReadAhead()
{
    m_receivingBlocks = true;
    while (auto block = m_readAhead->take())
        receiveBlock(std::move(block));
    m_receivingBlocks = false;
}

void ClientWorker::finishReadAhead()
{
    if (!m_readAhead || !m_readAhead->isUnderWay() || std::exchange(m_receivingBlocks, true))
        return;
    m_readAhead->handOver();
    while (auto block = m_readAhead->wait())
        receiveBlock(std::move(block));
    m_receivingBlocks = false;
}

void ClientWorker::receiveBlock(std::unique_ptr<ReadAhead::Block> block)
{
    using Life = ConnectionMachine::Life;
    const AttemptId attempt = block->attempt();
    std::size_t unread = 0;
    for (std::size_t i = 0; i < block->size() && m_listeningTo == attempt; ++i) {
        auto message = block->takeMessage(i);
        if (!message) {
            ++unread;
            const std::string_view frame = block->frame(i);
            receiveFrame(QString::fromUtf8(frame.data(), qsizetype(frame.size())), attempt);
            continue;
        }
        if (!m_machine.isSettled(attempt, roughlyNow()))
            input(ConnectionMachine::Received{attempt, Life::Message});
        const bool applies
            = m_ledger.judge(message->envelope, roughlyNow()) == RoomLedger::Verdict::Apply;
        if (applies)
            deliver(std::move(message));
        if (m_ledger.hasOutputs() || !applies) {
            carryOutLedger();
            rearm();
        }
    }
    if (unread > block->size() / 2)
        m_isFlood = false;
    m_readAhead->reuse(std::move(block));
}

// In a flood the other thread reads most of them.
void ClientWorker::recycle(ReceivedMessages messages)
{
    if (m_readAhead && m_isFlood)
        m_readAhead->recycle(std::move(messages));
    else
        m_reader.recycle(std::move(messages));
}

void ClientWorker::reject(const Error &error)
{
    ++m_rejected;
    m_countersChanged = true;
    reportError(error);
}

void ClientWorker::reportError(Error error)
{
    if (auto passed = m_errorLimiter.pass(std::move(error), monotonicNow()))
        tell(ConnectionMachine::ErrorOccurred{*std::move(passed)});
}

void ClientWorker::tell(ClientEvent::Body body)
{
    closeBatch();
    m_outgoing.push_back({m_serial, m_leaves, std::move(body)});
}

void ClientWorker::closeBatch()
{
    if (!m_batch.empty())
        m_outgoing.push_back({m_serial, m_leaves,
            ClientEvent::Received{std::exchange(m_batch, {}), std::exchange(m_batchSize, 0)}});
}

void ClientWorker::flush()
{
    m_messagesSinceClock = 0; // time passes while we wait
    closeBatch();
    if (std::exchange(m_countersChanged, false))
        tell(ClientEvent::Counters{m_rejected, m_unknown, m_latestUnknown});
    if (m_outgoing.empty())
        return;
    m_events->push(m_outgoing);
    recycle(m_events->takeUsed());
    m_batch.reserve(batchSize);
}

// Behind everything else that is posted: QWebSocket reads its socket in one turn of the loop and
// the messages in the next, and we would rest between the two.
bool ClientWorker::event(QEvent *event)
{
    if (event->type() == blocksFinished) {
        takeReadAhead();
        flush();
        return true;
    }
    if (event->type() != turnEnded)
        return QObject::event(event);
    m_turnEndPosted = false;
    if (m_readAhead) {
        m_readAhead->tellOfRest();
        takeReadAhead();
    }
    flush();
    const auto messages = std::exchange(m_messagesThisTurn, 0);
    m_isFlood = m_isFlood && messages >= floodFrom;
    const auto size = std::exchange(m_sizeThisTurn, 0);
    if (m_pace.shouldRest(messages, size, monotonicNow()))
        m_events->rest(Pace::restTime);
    return true;
}

MonotonicTime ClientWorker::roughlyNow()
{
    if (m_messagesSinceClock++ % messagesAClockReading == 0)
        m_roughlyNow = monotonicNow();
    return m_roughlyNow;
}

} // namespace tocsin
