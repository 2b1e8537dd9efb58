// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/session_p.h"

#include "gateway/nativeadapter.h"
#include "protocol/activity.h"
#include "protocol/heartbeat.h"

namespace tocsin {

namespace {

constexpr qsizetype mostAnswers = 1000;
constexpr qsizetype mostRooms = 1000;

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

QByteArray frameOf(QStringView name, const QByteArray &data)
{
    return encodeEnvelope({name.toString(), timestampNow(), {}, 0}, view(data));
}

void writeError(JsonWriter &writer, const Error &error)
{
    // How the storage fails is for the operator's log.
    const bool isInternal = error.code == ErrorCode::StorageFailed;
    const ErrorCode code = isInternal ? ErrorCode::Unavailable : error.code;
    writer.key("code").string(errorCodeName(code));
    writer.key("message").string(
        isInternal ? QStringLiteral("The gateway cannot do that at the moment.") : error.message);
    if (!error.where.isEmpty())
        writer.key("where").string(error.where);
}

} // namespace

Error locally(const Error &error, const QString &command)
{
    if (error.where.isEmpty())
        return {error.code, command + QStringLiteral(": ") + error.message, {}};
    return {error.code, QStringLiteral("%1: %2: %3").arg(command, error.where, error.message),
        error.where};
}

Session::Session(GatewayServices &services, SessionTransport &transport)
    : m_services(services)
    , m_transport(&transport)
{
    if (!services.tokens) {
        m_principal = Principal{.name = QStringLiteral("local"), .role = Role::Admin, .rooms = {}};
    }
}

Session::~Session()
{
    leaveAll();
}

void Session::start()
{
    m_begin = std::chrono::steady_clock::now();
    m_services.logbook.write(LogLevel::Debug, "session.opened",
        {{"session", m_id.toString(QUuid::WithoutBraces)},
            {"address", m_transport->peerAddress()}});
    if (m_principal)
        return;
    m_services.loop.after(
        m_services.configuration.authenticationTimeout, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (self && !self->m_principal) {
                self->close(CloseCode::Unauthorized, QStringLiteral("not authenticated in time"));
            }
        });
}

void Session::end(const SessionEnd &how)
{
    if (!m_transport)
        return;
    tellOfEnd(how);
    m_transport = nullptr;
    leaveAll();
}

void Session::tellOfEnd(const SessionEnd &how) const
{
    if (!m_begin || !Logbook::isOn(LogLevel::Info))
        return;
    using std::chrono::duration_cast;
    const auto lasted = std::chrono::steady_clock::now() - *m_begin;
    const bool isOurs = how.by == SessionEnd::By::Gateway;
    m_services.logbook.write(LogLevel::Info, "session.closed",
        {{"session", m_id.toString(QUuid::WithoutBraces)},
            {"name", m_principal ? m_principal->name : QString()},
            {"role", m_principal ? enumQString(m_principal->role) : QString()},
            {"address", m_transport->peerAddress()}, {"code", how.code}, {"reason", how.reason},
            {"by", isOurs ? "gateway" : "peer"},
            {"seconds", duration_cast<std::chrono::seconds>(lasted).count()}},
        isOurs ? QByteArray::number(how.code) : QByteArray());
}

void Session::leaveAll()
{
    m_operations.clear();
    for (const QString &room : std::as_const(m_rooms)) {
        m_services.hub.unsubscribe(this, room);
        m_services.presence.leave(room, this);
    }
    m_rooms.clear();
}

void Session::receiveText(std::string_view frame)
{
    if (countMessage() == Rate::Exceeded)
        return;
    if (frame == std::string_view(textPing.data(), std::size_t(textPing.size()))) {
        send(textPong.toByteArray());
        return;
    }
    const auto header = decode<CommandHeader>(*m_services.reader, frame);
    if (!header) {
        fail(std::nullopt, locally(header.error(), QStringLiteral("command")));
        return;
    }
    receiveCommand(*header, frame);
}

