// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/connectionmodel.h"

#include "client/socketclient.h"

#include <QTimer>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tocsin {

namespace {

using Status = ConnectionModel::Status;

constexpr std::array roleTable{
    std::pair{ConnectionModel::NameRole, "name"},
    std::pair{ConnectionModel::UrlRole, "url"},
    std::pair{ConnectionModel::AddressRole, "address"},
    std::pair{ConnectionModel::AddressCountRole, "addressCount"},
    std::pair{ConnectionModel::StatusRole, "status"},
    std::pair{ConnectionModel::StatusNameRole, "statusName"},
    std::pair{ConnectionModel::SinceRole, "since"},
    std::pair{ConnectionModel::LastLiveRole, "lastLive"},
    std::pair{ConnectionModel::RetrySecondsRole, "retrySeconds"},
    std::pair{ConnectionModel::RoundTripTimeRole, "roundTripTime"},
    std::pair{ConnectionModel::RoomsRole, "rooms"},
    std::pair{ConnectionModel::RejectedMessagesRole, "rejectedMessages"},
    std::pair{ConnectionModel::ErrorTextRole, "errorText"},
};

struct Row {
    SocketClient *client = nullptr;
    Status status = Status::Offline;
    QDateTime since = QDateTime::currentDateTime();
    QDateTime lastLive;
    QString errorText;
    bool notAuthorised = false;
    /// An attempt failed, or a connection was lost, and none was made since.
    bool retrying = false;
};

Status statusOf(const Row &row)
{
    if (row.notAuthorised)
        return Status::NotAuthorised;
    switch (row.client->state()) {
    case SocketClient::State::Disconnected: return Status::Offline;
    case SocketClient::State::Connecting:
        return row.retrying ? Status::Reconnecting : Status::Connecting;
    case SocketClient::State::Reconnecting: return Status::Reconnecting;
    case SocketClient::State::Connected: break;
    }
    const QStringList rooms = row.client->rooms();
    const bool allLive = std::ranges::all_of(rooms, [&](const QString &room) {
        return row.client->roomFreshness(room) == RoomFreshness::Live;
    });
    // Without a room nothing would ever be shown: that is no reason for calm.
    return allLive && !rooms.isEmpty() ? Status::Live : Status::CatchingUp;
}

QString statusName(Status status)
{
    switch (status) {
    case Status::Live: return QStringLiteral("live");
    case Status::CatchingUp: return QStringLiteral("catching-up");
    case Status::Connecting: return QStringLiteral("connecting");
    case Status::Reconnecting: return QStringLiteral("reconnecting");
    case Status::Offline: return QStringLiteral("offline");
    case Status::NotAuthorised: return QStringLiteral("not-authorised");
    }
    Q_UNREACHABLE();
}

int retrySeconds(const SocketClient &client)
{
    const QDateTime at = client.retryAt();
    if (!at.isValid())
        return -1;
    const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(at);
    return int(std::ceil(double(std::max<qint64>(left, 0)) / 1000));
}

} // namespace

