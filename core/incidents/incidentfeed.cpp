// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentfeed.h"

#include "client/monotonicclock.h"
#include "client/socketclient.h"
#include "incidents/incidentstore.h"
#include "incidents/roomepochs_p.h"
#include "protocol/messages.h"

namespace tocsin {

struct IncidentFeedPrivate {
    IncidentStore *store = nullptr;
    /// Parts of snapshots that are not whole yet: a list of which half is missing is not shown.
    QHash<QString, QList<Incident>> parts;
    QStringList rooms;
    RoomEpochs epochs;
    std::optional<MonotonicTime> heardSince;

    /// When an incident began of which the sender does not say so: as is known of it, or when it is
    /// first told. Every change would make it new otherwise.
    [[nodiscard]] Timestamp beginOf(const QString &uuid, const Envelope &envelope) const
    {
        const Incident *const known = store->find(uuid);
        return known && known->createdAt ? *known->createdAt : envelope.timestamp;
    }

    void apply(const Incident &incident, const Envelope &envelope)
    {
        if (incident.createdAt) {
            store->apply(envelope.room, incident);
            return;
        }
        Incident dated = incident;
        dated.createdAt = beginOf(incident.uuid, envelope);
        store->apply(envelope.room, dated);
    }
};

IncidentFeed::IncidentFeed(SocketClient &client, IncidentStore &store, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<IncidentFeedPrivate>())
{
    d->store = &store;
    d->rooms = client.rooms();

    client.on(
        RoomSnapshot, this, [this](const RoomSnapshotData &snapshot, const Envelope &envelope) {
            QList<Incident> &collected = d->parts[snapshot.room];
            if (snapshot.part == 1)
                collected.clear();
            const QStringList renewed = d->epochs.note(snapshot.room, snapshot.epoch);
            if (!renewed.isEmpty())
                d->store->beginHistory(renewed);
            for (Incident incident : snapshot.incidents) {
                if (!incident.createdAt)
                    incident.createdAt = d->beginOf(incident.uuid, envelope);
                collected.append(std::move(incident));
            }
            if (snapshot.part == snapshot.parts)
                d->store->replaceRoom(snapshot.room, d->parts.take(snapshot.room));
        });
    const auto apply = [this](const Incident &incident, const Envelope &envelope) {
        d->apply(incident, envelope);
    };
    client.on(IncidentCreated, this, apply);
    client.on(IncidentUpdated, this, apply);
    client.on(IncidentResolved, this, [this](const IncidentResolvedData &data, const Envelope &) {
        d->store->resolve(data.uuid, data.version);
    });
    connect(&client, &SocketClient::roomsChanged, this, [this, &client] {
        const QStringList left = std::exchange(d->rooms, client.rooms());
        for (const QString &room : left) {
            if (!d->rooms.contains(room)) {
                d->parts.remove(room);
                d->epochs.forget(room);
                d->store->removeRoom(room);
            }
        }
    });

    // Whoever comes to a session that goes on is sent no list any more, either.
    if (client.state() == SocketClient::State::Connected)
        d->heardSince = monotonicNow();
    connect(&client, &SocketClient::connected, this, [this](bool reconnected) {
        if (!reconnected)
            hearFromNow();
    });
    connect(&client, &SocketClient::refreshNeeded, this, &IncidentFeed::hearFromNow);
    // What is missing comes now, or the list, and until it is there the room is not Live.
    connect(&client, &SocketClient::roomRecoveryStarted, this, &IncidentFeed::hearAll);
}

IncidentFeed::~IncidentFeed() = default;

QDateTime IncidentFeed::heardSince() const
{
    if (!d->heardSince)
        return {};
    const auto ago = std::chrono::floor<std::chrono::milliseconds>(monotonicNow() - *d->heardSince);
    return QDateTime::currentDateTime().addMSecs(-ago.count());
}

void IncidentFeed::hearFromNow()
{
    d->heardSince = monotonicNow();
    Q_EMIT heardSinceChanged();
}

void IncidentFeed::hearAll()
{
    if (std::exchange(d->heardSince, {}))
        Q_EMIT heardSinceChanged();
}

} // namespace tocsin
