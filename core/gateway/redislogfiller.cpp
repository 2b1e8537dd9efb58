// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redistransfer_p.h"

#include "gateway/incidentlog_p.h"
#include "gateway/redisscripts_p.h"
#include "gateway/redistransferscripts_p.h"
#include "protocol/messages.h"

#include <QUuid>

#include <algorithm>

namespace tocsin {

namespace {

constexpr const char *metaKey = "{tocsin}:meta";

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

QByteArray key(const char *name, const QByteArray &of = {})
{
    return QByteArrayLiteral("{tocsin}:") + name + of;
}

QByteArray asNumber(qint64 number)
{
    return QByteArray::number(number);
}

/// The words of fillScript().
class Commands
{
public:
    void add(const QList<QByteArray> &command)
    {
        m_words.append(asNumber(command.size()));
        m_words += command;
    }
    [[nodiscard]] const QList<QByteArray> &words() const { return m_words; }

private:
    QList<QByteArray> m_words;
};

void write(Commands &commands, const RoomRecord &room)
{
    const QByteArray name = room.name.toUtf8();
    commands.add({"HSET", key("heads"), name, asNumber(room.extent.head)});
    commands.add({"HSET", key("oldest"), name, asNumber(room.extent.oldest)});
}

void write(Commands &commands, const EventRecord &event)
{
    commands.add({"XADD", key("events:", event.room.toUtf8()), asNumber(event.sequence) + "-0",
        "name", event.name.toUtf8(), "data", event.data, "at",
        asNumber(toMilliseconds(event.timestamp))});
}

// As redis::appendScript() leaves it.
void write(Commands &commands, const IncidentRecord &incident)
{
    const QByteArray uuid = incident.uuid.toUtf8();
    const QByteArray source = incident.source.toUtf8();
    const QByteArray fingerprint = incident.fingerprint.toUtf8();
    const QByteArray order = asNumber(incident.order);
    QList<QByteArray> fields{"HSET", key("incident:", uuid), "version", asNumber(incident.version),
        "starts", asNumber(incident.startsAt), "resolved",
        incident.resolvedAt ? asNumber(*incident.resolvedAt) : QByteArray(), "json", incident.json,
        "source", source, "fingerprint", fingerprint, "rooms", incident.rooms.toUtf8(), "order",
        order};
    if (incident.entries > 0)
        fields.append({"entries", asNumber(incident.entries)});
    commands.add(fields);
    for (const TimelineEntry &entry : incident.timeline)
        commands.add({"RPUSH", key("timeline:", uuid), encode(entry)});
    commands.add({"SET",
        key("identity:", asNumber(source.size()) + ':' + source + ':' + fingerprint), uuid});
    commands.add({"ZADD", key("source:", source), order, uuid});
    if (incident.resolvedAt) {
        commands.add({"ZADD", key("resolved"), asNumber(*incident.resolvedAt), uuid});
        return;
    }
    commands.add({"HSET", key("open:", source), fingerprint, uuid});
    for (const QString &room : splitRooms(incident.rooms))
        commands.add({"ZADD", key("open-in:", room.toUtf8()), order, uuid});
}

void write(Commands &commands, const MonitorRecord &monitor)
{
    const QByteArray room = monitor.room.toUtf8();
    const QByteArray uuid = monitor.uuid.toUtf8();
    commands.add({"HSET", key("monitor:", room + '\n' + uuid), "source", monitor.source.toUtf8(),
        "fingerprint", monitor.fingerprint.toUtf8(), "changed", asNumber(monitor.changedAt), "json",
        monitor.json});
    commands.add({"ZADD", key("monitors:", room), asNumber(monitor.heardAt), uuid});
    commands.add({"SADD", key("watched"), room});
}

void write(Commands &commands, const CountRecord &count)
{
    const QByteArray set = count.rooms.toUtf8();
    commands.add({"SADD", key("room-sets"), set});
    commands.add({"HSET", key("activity:", set),
        asNumber(count.quarter) + ':' + asNumber(count.kind), asNumber(count.count)});
}

void write(Commands &commands, const HeardRecord &heard)
{
    commands.add({"HSET", key("heard"), heard.source.toUtf8(), asNumber(heard.at)});
}

QHash<QByteArray, QByteArray> fieldsOf(const QByteArray &line)
{
    QHash<QByteArray, QByteArray> fields;
    for (const QByteArray &field : line.split(' ')) {
        const qsizetype equals = field.indexOf('=');
        fields.insert(field.left(equals), field.mid(equals + 1));
    }
    return fields;
}

} // namespace

Expected<std::shared_ptr<RedisConnection>> connectForMigration(const RedisLogin &login)
{
    auto connection = std::make_shared<RedisConnection>(login);
    if (const auto opened = connection->open(); !opened)
        return tl::unexpected<Error>(opened.error());
    // Who may not ask is not kept from migrating: what a gateway writes meanwhile is noticed.
    const auto clients = connection->call({"CLIENT", "LIST"});
    if (!clients && !connection->isOpen())
        return tl::unexpected<Error>(clients.error());
    if (!clients)
        return connection;
    for (const QByteArray &line : clients->value().bytes().split('\n')) {
        const auto client = fieldsOf(line);
        const QByteArray name = client.value("name");
        if (!name.startsWith(RedisLogin::gatewayName)
            || client.value("db").toInt() != login.address.database)
            continue;
        return makeError(ErrorCode::Conflict,
            QStringLiteral("A gateway has %1 open (%2 from %3): stop it first.")
                .arg(connection->name(), QString::fromUtf8(name),
                    QString::fromUtf8(client.value("addr"))));
    }
    return connection;
}

RedisLogFiller::RedisLogFiller(std::shared_ptr<RedisConnection> connection)
    : m_connection(std::move(connection))
    , m_run(QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
{
}

Expected<std::unique_ptr<RedisLogFiller>> RedisLogFiller::begin(
    std::shared_ptr<RedisConnection> connection, const LogOutline &source, const QString &from)
{
    std::unique_ptr<RedisLogFiller> filler(new RedisLogFiller(std::move(connection)));
    const QString where = filler->m_connection->name();
    const auto reply = filler->m_connection->run(redis::beginMigrationScript(), metaKey,
        {filler->m_run, source.epoch.toUtf8(), source.movedEpoch.toUtf8(), from.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    const std::string_view word = (*reply)[0].view();
    if (word == "taken") {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("%1 holds a log already (incidents ever: %2, rooms: %3), and nothing is"
                           " put over it: name another database, or delete its keys {tocsin}:*"
                           " first.")
                .arg(where)
                .arg((*reply)[1].number())
                .arg((*reply)[2].number()));
    }
    if (word != "ok") {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("%1 holds an unfinished migration of another log, from %2: finish that"
                           " one, name another database, or delete its keys {tocsin}:* first.")
                .arg(where, (*reply)[1].string()));
    }
    filler->m_isBegunOver = (*reply)[1].number() == 1;
    if (const auto cleared = filler->clear(); !cleared)
        return tl::unexpected<Error>(cleared.error());
    return filler;
}

Expected<void> RedisLogFiller::clear()
{
    QByteArray cursor = "0";
    do {
        const auto page = m_connection->call({"SCAN", cursor, "MATCH", key("*"), "COUNT", "1000"});
        if (!page)
            return tl::unexpected<Error>(page.error());
        cursor = (*page)[0].bytes();
        QList<QByteArray> command{"UNLINK"};
        const RedisValue keys = (*page)[1];
        for (qsizetype i = 0; i < keys.size(); ++i) {
            if (keys[i].view() != metaKey)
                command.append(keys[i].bytes());
        }
        if (command.size() == 1)
            continue;
        Commands commands;
        commands.add(command);
        if (auto done = run(redis::fillScript(), commands.words()); !done)
            return done;
    } while (cursor != "0");
    return {};
}

Expected<void> RedisLogFiller::run(const RedisScript &script, const QList<QByteArray> &words)
{
    const auto reply = m_connection->run(script, metaKey, QList<QByteArray>{m_run} + words);
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    if ((*reply)[0].view() == "ok")
        return {};
    return makeError(ErrorCode::Conflict,
        QStringLiteral("Another migration to %1 has begun, and goes on instead of this one.")
            .arg(m_connection->name()));
}

Expected<void> RedisLogFiller::take(const QList<LogRecord> &records)
{
    Commands commands;
    for (const LogRecord &record : records) {
        std::visit([&](const auto &known) { write(commands, known); }, record);
        if (const auto *incident = std::get_if<IncidentRecord>(&record))
            m_lastIncident = std::max(m_lastIncident, incident->order);
    }
    return run(redis::fillScript(), commands.words());
}

Expected<std::unique_ptr<LogReader>> RedisLogFiller::written()
{
    return std::make_unique<RedisLogReader>(m_connection);
}

Expected<void> RedisLogFiller::finish(const QString &epoch)
{
    return run(redis::finishMigrationScript(),
        {asNumber(redis::schemaVersion), epoch.toUtf8(), "1", m_run,
            m_connection->server().identity, asNumber(m_lastIncident)});
}

} // namespace tocsin
