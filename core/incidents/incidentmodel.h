// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentfilter.h"
#include "incidents/incidentorder.h"
#include "incidents/incidentstore.h"

#include <QAbstractListModel>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace tocsin {

class IncidentCommands;
struct IncidentModelPrivate;
struct IncidentRow;

/// A count that is made in parts: how far it is.
struct IncidentCount {
    /// How many were found so far.
    int found = 0;
    /// What the model goes on with.
    std::size_t next = 0;
    std::optional<std::size_t> end;
};

/// The incidents of a store as rows: those that a filter lets pass, in an order, and in groups
/// where that is wanted. Without a filter all of them; most severe first, then newest first.
///
/// Changes reach the views once a frame (16 ms), as ranges of inserts, moves, removes and data
/// changes, the latter as one range where there are many; the first change after a rest reaches
/// them in the same turn of the event loop. Which rows there are, and in which order, is as it was
/// told; what stands in a row is always the store's latest, also before that is told. Another
/// filter, order or grouping changes any number of places at once, and is a reset: half of 100,000
/// rows gone one by one would take seconds.
///
/// The counts without "shown" are of all incidents, whatever the filter hides.
///
/// Who answers the signals about rows, also from an event loop of their own, may ask for anything:
/// another filter, order, group or "me" is what the getters say at once, and the rows follow behind
/// what is being told; a flush() does nothing then. Only to destroy the model they must not.
class TOCSIN_INCIDENTS_EXPORT IncidentModel : public QAbstractListModel
{
    Q_OBJECT
    /// How many incidents there are, shown or not.
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int criticalCount READ criticalCount NOTIFY countChanged)
    Q_PROPERTY(int warningCount READ warningCount NOTIFY countChanged)
    Q_PROPERTY(int unknownCount READ unknownCount NOTIFY countChanged)
    Q_PROPERTY(int infoCount READ infoCount NOTIFY countChanged)
    /// How many rows there are, and how many incidents the filter hides.
    Q_PROPERTY(int shownCount READ shownCount NOTIFY countChanged)
    Q_PROPERTY(int hiddenCount READ hiddenCount NOTIFY countChanged)
    Q_PROPERTY(int hiddenCriticalCount READ hiddenCriticalCount NOTIFY countChanged)
    /// An incidentview::Order and an incidentview::Group, as numbers: QML would not know the types.
    Q_PROPERTY(int order READ orderNumber WRITE setOrderNumber NOTIFY orderChanged)
    Q_PROPERTY(int group READ groupNumber WRITE setGroupNumber NOTIFY groupChanged)
    /// Who looks: what `@me` stands for in a filter; empty where that is not known.
    Q_PROPERTY(QString me READ me WRITE setMe NOTIFY meChanged)

public:
    enum Role {
        UuidRole = Qt::UserRole + 1,
        TitleRole,
        SeverityRole,
        SeverityNameRole,
        StatusRole,
        StatusNameRole,
        CreatedAtRole,
        UpdatedAtRole,
        VersionRole,
        SourceRole,
        ServiceRole,
        AssigneeRole,
        AcknowledgedByRole,
        CountRole,
        LabelsRole,
        AnnotationsRole,
        LinksRole,
        /// sectionOf() the incident.
        SectionRole,
        /// The CommandKind that is pending, as a number; -1 where none is. What it will change is
        /// shown as changed already; the filter and the order go by what is.
        PendingRole,
    };
    Q_ENUM(Role)

    /// `store` must outlive the model.
    explicit IncidentModel(IncidentStore &store, QObject *parent = nullptr);
    ~IncidentModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const;
    [[nodiscard]] int criticalCount() const;
    [[nodiscard]] int warningCount() const;
    [[nodiscard]] int unknownCount() const;
    [[nodiscard]] int infoCount() const;
    [[nodiscard]] int shownCount() const;
    [[nodiscard]] int hiddenCount() const;
    [[nodiscard]] int hiddenCriticalCount() const;
    [[nodiscard]] const IncidentFilter &filter() const;
    void setFilter(const IncidentFilter &filter);
    [[nodiscard]] incidentview::Order order() const;
    void setOrder(incidentview::Order order);
    [[nodiscard]] incidentview::Group group() const;
    void setGroup(incidentview::Group group);
    [[nodiscard]] int orderNumber() const;
    /// A number that is none of the enumeration's changes nothing; likewise for the group.
    void setOrderNumber(int order);
    [[nodiscard]] int groupNumber() const;
    void setGroupNumber(int group);
    [[nodiscard]] QString me() const;
    void setMe(const QString &me);
    /// Whose pending commands are shown; set once, and they must outlive the model.
    void setCommands(const IncidentCommands *commands);
    /// How many of all incidents a filter lets pass.
    [[nodiscard]] int countMatching(const IncidentFilter &filter) const;
    /// The same in parts, each of which takes no longer than `budget` and the incident that it is
    /// at then; true where it has come to its end. Each incident is judged as it is when it is its
    /// turn, and those that come meanwhile need not be among them.
    [[nodiscard]] bool countOn(
        IncidentCount &count, const IncidentFilter &filter, std::chrono::milliseconds budget) const;
    /// Calls `look` with each incident, shown or not, in the order of the rows.
    void forEachIncident(const std::function<void(const Incident &)> &look) const;
    /// The row of an incident, -1 where it is not shown (yet).
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &uuid) const;
    /// The first row of each screen that is `height` rows high, on which rows stand whole and the
    /// headings of their groups, `heading` rows high, above the first of each; of `most` screens at
    /// most. Behind them the first row for which there is no room: shownCount() where there is for
    /// all.
    Q_INVOKABLE [[nodiscard]] QList<int> screens(double height, double heading, int most) const;

    /// Whether something waits for the next frame: the rows are not yet what the store holds.
    [[nodiscard]] bool isBehind() const;
    /// Brings what is waiting for the next frame to the views now, as much as a frame takes; not
    /// while they are being told. Whether anything was brought.
    bool flush();

Q_SIGNALS:
    /// Nothing waits any more.
    void caughtUp();
    /// The incidents of these rows, which are at their places now, have become more severe since
    /// the last frame, and those of the others less: a move alone does not say why.
    void severitiesChanged(const QList<int> &raised, const QList<int> &lowered);
    void countChanged();
    void filterChanged();
    void orderChanged();
    void groupChanged();
    void meChanged();

private:
    void noteChange(const Incident &incident, IncidentRoles roles);
    void noteRemoval(const QString &uuid);
    void noteShownOtherwise(const QString &uuid);
    void noteNew(const QString &uuid);
    void note(IncidentRow &row);
    void wakeForNextFrame();
    void carryOut(const std::function<void()> &change);
    void carryOutWanted();
    void takeWanted();
    void applyFrame();
    void applyPending(std::size_t begin, std::size_t end);
    /// A row, and what of it is another.
    using ChangedRow = std::pair<int, IncidentRoles>;
    void announceChanges(std::vector<ChangedRow> changedRows);
    void announceSeverities(
        const std::vector<IncidentRow *> &raised, const std::vector<IncidentRow *> &lowered);
    void moveToPlace(IncidentRow &row);
    void removeIncidents(const std::vector<IncidentRow *> &rows);
    void insertIncidents(const std::vector<QString> &uuids);
    void showRows(const std::vector<IncidentRow *> &rows);
    void hideRows(const std::vector<IncidentRow *> &rows);
    void sortAgain();
    void filterAgain();
    void followTime();
    void filterInPlace();

    std::unique_ptr<IncidentModelPrivate> d;
};

} // namespace tocsin