void Session::receivePing()
{
    // Not from within the transport's reading.
    if (m_rate.take(MessageRate::Clock::now(), m_services.configuration.messagesPerSecond,
            m_services.configuration.messageBurst))
        return;
    m_services.loop.post([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->closeForRate();
    });
}

Session::Rate Session::countMessage()
{
    m_services.metrics.messagesReceived.add();
    if (m_rate.take(MessageRate::Clock::now(), m_services.configuration.messagesPerSecond,
            m_services.configuration.messageBurst))
        return Rate::Kept;
    closeForRate();
    return Rate::Exceeded;
}

void Session::closeForRate()
{
    if (!m_transport || !m_transport->isOpen())
        return;
    m_services.metrics.rateLimited.add();
    fail(std::nullopt,
        {ErrorCode::RateLimited,
            QStringLiteral("A session may send %1 messages a second.")
                .arg(m_services.configuration.messagesPerSecond),
            {}});
    close(CloseCode::RateLimited, QStringLiteral("too many messages"));
}

void Session::receiveBinary()
{
    if (countMessage() == Rate::Exceeded)
        return;
    fail(std::nullopt,
        {ErrorCode::InvalidPayload, QStringLiteral("A binary frame that no attachment announced."),
            {}});
}

void Session::receiveCommand(const CommandHeader &header, std::string_view frame)
{
    if (header.type == u"ping")
        return send(jsonPong.toByteArray());
    if (header.type == u"heartbeat")
        return send(textPong.toByteArray());
    if (header.requestId) {
        const auto it = m_answers.find(*header.requestId);
        if (it != m_answers.end()) {
            if (!it->second.isEmpty())
                send(it->second);
            return;
        }
        m_answers.emplace(*header.requestId, QByteArray());
        m_answerOrder.enqueue(*header.requestId);
        if (m_answerOrder.size() > mostAnswers) {
            m_answers.erase(m_answerOrder.dequeue());
        }
    }
    if (header.type == Authenticate.type)
        return authenticate(header, frame);
    if (!m_principal) {
        fail(header.requestId,
            {ErrorCode::Unauthenticated, QStringLiteral("The first command must be `auth`."), {}});
        return close(CloseCode::Unauthorized, QStringLiteral("not authenticated"));
    }
    if (header.type == JoinRoom.type)
        return enqueueJoin(header, frame);
    if (header.type == LeaveRoom.type)
        return enqueueLeave(header, frame);
    if (header.type == Acknowledge.type)
        return act(header, frame, IncidentAction::Kind::Acknowledge);
    if (header.type == Unacknowledge.type)
        return act(header, frame, IncidentAction::Kind::Unacknowledge);
    if (header.type == Resolve.type)
        return act(header, frame, IncidentAction::Kind::Resolve);
    if (header.type == Comment.type)
        return comment(header, frame);
    if (header.type == Assign.type)
        return assign(header, frame);
    if (header.type == History.type)
        return readTimeline(header, frame);
    if (header.type == RoomActivity.type)
        return readActivity(header, frame);
    fail(header.requestId,
        {ErrorCode::UnknownType,
            QStringLiteral("There is no command \"%1\".").arg(header.type.left(60)),
            QStringLiteral("type")});
}

void Session::authenticate(const CommandHeader &header, std::string_view frame)
{
    if (m_services.tokens) {
        const auto payload = decode<TokenPayload>(*m_services.reader, frame);
        if (!payload)
            fail(header.requestId, locally(payload.error(), header.type));
        m_principal = payload ? m_services.tokens->find(payload->token.toUtf8(), timestampNow())
                              : std::nullopt;
        if (!m_principal)
            return close(CloseCode::Unauthorized, QStringLiteral("unknown or expired token"));
        if (!m_principal->mayView()) {
            return close(
                CloseCode::Forbidden, QStringLiteral("a sender's token is for reports only"));
        }
    }
    // Authenticated anew, perhaps for less, or as somebody else.
    const QSet<QString> rooms = m_rooms;
    for (const QString &room : rooms) {
        if (m_principal->mayUse(room))
            m_services.presence.enter(room, this, user());
        else
            leave(room);
    }
    const QString id = m_id.toString(QUuid::WithoutBraces);
    if (Logbook::isOn(LogLevel::Info)) {
        m_services.logbook.write(LogLevel::Info, "session.authenticated",
            {{"session", id}, {"name", m_principal->name}, {"role", enumQString(m_principal->role)},
                {"address", m_transport->peerAddress()}});
    }
    send(encodeMessage(Authenticated, {.user = user(), .session = id}, timestampNow()));
    succeed(header.requestId);
}