QString serverName(const QUrl &url)
{
    const int usual = url.scheme() == u"wss" ? 443 : 80;
    return url.port(usual) == usual ? url.host()
                                    : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

struct ConnectionModelPrivate {
    std::vector<Row> rows;
    Status status = Status::Offline;
    QDateTime since = QDateTime::currentDateTime();
    QTimer countdown;

    [[nodiscard]] int find(const QObject *client) const
    {
        const auto found
            = std::ranges::find_if(rows, [client](const Row &row) { return row.client == client; });
        return found == rows.end() ? -1 : int(found - rows.begin());
    }
};

ConnectionModel::ConnectionModel(QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<ConnectionModelPrivate>())
{
    d->countdown.setInterval(std::chrono::seconds(1));
    connect(&d->countdown, &QTimer::timeout, this, [this] {
        if (!d->rows.empty()) {
            Q_EMIT dataChanged(index(0), index(int(d->rows.size()) - 1), {RetrySecondsRole});
        }
    });
}

ConnectionModel::~ConnectionModel() = default;

void ConnectionModel::addClient(SocketClient &client)
{
    if (d->find(&client) >= 0)
        return;
    const int row = int(d->rows.size());
    beginInsertRows({}, row, row);
    d->rows.push_back({.client = &client});
    endInsertRows();
    Q_EMIT countChanged();

    const auto update = [this, &client](const QList<int> &roles) {
        if (const int place = d->find(&client); place >= 0)
            refresh(place, roles);
    };
    const auto rowFor = [this, &client]() -> Row * {
        const int place = d->find(&client);
        return place < 0 ? nullptr : &d->rows[std::size_t(place)];
    };

    connect(
        &client, &SocketClient::stateChanged, this, [update, rowFor](SocketClient::State state) {
            if (Row *const changed = rowFor();
                changed && state != SocketClient::State::Disconnected)
                changed->notAuthorised = false;
            update({});
        });
    connect(&client, &SocketClient::connected, this, [update, rowFor] {
        if (Row *const changed = rowFor())
            changed->retrying = false;
        update({});
    });
    connect(&client, &SocketClient::reconnectAttempt, this, [update, rowFor] {
        if (Row *const changed = rowFor())
            changed->retrying = true;
        update({});
    });
    connect(&client, &SocketClient::authenticationFailed, this,
        [update, rowFor](const QString &reason) {
            if (Row *const changed = rowFor()) {
                changed->notAuthorised = true;
                changed->errorText = reason;
            }
            update({ErrorTextRole});
        });
    connect(&client, &SocketClient::errorOccurred, this, [update, rowFor](const Error &error) {
        if (Row *const changed = rowFor())
            changed->errorText = error.message;
        update({ErrorTextRole});
    });
    connect(
        &client, &SocketClient::currentAddressChanged, this, [update] { update({AddressRole}); });
    connect(&client, &SocketClient::retryAtChanged, this, [update] { update({RetrySecondsRole}); });
    connect(&client, &SocketClient::roundTripTimeChanged, this,
        [update] { update({RoundTripTimeRole}); });
    connect(&client, &SocketClient::roomsChanged, this, [update] { update({RoomsRole}); });
    connect(&client, &SocketClient::roomFreshnessChanged, this, [update] { update({}); });
    connect(&client, &SocketClient::rejectedMessagesChanged, this,
        [update] { update({RejectedMessagesRole}); });
    connect(
        &client, &QObject::destroyed, this, [this](QObject *gone) { removeRow(d->find(gone)); });
    update({});
    refreshOverall();
}

// What a row shows is derived from its client each time, so that it cannot drift from it.
void ConnectionModel::refresh(int row, QList<int> affected)
{
    Row &changed = d->rows[std::size_t(row)];
    const Status status = statusOf(changed);
    const auto now = QDateTime::currentDateTime();
    if (status == Status::Live && !changed.errorText.isEmpty()) {
        changed.errorText.clear();
        affected.append(ErrorTextRole);
    }
    if (changed.status != status) {
        if (changed.status == Status::Live)
            changed.lastLive = now;
        changed.status = status;
        changed.since = now;
        affected.append({StatusRole, StatusNameRole, SinceRole, LastLiveRole});
    }
    if (!affected.isEmpty())
        Q_EMIT dataChanged(index(row), index(row), affected);
    refreshOverall();
}

void ConnectionModel::refreshOverall()
{
    const bool waits = std::ranges::any_of(
        d->rows, [](const Row &row) { return row.client->retryAt().isValid(); });
    if (waits && !d->countdown.isActive())
        d->countdown.start();
    else if (!waits)
        d->countdown.stop();

    Status worst = d->rows.empty() ? Status::Offline : Status::Live;
    for (const Row &row : d->rows)
        worst = std::max(worst, row.status);
    if (std::exchange(d->status, worst) != worst) {
        d->since = QDateTime::currentDateTime();
        Q_EMIT statusChanged();
    }
}

void ConnectionModel::removeClient(SocketClient &client)
{
    client.disconnect(this);
    removeRow(d->find(&client));
}

void ConnectionModel::removeRow(int row)
{
    if (row < 0)
        return;
    // The client may be half destroyed, and a view may look at the row once more.
    d->rows[std::size_t(row)].client = nullptr;
    beginRemoveRows({}, row, row);
    d->rows.erase(d->rows.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    refreshOverall();
}

int ConnectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

QVariant ConnectionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = d->rows[std::size_t(index.row())];
    if (!row.client)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return serverName(row.client->options().url);
    case UrlRole: return row.client->options().url;
    case AddressRole: {
        const QUrl current = row.client->currentAddress();
        return serverName(current.isEmpty() ? row.client->options().url : current);
    }
    case AddressCountRole: return int(row.client->options().alternatives.size()) + 1;
    case StatusRole: return QVariant::fromValue(row.status);
    case StatusNameRole: return statusName(row.status);
    case SinceRole: return row.since;
    case LastLiveRole: return row.lastLive;
    case RetrySecondsRole: return retrySeconds(*row.client);
    case RoundTripTimeRole: {
        const auto time = row.client->roundTripTime();
        return time ? int(time->count()) : -1;
    }
    case RoomsRole: return row.client->rooms();
    case RejectedMessagesRole: return row.client->rejectedMessages();
    case ErrorTextRole: return row.errorText;
    default: return {};
    }
}

QHash<int, QByteArray> ConnectionModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (const auto &[role, name] : roleTable)
        names.insert(role, name);
    return names;
}

int ConnectionModel::count() const
{
    return int(d->rows.size());
}

Status ConnectionModel::status() const
{
    return d->status;
}

bool ConnectionModel::isLive() const
{
    return status() == Status::Live;
}

QDateTime ConnectionModel::since() const
{
    return d->since;
}

void ConnectionModel::retryNow(int row)
{
    if (row >= 0 && row < count())
        d->rows[std::size_t(row)].client->connectToServer();
}

} // namespace tocsin
