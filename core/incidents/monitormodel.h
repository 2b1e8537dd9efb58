// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/monitor.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QSet>
#include <QTimer>

#include <array>
#include <memory>
#include <vector>

namespace tocsin {

class SocketClient;

/// What sources look at all the time, and how it is: a row a monitor, what is down first, then
/// degraded, unknown and up, each by name. Rows follow what is heard within a frame.
///
/// A monitor may be in several rooms; an older change never replaces a newer one, but for what was
/// heard of another history (another epoch), which gives way to any word of the new one. A room's
/// list replaces what was known of the room, once it is whole.
///
/// A server that keeps no monitors sends no list: then only those that changed while this program
/// listened are known, which `heardSince` says; and after an outage none of them is.
class TOCSIN_INCIDENTS_EXPORT MonitorModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY monitorsChanged)
    Q_PROPERTY(int downCount READ downCount NOTIFY monitorsChanged)
    Q_PROPERTY(int degradedCount READ degradedCount NOTIFY monitorsChanged)
    Q_PROPERTY(int unknownCount READ unknownCount NOTIFY monitorsChanged)
    Q_PROPERTY(int upCount READ upCount NOTIFY monitorsChanged)
    /// The worst that any of them is; up where there are none.
    Q_PROPERTY(int worst READ worst NOTIFY monitorsChanged)
    /// How many are that.
    Q_PROPERTY(int worstCount READ worstCount NOTIFY monitorsChanged)
    /// "2 down · 41 up": what there is, the worst first.
    Q_PROPERTY(QString summary READ summary NOTIFY monitorsChanged)
    /// From when on this is what was heard, where the server sends no list; otherwise no moment.
    Q_PROPERTY(QDateTime heardSince READ heardSince NOTIFY heardSinceChanged)

public:
    /// Worst first: the order of the rows.
    enum class State { Down, Degraded, Unknown, Up };
    Q_ENUM(State)

    enum Role {
        NameRole = Qt::UserRole + 1,
        UuidRole,
        StateRole,
        /// Since when it is so.
        SinceRole,
        /// Finds its incidents, in the language of docs/filter.md; empty where that is not known.
        FilterRole,
    };
    Q_ENUM(Role)

    explicit MonitorModel(QObject *parent = nullptr);
    ~MonitorModel() override;

    /// Whose monitors these are; none: none are known.
    void setClient(SocketClient *client);

    void apply(const QString &room, const MonitorStatus &status);
    void replaceRoom(const QString &room, const QList<MonitorStatus> &monitors);
    /// The room's source has it no more. What other rooms say of it stands.
    void removeMonitor(const QString &room, const QString &uuid);
    void removeRoom(const QString &room);
    /// Sequence numbers and times of another history say nothing about those of this one.
    void beginHistory();
    void clear();
    /// Brings the rows up to date now, rather than with the next frame.
    void settle();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const;
    [[nodiscard]] int downCount() const { return countOf(State::Down); }
    [[nodiscard]] int degradedCount() const { return countOf(State::Degraded); }
    [[nodiscard]] int unknownCount() const { return countOf(State::Unknown); }
    [[nodiscard]] int upCount() const { return countOf(State::Up); }
    [[nodiscard]] int worst() const;
    [[nodiscard]] int worstCount() const { return m_counts[std::size_t(worst())]; }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QDateTime heardSince() const;

Q_SIGNALS:
    void monitorsChanged();
    void heardSinceChanged();

private:
    struct Entry {
        MonitorStatus status;
        QSet<QString> rooms;
        /// Of another history, or no more than that.
        bool isPresumed = false;
    };
    struct Listener;

    void take(const QString &room, const MonitorStatus &status);
    void drop(const QString &room, const QSet<QString> &kept);
    void changeLater();
    void setHeardSince(const QDateTime &moment);
    [[nodiscard]] int countOf(State state) const { return m_counts[std::size_t(state)]; }

    std::unique_ptr<Listener> m_listener;
    QHash<QString, Entry> m_entries;
    std::vector<MonitorStatus> m_rows;
    std::array<int, 4> m_counts{};
    QDateTime m_heardSince;
    QTimer m_settling;
};

} // namespace tocsin
