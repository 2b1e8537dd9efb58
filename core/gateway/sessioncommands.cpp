// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Session's commands about incidents.
#include "gateway/session_p.h"

#include "protocol/activity.h"
#include "protocol/messages.h"

namespace tocsin {

namespace {

constexpr qsizetype mostActivityRooms = 256;

} // namespace

void Session::act(const CommandHeader &header, std::string_view frame, IncidentAction::Kind kind)
{
    const auto payload = decode<IncidentReference>(*m_services.reader, frame);
    if (!payload)
        return fail(header.requestId, locally(payload.error(), header.type));
    act(header, payload->uuid, {kind});
}

void Session::comment(const CommandHeader &header, std::string_view frame)
{
    const auto payload = decode<IncidentRemark>(*m_services.reader, frame);
    if (!payload)
        return fail(header.requestId, locally(payload.error(), header.type));
    act(header, payload->uuid, {IncidentAction::Kind::Comment, payload->text, payload->id});
}

void Session::assign(const CommandHeader &header, std::string_view frame)
{
    const auto payload = decode<IncidentAssignment>(*m_services.reader, frame);
    if (!payload)
        return fail(header.requestId, locally(payload.error(), header.type));
    act(header, payload->uuid,
        {IncidentAction::Kind::Assign, payload->assignee.value_or(QString())});
}

void Session::act(const CommandHeader &header, const QString &uuid, const IncidentAction &action)
{
    if (!m_principal->mayRespond()) {
        return fail(header.requestId,
            {ErrorCode::Forbidden, QStringLiteral("%1 needs the role responder.").arg(header.type),
                {}});
    }
    m_services.writer.act(uuid, action, m_principal->name, m_principal->rooms,
        [weak = weak_from_this(), &hub = m_services.hub, requestId = header.requestId, uuid](
            const Expected<qint64> &version) {
            hub.inOrder([=] {
                const auto self = weak.lock();
                if (!self)
                    return;
                if (!version)
                    return self->fail(requestId, version.error());
                JsonWriter writer;
                writer.beginObject().key("uuid").string(uuid);
                writer.key("version").integer(*version).endObject();
                self->succeed(requestId, writer.take());
            });
        });
}

void Session::readTimeline(const CommandHeader &header, std::string_view frame)
{
    const auto payload = decode<IncidentReference>(*m_services.reader, frame);
    if (!payload)
        return fail(header.requestId, locally(payload.error(), header.type));
    if (!header.requestId) {
        return fail(std::nullopt,
            {ErrorCode::InvalidPayload,
                QStringLiteral("incident.history is answered in a reply: give a requestId."),
                QStringLiteral("requestId")});
    }
    m_services.writer.readTimeline(payload->uuid, m_principal->rooms, answering(*header.requestId));
}

void Session::readActivity(const CommandHeader &header, std::string_view frame)
{
    const auto payload = decode<ActivityQuery>(*m_services.reader, frame);
    if (!payload)
        return fail(header.requestId, locally(payload.error(), header.type));
    if (!header.requestId) {
        return fail(std::nullopt,
            {ErrorCode::InvalidPayload,
                QStringLiteral("room.activity is answered in a reply: give a requestId."),
                QStringLiteral("requestId")});
    }
    if (payload->rooms.isEmpty() || payload->rooms.size() > mostActivityRooms) {
        return fail(header.requestId,
            {ErrorCode::InvalidPayload,
                QStringLiteral("room.activity: rooms: expected 1 to %1 of them")
                    .arg(mostActivityRooms),
                QStringLiteral("rooms")});
    }
    for (const QString &room : payload->rooms) {
        if (!m_principal->mayView() || !m_principal->mayUse(room)) {
            return fail(header.requestId,
                {ErrorCode::Forbidden,
                    QStringLiteral("This token is not for the room %1.").arg(room.left(200)),
                    QStringLiteral("rooms")});
        }
    }
    m_services.writer.readActivity(payload->rooms, answering(*header.requestId));
}

std::function<void(const Expected<QByteArray> &)> Session::answering(qint64 requestId)
{
    return [weak = weak_from_this(), &hub = m_services.hub, requestId](
               const Expected<QByteArray> &read) {
        hub.inOrder([=] {
            const auto self = weak.lock();
            if (!self)
                return;
            // Only asked, nothing done: it may be asked again, and need not be remembered.
            self->m_answers.erase(requestId);
            if (!read)
                return self->fail(requestId, read.error());
            self->succeed(requestId, *read);
        });
    };
}

} // namespace tocsin