void Session::enqueueJoin(const CommandHeader &header, std::string_view frame)
{
    auto payload = decode<RoomJoinPayload>(*m_services.reader, frame);
    if (!payload)
        return refuseJoin(header.requestId, locally(payload.error(), header.type));
    if (!isRoomName(payload->room)) {
        return refuseJoin(header.requestId,
            {ErrorCode::InvalidPayload,
                QStringLiteral("room.join: room: expected a name of 1 to 200 characters"),
                QStringLiteral("room")});
    }
    if (!m_principal->mayUse(payload->room)) {
        return refuseJoin(header.requestId,
            {ErrorCode::Forbidden,
                QStringLiteral("This token is not for the room %1.").arg(payload->room),
                QStringLiteral("room")},
            payload->room);
    }
    // One that it is in already is no more of them: that is how a snapshot is asked for.
    if (!m_rooms.contains(payload->room) && m_rooms.size() + m_operations.size() >= mostRooms) {
        return refuseJoin(header.requestId,
            {ErrorCode::RateLimited,
                QStringLiteral("A session may be in at most %1 rooms.").arg(mostRooms),
                QStringLiteral("room")},
            payload->room);
    }
    enqueue({RoomOperation::Kind::Join, payload->room, payload->since, header.requestId});
}

void Session::enqueueLeave(const CommandHeader &header, std::string_view frame)
{
    auto payload = decode<RoomPayload>(*m_services.reader, frame);
    if (!payload)
        return fail(header.requestId, locally(payload.error(), header.type));
    enqueue({RoomOperation::Kind::Leave, payload->room, {}, header.requestId});
}

void Session::enqueue(const RoomOperation &operation)
{
    // Far more than rooms can be joined: somebody leaves and leaves while an answer is under way.
    if (m_operations.size() > 2 * mostRooms)
        return close(CloseCode::PolicyViolation, QStringLiteral("too many commands at once"));
    m_operations.enqueue(operation);
    continueRoomOperations();
}

void Session::continueRoomOperations()
{
    while (m_joinState == JoinState::None && !m_operations.isEmpty()) {
        const RoomOperation operation = m_operations.dequeue();
        if (operation.kind == RoomOperation::Kind::Join) {
            beginJoin(operation);
        } else {
            leave(operation.room);
            succeed(operation.requestId);
        }
    }
}

void Session::beginJoin(const RoomOperation &operation)
{
    m_joinState = JoinState::Asked;
    // Joined again, it gets no event of the room until the answer, which covers them.
    leave(operation.room);
    m_services.writer.join(operation.room, operation.since,
        [weak = weak_from_this(), &hub = m_services.hub, operation](Expected<JoinAnswer> answer) {
            hub.inOrder([weak, operation, answer = std::move(answer)]() mutable {
                if (const auto self = weak.lock())
                    self->finishJoin(operation, std::move(answer));
            });
        });
}

void Session::finishJoin(const RoomOperation &operation, Expected<JoinAnswer> answer)
{
    if (!m_transport)
        return;
    if (answer && !(m_principal && m_principal->mayUse(operation.room)))
        answer
            = makeError(ErrorCode::Forbidden, QStringLiteral("The session is another's by now."));
    if (!answer) {
        m_joinState = JoinState::None;
        refuseJoin(operation.requestId, answer.error(), operation.room);
        continueRoomOperations();
        return;
    }
    (answer->recovered ? m_services.metrics.replays : m_services.metrics.snapshots).add();
    m_joinState = JoinState::Answering;
    m_rooms.insert(operation.room);
    m_services.hub.subscribe(this, operation.room, answer->position.seq);
    send(answer->joined, Traffic::JoinAnswer);
    succeed(operation.requestId);
    for (const QByteArray &frame : std::as_const(answer->frames))
        send(frame, Traffic::JoinAnswer);
    m_services.presence.enter(operation.room, this, user());
}

