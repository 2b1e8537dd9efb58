// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/monitormodel.h"

#include "client/socketclient.h"
#include "incidents/filterexpression_p.h"
#include "incidents/roomepochs_p.h"
#include "incidents/rowchanges.h"
#include "protocol/messages.h"

#include <QCollator>

#include <algorithm>
#include <chrono>

namespace tocsin {

namespace {

constexpr std::chrono::milliseconds frame{16};

constexpr std::array roleTable{
    std::pair{MonitorModel::NameRole, "name"},
    std::pair{MonitorModel::UuidRole, "uuid"},
    std::pair{MonitorModel::StateRole, "condition"},
    std::pair{MonitorModel::SinceRole, "since"},
    std::pair{MonitorModel::FilterRole, "filter"},
};

MonitorModel::State stateOf(const MonitorStatus &monitor)
{
    switch (monitor.status) {
    case MonitorState::Down: return MonitorModel::State::Down;
    case MonitorState::Degraded: return MonitorModel::State::Degraded;
    case MonitorState::Up: return MonitorModel::State::Up;
    case MonitorState::Unknown: break;
    }
    return MonitorModel::State::Unknown;
}

const QString &nameOf(const MonitorStatus &monitor)
{
    return monitor.name.isEmpty() ? monitor.monitorUuid : monitor.name;
}

/// As a person counts: web-2 before web-10.
QCollator makeCollator()
{
    // The locale that stands for none does not know numbers in names.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

bool isBefore(const MonitorStatus &one, const MonitorStatus &other)
{
    thread_local const QCollator collator = makeCollator();
    if (stateOf(one) != stateOf(other))
        return stateOf(one) < stateOf(other);
    const int byName = collator.compare(nameOf(one), nameOf(other));
    return byName != 0 ? byName < 0 : one.monitorUuid < other.monitorUuid;
}

// The gateway names a monitor by its source and the sender's name of it, and gives its incidents
// the label `monitor` (docs/gateway.md, "From Uptime Kuma").
QString filterFor(const MonitorStatus &monitor)
{
    const qsizetype end = monitor.monitorUuid.indexOf(u':');
    if (end <= 0 || monitor.name.isEmpty())
        return {};
    return QStringLiteral("source=%1 label.monitor=%2")
        .arg(quotedFilterValue(monitor.monitorUuid.first(end)), quotedFilterValue(monitor.name));
}

} // namespace

/// What is heard of a client, for as long as it is this model's.
struct MonitorModel::Listener {
    QObject context;
    /// Parts of lists that are not whole yet.
    QHash<QString, QList<MonitorStatus>> parts;
    RoomEpochs epochs;
    QStringList rooms;

