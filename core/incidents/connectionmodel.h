// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QUrl>

#include <memory>

namespace tocsin {

class SocketClient;
struct ConnectionModelPrivate;

/// A server's name for a person: its host, and port where it is not the usual one.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString serverName(const QUrl &url);

/// One row a server: whether what is shown of it is current, since when, and if not, why and until
/// when. What a status bar is made of; a row tells everything, so that a view decides nothing.
class TOCSIN_INCIDENTS_EXPORT ConnectionModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// The least good status of all rows; Offline while there is none.
    Q_PROPERTY(Status status READ status NOTIFY statusChanged)
    /// True when every row is Live: only then does an empty list mean that all is well.
    Q_PROPERTY(bool live READ isLive NOTIFY statusChanged)
    /// Since when all rows are Live, or since when not; a date for a person.
    Q_PROPERTY(QDateTime since READ since NOTIFY statusChanged)

public:
    /// Best first.
    enum class Status {
        /// Every room of the connection is current.
        Live,
        /// Connected; at least one room is not current yet.
        CatchingUp,
        /// First attempt under way.
        Connecting,
        /// Lost; waiting for the next attempt, or making it.
        Reconnecting,
        /// Not connected, and nothing under way.
        Offline,
        /// The server refused the token.
        NotAuthorised,
    };
    Q_ENUM(Status)

    enum Role {
        /// serverName() of it.
        NameRole = Qt::UserRole + 1,
        UrlRole,
        /// serverName() of the one of its addresses that the connection is on, or that was tried
        /// last; how many addresses it has.
        AddressRole,
        AddressCountRole,
        StatusRole,
        StatusNameRole,
        /// Since when the row has this status.
        SinceRole,
        /// When it was last Live, which is the age of what is shown; invalid where never.
        LastLiveRole,
        /// Whole seconds until the next attempt, counting down; -1 where none is waited for.
        RetrySecondsRole,
        /// Milliseconds; -1 where not known.
        RoundTripTimeRole,
        RoomsRole,
        RejectedMessagesRole,
        /// The last error, as a sentence; empty once Live.
        ErrorTextRole,
    };
    Q_ENUM(Role)

    explicit ConnectionModel(QObject *parent = nullptr);
    ~ConnectionModel() override;

    /// Adds a row for a client; it goes with the client.
    void addClient(SocketClient &client);
    void removeClient(SocketClient &client);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const;
    [[nodiscard]] Status status() const;
    [[nodiscard]] bool isLive() const;
    [[nodiscard]] QDateTime since() const;

    /// Skips the wait for the next attempt of a row; makes one where none is waited for, because
    /// the server refused the client or there is no network. Does nothing while connected.
    Q_INVOKABLE void retryNow(int row);

Q_SIGNALS:
    void countChanged();
    void statusChanged();

private:
    void refresh(int row, QList<int> affected);
    void refreshOverall();
    void removeRow(int row);

    std::unique_ptr<ConnectionModelPrivate> d;
};

} // namespace tocsin
