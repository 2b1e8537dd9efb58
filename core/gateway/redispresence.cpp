// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What RedisIncidentLog tells other gateways of who is here, and is told of them.
#include "gateway/redisincidentlog_p.h"

namespace tocsin {

namespace {

// Rooms as lines of JSON, behind a mark that is there when nobody is.
constexpr char mark = '=';

QByteArray written(const QList<PresenceData> &rooms)
{
    QByteArray text(1, mark);
    for (const PresenceData &room : rooms)
        text += encode(room) + '\n';
    return text;
}

QList<PresenceData> read(JsonReader &reader, const QByteArray &text)
{
    QList<PresenceData> rooms;
    const auto lines = text.mid(1).split('\n');
    for (const QByteArray &line : lines) {
        auto room = decode<PresenceData>(reader, {line.constData(), std::size_t(line.size())});
        if (room)
            rooms.append(*std::move(room));
    }
    return rooms;
}

} // namespace

Expected<QList<PresenceData>> RedisIncidentLog::exchangePresence(
    const std::optional<QList<PresenceData>> &here)
{
    if (here || d->present.isEmpty()) {
        d->present = written(here.value_or(QList<PresenceData>()));
        d->isPresentTold = false;
    }
    QList<QByteArray> words{d->gatewayId, QUuid::createUuid().toByteArray(QUuid::WithoutBraces),
        d->isPresentTold ? QByteArray() : d->present};
    for (auto it = d->elsewhere.cbegin(); it != d->elsewhere.cend(); ++it)
        words.append({it.key(), it->version});
    const auto reply = d->run(redis::presenceScript(), words);
    d->isPresentTold = reply && (*reply)[3].number() == 1;
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    QHash<QByteArray, Private::Elsewhere> elsewhere;
    QList<PresenceData> all;
    const RedisValue gateways = (*reply)[4];
    for (qsizetype i = 0; i < gateways.size(); ++i) {
        const RedisValue gateway = gateways[i];
        Private::Elsewhere there = d->elsewhere.value(gateway[0].bytes());
        if (gateway.size() == 3)
            there = {gateway[1].bytes(), read(d->reader, gateway[2].bytes())};
        all += there.rooms;
        elsewhere.insert(gateway[0].bytes(), there);
    }
    d->elsewhere = std::move(elsewhere);
    return all;
}

} // namespace tocsin