// In the logbook with its code only: the message may hold what the peer has sent.
void Session::refuseJoin(std::optional<qint64> requestId, const Error &error, const QString &room)
{
    m_services.metrics.joinsRefused.add();
    if (m_transport) {
        m_services.logbook.write(LogLevel::Info, "join.refused",
            {{"session", m_id.toString(QUuid::WithoutBraces)},
                {"name", m_principal ? m_principal->name : QString()},
                {"address", m_transport->peerAddress()}, {"room", room},
                {"error", errorCodeName(error.code)}, {"where", error.where}});
    }
    fail(requestId, error);
}

void Session::drained()
{
    if (m_joinState != JoinState::Answering)
        return;
    m_joinState = JoinState::None;
    continueRoomOperations();
}

void Session::leave(const QString &room)
{
    if (!m_rooms.remove(room))
        return;
    m_services.hub.unsubscribe(this, room);
    m_services.presence.leave(room, this);
}

User Session::user() const
{
    return {
        .id = m_principal->name, .name = m_principal->name, .role = enumQString(m_principal->role)};
}

void Session::recheckToken()
{
    if (!m_services.tokens || !m_principal)
        return;
    const auto principal = m_services.tokens->findAgain(m_principal->tokenHash, timestampNow());
    if (!principal || !principal->mayView())
        return close(CloseCode::Unauthorized, QStringLiteral("the token is no longer good"));
    m_principal = principal;
    const QSet<QString> rooms = m_rooms;
    for (const QString &room : rooms) {
        if (m_principal->mayUse(room)) {
            m_services.presence.enter(room, this, user());
            continue;
        }
        leave(room);
        fail(std::nullopt,
            {ErrorCode::Forbidden,
                QStringLiteral("This token is no longer for the room %1.").arg(room),
                QStringLiteral("room")});
    }
}

void Session::sendHeads()
{
    if (m_rooms.isEmpty())
        return;
    RoomHeadsData data;
    for (const QString &room : std::as_const(m_rooms))
        data.heads.insert(room, m_services.hub.head(room));
    send(encodeMessage(RoomHeads, data, timestampNow()));
}

void Session::deliver(const QByteArray &frame)
{
    if (m_transport)
        m_transport->send(frame, Traffic::Bounded);
}

qint64 Session::backlog() const
{
    return m_transport ? m_transport->backlog() : 0;
}

void Session::send(const QByteArray &frame, Traffic traffic)
{
    if (m_transport)
        m_transport->send(frame, traffic);
}

void Session::close(CloseCode code, const QString &reason)
{
    if (m_transport)
        m_transport->close(code, reason);
}

void Session::succeed(std::optional<qint64> requestId, const QByteArray &result)
{
    if (!requestId)
        return;
    JsonWriter writer;
    writer.beginObject().key("requestId").integer(*requestId).key("ok").boolean(true);
    writer.key("result").raw(view(result)).endObject();
    answer(*requestId, frameOf(u"reply", writer.take()));
}

void Session::fail(std::optional<qint64> requestId, const Error &error)
{
    JsonWriter writer;
    writer.beginObject();
    if (!requestId) {
        writeError(writer, error);
        writer.endObject();
        return send(frameOf(ServerError.name, writer.take()));
    }
    writer.key("requestId").integer(*requestId).key("ok").boolean(false);
    writer.key("error").beginObject();
    writeError(writer, error);
    writer.endObject().endObject();
    answer(*requestId, frameOf(u"reply", writer.take()));
}

void Session::answer(qint64 requestId, const QByteArray &frame)
{
    if (const auto it = m_answers.find(requestId); it != m_answers.end())
        it->second = frame;
    send(frame);
}

} // namespace tocsin
