// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/doubtmodel.h"

#include "client/socketclient.h"
#include "incidents/connectionmodel.h"
#include "incidents/incidentstore.h"
#include "protocol/incident.h"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

constexpr std::array roleTable{
    std::pair{DoubtModel::KindRole, "kind"},
    std::pair{DoubtModel::WhatRole, "what"},
    std::pair{DoubtModel::WhenRole, "when"},
    std::pair{DoubtModel::TimesRole, "times"},
    std::pair{DoubtModel::ServerRole, "server"},
    std::pair{DoubtModel::AdviceRole, "advice"},
};

/// The source of what a gateway says of its own (docs/gateway.md, "Sources").
constexpr QStringView gatewaySource = u"gateway";
/// A stranger's words, made short enough to be read.
constexpr qsizetype longestWords = 300;

/// Errors that are about a message, not about the connection.
bool isRejection(ErrorCode code)
{
    return code == ErrorCode::InvalidJson || code == ErrorCode::InvalidPayload
        || code == ErrorCode::TooLarge || code == ErrorCode::ProtocolViolation;
}

/// The lower, the higher it stands.
int rank(DoubtModel::Kind kind)
{
    return kind == DoubtModel::Kind::MissingList ? 0
        : kind == DoubtModel::Kind::SilentSource ? 1
                                                 : 2;
}

QString shortened(const QString &words)
{
    return words.size() <= longestWords ? words : words.first(longestWords - 1) + u'…';
}

} // namespace

DoubtModel::DoubtModel(const IncidentStore &store, QObject *parent)
    : QAbstractListModel(parent)
{
    connect(&store, &IncidentStore::changed, this, &DoubtModel::noteIncident);
    connect(&store, &IncidentStore::removed, this,
        [this](const QString &uuid) { forget(Kind::SilentSource, uuid); });
}

void DoubtModel::setClient(SocketClient *client)
{
    if (m_client)
        m_client->disconnect(this);
    m_client = client;
    for (int row = int(m_doubts.size()) - 1; row >= 0; --row) {
        if (m_doubts[std::size_t(row)].kind != Kind::SilentSource)
            removeAt(row);
    }
    m_beginning.clear();
    m_listed.clear();
    m_madeGood = {};
    if (client) {
        m_server = serverName(client->options().url);
        connect(client, &SocketClient::errorOccurred, this, &DoubtModel::noteError);
        connect(client, &SocketClient::rejectedMessagesChanged, this, &DoubtModel::countsChanged);
        connect(client, &SocketClient::unknownMessagesChanged, this, &DoubtModel::noteUnknown);
        connect(client, &SocketClient::roomRecoveryStarted, this,
            [this](const QString &room, RoomRecovery recovery) {
                if (recovery == RoomRecovery::Snapshot)
                    m_beginning.insert(room, counted());
                else
                    m_beginning.remove(room);
            });
        connect(client, &SocketClient::roomFreshnessChanged, this,
            [this](const QString &room, RoomFreshness freshness) {
                if (freshness != RoomFreshness::Live || !m_beginning.contains(room))
                    return;
                m_listed.insert(room, m_beginning.take(room));
                noteLists();
            });
    }
    Q_EMIT countsChanged();
}

void DoubtModel::setHeardSince(const QDateTime &moment)
{
    forget(Kind::MissingList, {});
    if (moment.isValid())
        note({Kind::MissingList, {},
            tr("The server sends what happens, and no list of what is open."), moment});
}

void DoubtModel::noteError(const Error &error)
{
    if (!isRejection(error.code))
        return;
    // What was wrong with a message's data is told with the place already.
    const bool placed = error.where.isEmpty() || error.message.contains(error.where);
    const QString what
        = shortened(placed ? error.message : tr("%1: %2").arg(error.where, error.message));
    note({Kind::RejectedMessage, what, what, QDateTime::currentDateTime()});
    const auto rejections = std::ranges::count(m_doubts, Kind::RejectedMessage, &Doubt::kind);
    if (rejections <= mostRejections)
        return;
    for (int row = int(m_doubts.size()) - 1; row >= 0; --row) {
        if (m_doubts[std::size_t(row)].kind == Kind::RejectedMessage) {
            removeAt(row);
            break;
        }
    }
}

DoubtModel::Counts DoubtModel::counted() const
{
    return m_client ? Counts{m_client->rejectedMessages(), m_client->unknownMessages()} : Counts{};
}

// A message that could not be read may have been about any room: once the lists of all of them were
// begun behind it, and are whole, nothing is missing for it any more.
void DoubtModel::noteLists()
{
    Counts least = counted();
    const QStringList rooms = m_client->rooms();
    for (const QString &room : rooms) {
        const Counts at = m_listed.value(room);
        least = {std::min(least.rejected, at.rejected), std::min(least.unknown, at.unknown)};
    }
    m_madeGood = least;
    for (int row = int(m_doubts.size()) - 1; row >= 0; --row) {
        const Kind kind = m_doubts[std::size_t(row)].kind;
        if ((kind == Kind::RejectedMessage && rejectedMessages() == 0)
            || (kind == Kind::UnknownMessage && unknownMessages() == 0))
            removeAt(row);
    }
    Q_EMIT countsChanged();
}

