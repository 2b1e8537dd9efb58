// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/incident.h"
#include "protocol/message.h"
#include "protocol/monitor.h"
#include "protocol/rawjson.h"

namespace tocsin {

/// The words of the protocol: every message and command by name, with its data (docs/protocol.md).

struct Nothing {
    friend bool operator==(const Nothing &, const Nothing &) = default;
};

/// Who a session is of, or who does something.
struct User {
    QString id;
    QString name;
    QString role;
    friend bool operator==(const User &, const User &) = default;
};

/// Who the server takes this session for.
struct AuthenticatedData {
    User user;
    QString session;
};

/// A place in a room's history: the history's life, and the sequence number in it.
struct RoomPosition {
    QString epoch;
    qint64 seq = 0;
    friend bool operator==(const RoomPosition &, const RoomPosition &) = default;
};

/// The answer to a join: where the room is, and whether what was missed follows, or all of it.
struct RoomJoinedData {
    QString room;
    QString epoch;
    qint64 seq = 0;
    bool recovered = false;
};

/// One part of the lists of a room's incidents and monitors, as of (epoch, seq). Parts are numbered
/// from 1.
struct RoomSnapshotData {
    QString room;
    QString epoch;
    qint64 seq = 0;
    QList<Incident> incidents;
    int part = 1;
    int parts = 1;
    /// What is known of the room's monitors; absent from servers that keep none.
    std::optional<QList<MonitorStatus>> monitors = {};
};

/// The last sequence number of each room, by which a lost end is noticed.
struct RoomHeadsData {
    QMap<QString, qint64> heads;
};

/// An incident is over.
struct IncidentResolvedData {
    QString uuid;
    std::optional<Timestamp> resolvedAt;
    QString resolvedBy;
    /// The version that the incident has with this; absent from servers that give none.
    std::optional<qint64> version;
};

/// A monitor that the server no longer knows.
struct MonitorReference {
    QString monitorUuid;
};

/// What a server refuses, and why; `where` is the path of a field.
struct ErrorData {
    QString code;
    QString message;
    QString where = {};
};

/// What a server answers to a command with a `requestId`.
struct ReplyData {
    qint64 requestId = 0;
    bool ok = false;
    RawJson result;
    std::optional<ErrorData> error;
};

/// Who is in a room; in `presence.join` and `presence.leave`, who came or went.
struct PresenceData {
    QString room;
    QList<User> users;
};

/// Says that the next binary frame holds the bytes of this.
struct AttachmentHeader {
    QString id;
    QString name;
    QString contentType;
    qint64 size = 0;
    friend bool operator==(const AttachmentHeader &, const AttachmentHeader &) = default;
};

/// Who wants to come in.
struct TokenPayload {
    QString token;
};

/// A room to be joined; `since` is the last place that is known in it.
struct RoomJoinPayload {
    QString room;
    std::optional<RoomPosition> since = {};
};

/// A room, by its name.
struct RoomPayload {
    QString room;
};

/// An incident that is to be changed.
struct IncidentReference {
    QString uuid;
};

/// A comment on an incident.
struct IncidentRemark {
    QString uuid;
    QString text;
    /// A UUID of the comment's own, by which it is taken once, however often and on whichever
    /// sessions it is sent. Empty: each is another one.
    QString id = {};
};

/// Whose an incident is to be.
struct IncidentAssignment {
    QString uuid;
    /// Nobody, where absent: `null` on the wire.
    std::optional<QString> assignee = {};
};

template <>
struct Schema<Nothing> {
    static constexpr std::tuple<> fields{};
};
template <>
struct Schema<User> {
    static constexpr auto fields = std::tuple{
        required("id", &User::id),
        optional("name", &User::name),
        optional("role", &User::role),
    };
};
template <>
struct Schema<AuthenticatedData> {
    static constexpr auto fields = std::tuple{
        required("user", &AuthenticatedData::user),
        optional("session", &AuthenticatedData::session),
    };
};
template <>
struct Schema<RoomPosition> {
    static constexpr auto fields = std::tuple{
        required("epoch", &RoomPosition::epoch),
        required("seq", &RoomPosition::seq).atLeast(0),
    };
};
template <>
struct Schema<RoomJoinedData> {
    static constexpr auto fields = std::tuple{
        required("room", &RoomJoinedData::room),
        required("epoch", &RoomJoinedData::epoch),
        required("seq", &RoomJoinedData::seq).atLeast(0),
        required("recovered", &RoomJoinedData::recovered),
    };
};
template <>
struct Schema<RoomSnapshotData> {
    static constexpr auto fields = std::tuple{
        required("room", &RoomSnapshotData::room),
        required("epoch", &RoomSnapshotData::epoch),
        required("seq", &RoomSnapshotData::seq).atLeast(0),
        required("incidents", &RoomSnapshotData::incidents),
        optional("part", &RoomSnapshotData::part).atLeast(1),
        optional("parts", &RoomSnapshotData::parts).atLeast(1),
        optional("monitors", &RoomSnapshotData::monitors),
    };
};
template <>
struct Schema<RoomHeadsData> {
    static constexpr auto fields = std::tuple{
        required("heads", &RoomHeadsData::heads),
    };
};
template <>
struct Schema<IncidentResolvedData> {
    static constexpr auto fields = std::tuple{
        required("uuid", &IncidentResolvedData::uuid),
        optional("resolvedAt", &IncidentResolvedData::resolvedAt),
        optional("resolvedBy", &IncidentResolvedData::resolvedBy),
        optional("version", &IncidentResolvedData::version),
    };
};
template <>
struct Schema<MonitorReference> {
    static constexpr auto fields = std::tuple{
        required("monitorUuid", &MonitorReference::monitorUuid),
    };
};
template <>
struct Schema<ErrorData> {
    static constexpr auto fields = std::tuple{
        required("code", &ErrorData::code),
        optional("message", &ErrorData::message),
        optional("where", &ErrorData::where),
    };
};
template <>
struct Schema<ReplyData> {
    static constexpr auto fields = std::tuple{
        required("requestId", &ReplyData::requestId).atLeast(1),
        required("ok", &ReplyData::ok),
        optional("result", &ReplyData::result),
        optional("error", &ReplyData::error),
    };
};
template <>
struct Schema<PresenceData> {
    static constexpr auto fields = std::tuple{
        required("room", &PresenceData::room),
        required("users", &PresenceData::users),
    };
};
template <>
struct Schema<AttachmentHeader> {
    static constexpr auto fields = std::tuple{
        required("id", &AttachmentHeader::id),
        optional("name", &AttachmentHeader::name),
        optional("contentType", &AttachmentHeader::contentType),
        required("size", &AttachmentHeader::size).atLeast(0),
    };
};
template <>
struct Schema<TokenPayload> {
    static constexpr auto fields = std::tuple{
        required("token", &TokenPayload::token),
    };
};
template <>
struct Schema<RoomJoinPayload> {
    static constexpr auto fields = std::tuple{
        required("room", &RoomJoinPayload::room),
        optional("since", &RoomJoinPayload::since),
    };
};
template <>
struct Schema<RoomPayload> {
    static constexpr auto fields = std::tuple{
        required("room", &RoomPayload::room),
    };
};
template <>
struct Schema<IncidentReference> {
    static constexpr auto fields = std::tuple{
        required("uuid", &IncidentReference::uuid),
    };
};
template <>
struct Schema<IncidentRemark> {
    static constexpr auto fields = std::tuple{
        required("uuid", &IncidentRemark::uuid),
        required("text", &IncidentRemark::text),
        optional("id", &IncidentRemark::id),
    };
};
template <>
struct Schema<IncidentAssignment> {
    static constexpr auto fields = std::tuple{
        required("uuid", &IncidentAssignment::uuid),
        required("assignee", &IncidentAssignment::assignee),
    };
};

inline constexpr auto Authenticated = Message<AuthenticatedData>{u"auth.ok"};
inline constexpr auto RoomJoined = Message<RoomJoinedData>{u"room.joined"};
inline constexpr auto RoomSnapshot = Message<RoomSnapshotData>{u"room.snapshot"};
inline constexpr auto RoomHeads = Message<RoomHeadsData>{u"room.heads"};
inline constexpr auto ServerError = Message<ErrorData>{u"error"};
inline constexpr auto CommandReply = Message<ReplyData>{u"reply"};
inline constexpr auto PresenceChanged = Message<PresenceData>{u"presence"};
inline constexpr auto PresenceJoined = Message<PresenceData>{u"presence.join"};
inline constexpr auto PresenceLeft = Message<PresenceData>{u"presence.leave"};
inline constexpr auto AttachmentAnnounced = Message<AttachmentHeader>{u"attachment"};
inline constexpr auto IncidentCreated = Message<Incident>{u"incident.created"};
inline constexpr auto IncidentUpdated = Message<Incident>{u"incident.updated"};
inline constexpr auto IncidentResolved = Message<IncidentResolvedData>{u"incident.resolved"};
inline constexpr auto MonitorStatusChanged = Message<MonitorStatus>{u"monitor.status-changed"};
inline constexpr auto MonitorRemoved = Message<MonitorReference>{u"monitor.removed"};

inline constexpr auto Authenticate = Command<TokenPayload>{u"auth"};
inline constexpr auto JoinRoom = Command<RoomJoinPayload>{u"room.join"};
inline constexpr auto LeaveRoom = Command<RoomPayload>{u"room.leave"};
inline constexpr auto Acknowledge = Command<IncidentReference>{u"incident.acknowledge"};
inline constexpr auto Unacknowledge = Command<IncidentReference>{u"incident.unacknowledge"};
inline constexpr auto Resolve = Command<IncidentReference>{u"incident.resolve"};
inline constexpr auto Comment = Command<IncidentRemark>{u"incident.comment"};
inline constexpr auto Assign = Command<IncidentAssignment>{u"incident.assign"};
/// Its answer is in the reply: see SocketClient::request().
inline constexpr auto History = Command<IncidentReference>{u"incident.history"};
inline constexpr auto AnnounceAttachment = Command<AttachmentHeader>{u"attachment"};

} // namespace tocsin
