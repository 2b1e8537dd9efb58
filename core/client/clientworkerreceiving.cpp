// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// ClientWorker's receiving side: frames in, messages and events out to the façade.
#include "client/clientworker_p.h"

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

void ClientWorker::receiveText(const QString &text, AttemptId attempt)
{
    ++m_messagesThisTurn;
    if (!std::exchange(m_turnEndPosted, true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User), Qt::LowEventPriority);
    m_sizeThisTurn += text.size();
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
        m_reader.recycle(std::exchange(message.messages, {}));
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
        reportError({ErrorCode::ProtocolViolation,
            error ? QStringLiteral("The server reports %1: %2").arg(error->code, error->message)
                  : QStringLiteral("The server reports an error that cannot be read."),
            {}});
    } else if (!message.known
        && (!message.reserved || message.envelope->name == CommandReply.name)) {
        ++m_unknown;
        m_countersChanged = true;
    }
    for (auto &received : message.messages)
        m_batch.push_back(std::move(received));
    message.messages.clear();
    if (m_batch.size() >= batchSize)
        flush();
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
    m_outgoing.push_back({m_serial, std::move(body)});
}

void ClientWorker::closeBatch()
{
    if (!m_batch.empty())
        m_outgoing.push_back({m_serial, ClientEvent::Received{std::exchange(m_batch, {})}});
}

void ClientWorker::flush()
{
    m_messagesSinceClock = 0; // time passes while we wait
    closeBatch();
    if (std::exchange(m_countersChanged, false))
        tell(ClientEvent::Counters{m_rejected, m_unknown});
    if (m_outgoing.empty())
        return;
    m_events->push(m_outgoing);
    m_reader.recycle(m_events->takeUsed());
    m_batch.reserve(batchSize);
}

// Behind everything else that is posted: QWebSocket reads its socket in one turn of the loop and
// the messages in the next, and we would rest between the two.
bool ClientWorker::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    m_turnEndPosted = false;
    flush();
    const auto messages = std::exchange(m_messagesThisTurn, 0);
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