void DoubtModel::noteUnknown()
{
    const auto all = qint64(unknownMessages());
    forget(Kind::UnknownMessage, {});
    note({Kind::UnknownMessage, {},
        tr("Messages that this program does not know, the latest “%1”.")
            .arg(shortened(m_client->latestUnknownMessage())),
        QDateTime::currentDateTime(), all});
}

void DoubtModel::noteIncident(const Incident &incident)
{
    if (incident.source != gatewaySource) {
        forget(Kind::SilentSource, incident.uuid);
        return;
    }
    const QDateTime when = incident.createdAt
        ? QDateTime::fromMSecsSinceEpoch(toMilliseconds(*incident.createdAt))
        : QDateTime::currentDateTime();
    forget(Kind::SilentSource, incident.uuid);
    note({Kind::SilentSource, incident.uuid, shortened(incident.title), when});
}

// The latest first, so what is told again moves up; of silent sources, the one silent last.
void DoubtModel::note(Doubt doubt)
{
    for (const Doubt &known : m_doubts) {
        if (known.kind == doubt.kind && known.key == doubt.key) {
            doubt.times += known.times;
            break;
        }
    }
    forget(doubt.kind, doubt.key);
    const auto place = std::ranges::find_if(m_doubts, [&](const Doubt &other) {
        const int before = rank(other.kind) - rank(doubt.kind);
        return before == 0 ? other.when <= doubt.when : before > 0;
    });
    const int row = int(place - m_doubts.begin());
    beginInsertRows({}, row, row);
    m_doubts.insert(place, std::move(doubt));
    endInsertRows();
    Q_EMIT countsChanged();
}

void DoubtModel::forget(Kind kind, const QString &key)
{
    const auto found = std::ranges::find_if(
        m_doubts, [&](const Doubt &known) { return known.kind == kind && known.key == key; });
    if (found != m_doubts.end())
        removeAt(int(found - m_doubts.begin()));
}

void DoubtModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_doubts.erase(m_doubts.begin() + row);
    endRemoveRows();
    Q_EMIT countsChanged();
}

int DoubtModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_doubts.size());
}

QVariant DoubtModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Doubt &doubt = m_doubts[std::size_t(index.row())];
    switch (role) {
    case KindRole: return int(doubt.kind);
    case Qt::DisplayRole:
    case WhatRole: return doubt.what;
    case WhenRole: return doubt.when;
    case TimesRole: return double(doubt.times);
    case ServerRole: return m_server;
    case AdviceRole: break;
    default: return {};
    }
    switch (doubt.kind) {
    case Kind::SilentSource:
        return tr("Look whether the source runs and whether it reaches the gateway; until then, its"
                  " alerts are missing here.");
    case Kind::RejectedMessage:
        return tr(
            "What it said is not on this screen. Show this to whoever runs the server, and look"
            " at the source of the alerts itself until it is repaired.");
    case Kind::UnknownMessage:
        return tr(
            "The server speaks of something that this program cannot show: update the program,"
            " or ask whoever runs the server what it means.");
    case Kind::MissingList:
        return tr("What was opened, changed or resolved before then may be missing here or out of"
                  " date: look at the source of the alerts itself. A Tocsin gateway in between"
                  " keeps the list.");
    }
    Q_UNREACHABLE();
}

QHash<int, QByteArray> DoubtModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (const auto &[role, name] : roleTable)
        names.insert(role, name);
    return names;
}

int DoubtModel::count() const
{
    return int(m_doubts.size());
}

double DoubtModel::rejectedMessages() const
{
    return double(counted().rejected - m_madeGood.rejected);
}

double DoubtModel::unknownMessages() const
{
    return double(counted().unknown - m_madeGood.unknown);
}

int DoubtModel::silentSources() const
{
    return int(std::ranges::count(m_doubts, Kind::SilentSource, &Doubt::kind));
}

QString DoubtModel::summary() const
{
    QStringList parts;
    if (std::ranges::find(m_doubts, Kind::MissingList, &Doubt::kind) != m_doubts.end())
        parts.append(tr("no list from the server"));
    const auto rejected = qint64(rejectedMessages());
    const auto unknown = qint64(unknownMessages());
    if (const int silent = silentSources(); silent > 0)
        parts.append(silent == 1 ? tr("1 silent source") : tr("%1 silent sources").arg(silent));
    if (rejected > 0)
        parts.append(
            rejected == 1 ? tr("1 message rejected") : tr("%L1 messages rejected").arg(rejected));
    if (unknown > 0)
        parts.append(
            unknown == 1 ? tr("1 message unknown") : tr("%L1 messages unknown").arg(unknown));
    return parts.join(QStringLiteral(", "));
}

} // namespace tocsin
