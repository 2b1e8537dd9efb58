// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentmodel.h"
#include "incidents/incidentstore.h"
#include "qml/filteredincidents.h"
#include "qml/livefeed.h"

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// A page's own view of a feed's incidents.
class FilteredIncidentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheOneAmongThousandsThatWait();
};

// As a list that comes whole after an outage, with a critical one in it for which a wall turns.
void FilteredIncidentsTest::findsTheOneAmongThousandsThatWait()
{
    LiveFeed feed;
    FilteredIncidents all;
    FilteredIncidents others;
    all.setFeed(&feed);
    others.setFeed(&feed);
    others.setFilter(u"service:orders"_s);
    QList<Incident> incidents;
    for (int i = 0; i < 20'000; ++i) {
        incidents.append({.uuid = QString::number(i),
            .title = u"Replica is behind"_s,
            .severity = Severity::Warning,
            .version = 1});
    }
    incidents.append(
        {.uuid = u"down"_s, .title = u"All down"_s, .severity = Severity::Critical, .version = 1});
    feed.store().replaceRoom(u"r"_s, incidents);
    QVERIFY(all.incidents()->isBehind());
    QVERIFY(all.shows(u"down"_s));
    QVERIFY(!others.shows(u"down"_s));
    QVERIFY(!all.shows(u"nobody"_s));
}

QTEST_MAIN(FilteredIncidentsTest)
#include "tst_filteredincidents.moc"
