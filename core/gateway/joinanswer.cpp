// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/joinanswer_p.h"

#include <algorithm>

namespace tocsin {

namespace {

// A browser sees whole messages only, and gives a connection up on which none comes for five
// seconds: with the 512 KiB that the protocol allows, every link of less than 100 KiB a second.
constexpr qsizetype largestPart = 64 * 1024;
// For what stands around the incidents of a part; room and epoch come on top.
constexpr qsizetype partFrame = 512;

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

void writePosition(JsonWriter &writer, const RoomPosition &position)
{
    writer.key("epoch").string(position.epoch).key("seq").integer(position.seq);
}

void writeEntries(JsonWriter &writer, std::string_view key, const QList<QByteArray> &entries,
    qsizetype first, qsizetype end)
{
    writer.key(key).beginArray();
    for (qsizetype i = first; i < end; ++i)
        writer.raw(view(entries[i]));
    writer.endArray();
}

bool canRecover(const RoomPosition &since, const QString &epoch, const RoomExtent &extent)
{
    // A position beyond the head is one of a history that was lost, by a restored backup say.
    return since.epoch == epoch && since.seq <= extent.head && since.seq + 1 >= extent.oldest;
}

} // namespace

QList<QByteArray> snapshotFrames(
    const QString &room, const QString &epoch, const RoomState &state, Timestamp now)
{
    // Six bytes for a character is the most that JSON takes.
    const qsizetype budget = largestPart - partFrame - 6 * (2 * room.size() + epoch.size());
    const qsizetype incidents = state.incidents.size();
    const qsizetype all = incidents + state.monitors.size();
    // The one behind the other: what is left of a part holds the first monitors.
    const auto entry = [&](qsizetype i) -> const QByteArray & {
        return i < incidents ? state.incidents[i] : state.monitors[i - incidents];
    };
    QList<std::pair<qsizetype, qsizetype>> parts{{0, 0}};
    qsizetype size = 0;
    for (qsizetype i = 0; i < all; ++i) {
        const qsizetype more = entry(i).size() + 1;
        if (size > 0 && size + more > budget) {
            parts.append({i, i});
            size = 0;
        }
        size += more;
        parts.last().second = i + 1;
    }

    QList<QByteArray> frames;
    frames.reserve(parts.size());
    for (qsizetype part = 0; part < parts.size(); ++part) {
        const auto [first, end] = parts[part];
        JsonWriter writer;
        writer.beginObject().key("room").string(room);
        writePosition(writer, {epoch, state.seq});
        writeEntries(writer, "incidents", state.incidents, first, std::min(end, incidents));
        writeEntries(writer, "monitors", state.monitors, std::max(first, incidents) - incidents,
            end - incidents);
        writer.key("part").integer(part + 1).key("parts").integer(parts.size()).endObject();
        frames.append(
            encodeEnvelope({RoomSnapshot.name.toString(), now, room, 0}, view(writer.take())));
    }
    return frames;
}

Expected<JoinAnswer> answerJoin(
    IncidentLog &log, const JoinQuestion &question, RecentSnapshots &snapshots, Timestamp now)
{
    const QString &room = question.room;
    const auto &since = question.since;
    const auto extent = log.extent(room);
    if (!extent)
        return tl::unexpected<Error>(extent.error());
    JoinAnswer answer;
    bool recovered = since && canRecover(*since, log.epoch(), *extent);
    if (recovered && since->seq < extent->head) {
        auto missed = log.readSince(room, since->seq);
        if (!missed)
            return tl::unexpected<Error>(missed.error());
        answer.frames = std::move(*missed);
        // Of a shared log it may have become another history meanwhile, or others may have deleted
        // some of it, which a number of frames does not tell where more came at the same time.
        const auto left = log.extent(room);
        if (!left)
            return tl::unexpected<Error>(left.error());
        recovered = canRecover(*since, log.epoch(), *left);
    }
    if (recovered) {
        // And there may be more of it by now than there was.
        answer.position = {since->epoch, since->seq + answer.frames.size()};
    } else {
        auto snapshot = snapshots.find(room, {log.epoch(), question.from.value_or(extent->head)});
        if (!snapshot) {
            const auto state = log.state(room);
            if (!state)
                return tl::unexpected<Error>(state.error());
            const QString epoch = log.epoch();
            snapshot.emplace(
                RoomPosition{epoch, state->seq}, snapshotFrames(room, epoch, *state, now));
            snapshots.insert(room, *snapshot);
        }
        answer.isBehind = snapshot->position.seq < extent->head;
        answer.position = snapshot->position;
        answer.frames = snapshot->frames;
    }
    answer.recovered = recovered;
    answer.joined = encodeMessage(RoomJoined,
        {.room = room,
            .epoch = answer.position.epoch,
            .seq = answer.position.seq,
            .recovered = recovered},
        now, room);
    return answer;
}

Expected<QByteArray> describeRoom(
    IncidentLog &log, const QString &room, const std::optional<Timestamp> &incompleteSince)
{
    const auto state = log.state(room);
    if (!state)
        return tl::unexpected<Error>(state.error());
    JsonWriter writer;
    writer.beginObject();
    writePosition(writer, {log.epoch(), state->seq});
    writeEntries(writer, "incidents", state->incidents, 0, state->incidents.size());
    writeEntries(writer, "monitors", state->monitors, 0, state->monitors.size());
    if (incompleteSince)
        writer.key("incompleteSince").integer(toMilliseconds(*incompleteSince));
    writer.endObject();
    return writer.take();
}

} // namespace tocsin
