// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/livefeed.h"

namespace tocsin {

/// Another view of a feed's incidents, with a filter, an order and groups of its own, over the same
/// connection.
///
///     FilteredIncidents { id: databases; feed: feed; filter: "service:*-db" }
///     IncidentSelection { id: picked; incidents: databases.incidents }
///     IncidentList { incidents: databases.incidents; selection: picked }
class TOCSIN_QML_EXPORT FilteredIncidents : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// Whose incidents these are; it must live longer than what shows them.
    Q_PROPERTY(tocsin::LiveFeed *feed READ feed WRITE setFeed NOTIFY feedChanged REQUIRED)
    /// In the language of docs/filter.md; empty: all.
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    /// What is wrong with it, as a sentence; empty where nothing is. All are shown meanwhile:
    /// rather too many than too few.
    Q_PROPERTY(QString filterError READ filterError NOTIFY filterChanged)
    /// An IncidentView order and grouping.
    Q_PROPERTY(int order READ order WRITE setOrder NOTIFY orderChanged)
    Q_PROPERTY(int group READ group WRITE setGroup NOTIFY groupChanged)
    /// Null while there is no feed.
    Q_PROPERTY(tocsin::IncidentModel *incidents READ incidents NOTIFY feedChanged)
    /// The feed is live, and `incidents` shows what it knows: it waits for its own rows, and for
    /// those of no other view.
    Q_PROPERTY(bool live READ isLive NOTIFY liveChanged)

public:
    explicit FilteredIncidents(QObject *parent = nullptr);
    ~FilteredIncidents() override;

    [[nodiscard]] LiveFeed *feed() const;
    void setFeed(LiveFeed *feed);
    [[nodiscard]] QString filter() const;
    void setFilter(const QString &filter);
    [[nodiscard]] QString filterError() const;
    [[nodiscard]] int order() const;
    void setOrder(int order);
    [[nodiscard]] int group() const;
    void setGroup(int group);
    [[nodiscard]] IncidentModel *incidents() const;
    [[nodiscard]] bool isLive() const;

    /// The filter lets the incident pass, and it is there.
    Q_INVOKABLE [[nodiscard]] bool shows(const QString &uuid);

Q_SIGNALS:
    void feedChanged();
    void filterChanged();
    void orderChanged();
    void groupChanged();
    void liveChanged();

private:
    void noteLive();
    void makeModel();
    void applyFilter();

    QPointer<LiveFeed> m_feed;
    QString m_filter;
    QString m_filterError;
    int m_order = 0;
    int m_group = 0;
    bool m_live = false;
    std::unique_ptr<IncidentModel> m_model;
};

} // namespace tocsin