    void takeSnapshot(MonitorModel &model, const RoomSnapshotData &snapshot)
    {
        if (!epochs.note(snapshot.room, snapshot.epoch).isEmpty())
            model.beginHistory();
        QList<MonitorStatus> &collected = parts[snapshot.room];
        if (snapshot.part == 1)
            collected.clear();
        collected += snapshot.monitors.value_or(QList<MonitorStatus>());
        if (snapshot.part < snapshot.parts)
            return;
        // Without a list, what was heard before what was missed is not known to be so still.
        model.replaceRoom(snapshot.room, parts.take(snapshot.room));
        model.setHeardSince(snapshot.monitors ? QDateTime() : QDateTime::currentDateTime());
    }
    void takeRooms(MonitorModel &model, const QStringList &now)
    {
        const QStringList before = std::exchange(rooms, now);
        for (const QString &room : before) {
            if (now.contains(room))
                continue;
            parts.remove(room);
            epochs.forget(room);
            model.removeRoom(room);
        }
    }
};

MonitorModel::MonitorModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_settling.setSingleShot(true);
    connect(&m_settling, &QTimer::timeout, this, &MonitorModel::settle);
}

MonitorModel::~MonitorModel() = default;

void MonitorModel::setClient(SocketClient *client)
{
    m_listener.reset();
    clear();
    setHeardSince({});
    settle();
    if (!client)
        return;
    m_listener = std::make_unique<Listener>();
    m_listener->rooms = client->rooms();
    QObject *const context = &m_listener->context;
    client->on(RoomSnapshot, context, [this](const RoomSnapshotData &snapshot, const Envelope &) {
        m_listener->takeSnapshot(*this, snapshot);
    });
    client->on(MonitorStatusChanged, context,
        [this](const MonitorStatus &status, const Envelope &envelope) {
            apply(envelope.room, status);
        });
    client->on(
        MonitorRemoved, context, [this](const MonitorReference &monitor, const Envelope &envelope) {
            removeMonitor(envelope.room, monitor.monitorUuid);
        });
    connect(client, &SocketClient::roomsChanged, context,
        [this, client] { m_listener->takeRooms(*this, client->rooms()); });
    connect(client, &SocketClient::connected, context, [this](bool reconnected) {
        if (!reconnected && m_listener->epochs.isEmpty())
            setHeardSince(QDateTime::currentDateTime());
    });
    // A plain server has told nothing of what it had to tell meanwhile.
    connect(client, &SocketClient::refreshNeeded, context, [this] {
        clear();
        setHeardSince(QDateTime::currentDateTime());
    });
}

void MonitorModel::take(const QString &room, const MonitorStatus &status)
{
    Entry &entry = m_entries[status.monitorUuid];
    const bool isOlder
        = !entry.rooms.isEmpty() && !entry.isPresumed && status.changedAt < entry.status.changedAt;
    entry.rooms.insert(room);
    if (isOlder)
        return;
    entry.status = status;
    entry.isPresumed = false;
}

void MonitorModel::drop(const QString &room, const QSet<QString> &kept)
{
    m_entries.removeIf([&](QHash<QString, Entry>::iterator entry) {
        return !kept.contains(entry.key()) && entry->rooms.remove(room) && entry->rooms.isEmpty();
    });
}

void MonitorModel::apply(const QString &room, const MonitorStatus &status)
{
    take(room, status);
    changeLater();
}

void MonitorModel::replaceRoom(const QString &room, const QList<MonitorStatus> &monitors)
{
    QSet<QString> kept;
    for (const MonitorStatus &monitor : monitors) {
        kept.insert(monitor.monitorUuid);
        take(room, monitor);
    }
    drop(room, kept);
    changeLater();
}

void MonitorModel::removeMonitor(const QString &room, const QString &uuid)
{
    const auto entry = m_entries.find(uuid);
    if (entry == m_entries.end() || !entry->rooms.remove(room))
        return;
    if (entry->rooms.isEmpty())
        m_entries.erase(entry);
    changeLater();
}

void MonitorModel::removeRoom(const QString &room)
{
    drop(room, {});
    changeLater();
}

void MonitorModel::beginHistory()
{
    for (Entry &entry : m_entries)
        entry.isPresumed = true;
}

void MonitorModel::clear()
{
    m_entries.clear();
    changeLater();
}

void MonitorModel::changeLater()
{
    if (!m_settling.isActive())
        m_settling.start(frame);
}

void MonitorModel::settle()
{
    m_settling.stop();
    std::vector<MonitorStatus> next;
    next.reserve(std::size_t(m_entries.size()));
    for (const Entry &entry : std::as_const(m_entries))
        next.push_back(entry.status);
    std::ranges::sort(next, isBefore);

    if (!followRows(*this, m_rows, std::move(next),
            [](const MonitorStatus &monitor) { return monitor.monitorUuid; }))
        return;
    m_counts = {};
    for (const MonitorStatus &monitor : m_rows)
        ++m_counts[std::size_t(stateOf(monitor))];
    Q_EMIT monitorsChanged();
}

void MonitorModel::setHeardSince(const QDateTime &moment)
{
    if (std::exchange(m_heardSince, moment) != moment)
        Q_EMIT heardSinceChanged();
}

int MonitorModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant MonitorModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const MonitorStatus &monitor = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return nameOf(monitor);
    case UuidRole: return monitor.monitorUuid;
    case StateRole: return int(stateOf(monitor));
    case SinceRole: return QDateTime::fromMSecsSinceEpoch(toMilliseconds(monitor.changedAt));
    case FilterRole: return filterFor(monitor);
    default: return {};
    }
}

QHash<int, QByteArray> MonitorModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (const auto &[role, name] : roleTable)
        names.insert(role, name);
    return names;
}

int MonitorModel::count() const
{
    return int(m_rows.size());
}

int MonitorModel::worst() const
{
    return m_rows.empty() ? int(State::Up) : int(stateOf(m_rows.front()));
}

QString MonitorModel::summary() const
{
    QStringList parts;
    if (downCount() > 0)
        parts.append(tr("%L1 down").arg(downCount()));
    if (degradedCount() > 0)
        parts.append(tr("%L1 degraded").arg(degradedCount()));
    if (unknownCount() > 0)
        parts.append(tr("%L1 unknown").arg(unknownCount()));
    if (upCount() > 0)
        parts.append(tr("%L1 up").arg(upCount()));
    return parts.join(QStringLiteral(" · "));
}

QDateTime MonitorModel::heardSince() const
{
    return m_heardSince;
}

} // namespace tocsin
