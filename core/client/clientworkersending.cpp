// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// ClientWorker's sending side: the outbox, requests and their replies, attachments.
#include "client/clientworker_p.h"

#include "client/clientsentence_p.h"
#include "client/clientsocket_p.h"
#include "protocol/messages.h"
#include "protocol/typedchannel.h"

namespace tocsin {

// After `auth`: the joins, then what is asked again, then what waited.
void ClientWorker::startSession()
{
    const auto now = monotonicNow();
    m_ledger.sessionStarted(now);
    if (m_options.dialect == Dialect::TypedChannel)
        m_ledger.serverIsPlain(now);
    carryOutLedger();
    m_requests.tick(now);
    carryOutRequests();
    for (const QByteArray &frame : m_requests.sessionStarted())
        m_socket->sendText(frame);
    const auto [messages, expired] = m_outbox.take(now);
    for (const OutgoingMessage &message : messages)
        write(message, Buffering::WaitForConnection);
    m_toldFull = false;
    noteExpired(expired);
}

void ClientWorker::noteExpired(qint64 messages)
{
    if (messages == 0)
        return;
    notSent(messages, ErrorCode::TimedOut,
        ClientSentence::tr("%1 buffered message(s) were not sent: they waited longer for a "
                           "connection than they were to.")
            .arg(messages));
}

// Whoever disconnects knows that what waits is not sent: it is counted, and no error.
void ClientWorker::noteAbandoned()
{
    const qint64 messages = m_outbox.expire(monotonicNow()) + m_outbox.messagesWithoutReply();
    m_outbox.clear();
    if (messages == 0)
        return;
    m_unsent += messages;
    tell(ClientEvent::Unsent{m_unsent});
}

bool ClientWorker::canSend() const
{
    return m_machine.state() == ConnectionMachine::State::Connected && m_socket
        && m_socket->canSend();
}

void ClientWorker::send(const OutgoingMessage &message, Buffering buffering)
{
    finishReadAhead();
    if (canSend()) {
        write(message, buffering);
    } else if (buffering == Buffering::NowOrNever) {
        notSent(1, ErrorCode::NotConnected,
            ClientSentence::tr("A message was not sent: the connection was lost before it left."));
    } else {
        buffer(message);
        rearm();
    }
}

void ClientWorker::request(const PendingRequest &request, Buffering buffering)
{
    finishReadAhead();
    m_requests.add(request);
    const OutgoingMessage message{.text = request.frame, .requestId = request.id};
    if (buffering == Buffering::WaitForConnection) {
        send(message, buffering);
    } else if (canSend()) {
        write(message, buffering);
    } else {
        m_requests.fail(request.id,
            {ErrorCode::NotConnected,
                ClientSentence::tr(
                    "The request was not sent: the connection was lost before it left."),
                {}});
    }
    carryOutRequests();
    rearm();
}

void ClientWorker::write(const OutgoingMessage &message, Buffering buffering)
{
    m_socket->sendText(message.text);
    if (message.attachment)
        m_socket->sendBinary(*message.attachment);
    if (message.requestId != 0)
        m_requests.sent(message.requestId);
    if (m_isBehindAuth)
        keepBehindAuth(message, buffering);
}

void ClientWorker::keepBehindAuth(const OutgoingMessage &message, Buffering buffering)
{
    const auto lose = [this](const OutgoingMessage &unsent) {
        m_neverAgain += unsent.requestId == 0 ? 1 : 0; // a request's future tells it
    };
    if (buffering == Buffering::NowOrNever)
        return lose(message);
    const Outbox::Pushed pushed = m_behindAuth.push(message, monotonicNow());
    for (const OutgoingMessage &dropped : pushed.dropped)
        lose(dropped);
    if (!pushed.accepted)
        lose(message);
}

// The server turned us away, and has carried out nothing of what stood behind `auth`: it waits
// again, ahead of what waits since then.
void ClientWorker::takeBack()
{
    const auto now = monotonicNow();
    const auto taken = m_behindAuth.take(now);
    const auto waiting = m_outbox.take(now);
    for (const OutgoingMessage &message : taken.messages) {
        if (message.requestId == 0 || m_requests.takeBack(message.requestId))
            buffer(message);
    }
    for (const OutgoingMessage &message : waiting.messages)
        buffer(message);
    noteExpired(taken.expired + waiting.expired);
    if (m_neverAgain > 0) {
        notSent(m_neverAgain, ErrorCode::NotConnected,
            ClientSentence::tr("%1 message(s) were not sent: the server refused the session.")
                .arg(m_neverAgain));
    }
}

void ClientWorker::forgetBehindAuth()
{
    m_isBehindAuth = false;
    m_behindAuth.clear();
    m_neverAgain = 0;
}

void ClientWorker::giveUpRequests()
{
    m_requests.failWaiting({ErrorCode::NotConnected,
        ClientSentence::tr("The request was not sent: there is no connection, and none will be "
                           "made by itself."),
        {}});
    m_requests.failAll({ErrorCode::ConnectionLost,
        ClientSentence::tr("The connection ended and will not be made again by itself."), {}});
}

void ClientWorker::buffer(const OutgoingMessage &message)
{
    const Outbox::Pushed pushed = m_outbox.push(message, monotonicNow());
    qint64 lost = 0;
    const auto lose = [&](const OutgoingMessage &unsent) {
        // A request's future tells it; a message has nobody but the signal.
        if (unsent.requestId == 0) {
            ++lost;
            return;
        }
        m_requests.fail(unsent.requestId,
            {ErrorCode::BufferFull,
                ClientSentence::tr("The request was not sent: too much waits for the connection."),
                {}});
    };
    for (const OutgoingMessage &dropped : pushed.dropped)
        lose(dropped);
    if (!pushed.accepted)
        lose(message);
    if (!pushed.dropped.empty())
        carryOutRequests();
    if (lost == 0)
        return;
    if (std::exchange(m_toldFull, true)) {
        m_unsent += lost;
        tell(ClientEvent::Unsent{m_unsent});
        return;
    }
    notSent(lost, ErrorCode::BufferFull,
        ClientSentence::tr(
            "Messages are being lost until there is a connection: %1 of them, with %2 "
            "bytes, wait for it already.")
            .arg(m_outbox.size())
            .arg(m_outbox.bytes()));
}

void ClientWorker::notSent(qint64 messages, ErrorCode code, const QString &why)
{
    m_unsent += messages;
    tell(ClientEvent::Unsent{m_unsent});
    tell(ConnectionMachine::ErrorOccurred{{code, why, {}}});
}

void ClientWorker::carryOutRequests()
{
    auto finished = m_requests.take();
    if (finished.empty())
        return;
    if (m_outbox.size() > 0) {
        // What was given up while it waited is not sent after all.
        QSet<RequestId> ids;
        for (const auto &request : finished)
            ids.insert(request.id);
        m_outbox.remove(ids);
    }
    for (auto &request : finished)
        tell(std::move(request));
}

QByteArray ClientWorker::joinFrame(const RoomLedger::Join &join) const
{
    return m_options.dialect == Dialect::TypedChannel
        ? encodeSubscribe(join.room)
        : encodeCommand(JoinRoom, {.room = join.room, .since = join.since});
}

QByteArray ClientWorker::leaveFrame(const QString &room) const
{
    return m_options.dialect == Dialect::TypedChannel ? encodeUnsubscribe(room)
                                                      : encodeCommand(LeaveRoom, {.room = room});
}

// Takes what is for the client itself: replies that are waited for, and announcements. The other
// dialect has neither, and may use the names for something of its own.
bool ClientWorker::consume(const MessageReader::Result &message)
{
    if (m_options.dialect == Dialect::TypedChannel)
        return false;
    const QString &name = message.envelope->name;
    if (name == AttachmentAnnounced.name) {
        announce(message);
        carryOutLedger();
        rearm();
        return true;
    }
    if (name != CommandReply.name)
        return false;
    const auto reply = m_reader.dataAs<ReplyData>();
    if (!reply) {
        reject(reply.error());
        return true;
    }
    if (!m_requests.answer(*reply))
        return false; // nobody's, like any other message that nobody knows
    carryOutRequests();
    rearm();
    return true;
}

void ClientWorker::announce(const MessageReader::Result &message)
{
    // It has its place in the sequence, whatever becomes of it.
    const bool wanted
        = m_ledger.judge(*message.envelope, monotonicNow()) == RoomLedger::Verdict::Apply;
    const auto header = m_reader.dataAs<AttachmentHeader>();
    if (!header)
        reject(header.error());
    for (const Error &error :
        wanted &&header ? m_attachments.announce(*header) : m_attachments.passOver())
        reject(error);
}

void ClientWorker::receiveBinary(const QByteArray &frame, AttemptId attempt)
{
    m_isPartUnderWay = false;
    finishReadAhead();
    input(ConnectionMachine::Received{attempt, ConnectionMachine::Life::Frame});
    auto attachment = m_attachments.complete(frame);
    if (!attachment)
        reject(attachment.error());
    else if (*attachment)
        tell(std::move(**attachment));
}

} // namespace tocsin
