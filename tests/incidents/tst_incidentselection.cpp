// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentselection.h"

#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const QString room = u"r"_s;

// Newest first, so 9 is in row 0.
Incident incident(int number, qint64 version = 1, Severity severity = Severity::Warning)
{
    return {.uuid = QString::number(number),
        .title = u"title"_s,
        .severity = severity,
        .createdAt = timestampFromMilliseconds(number),
        .version = version};
}

} // namespace

class IncidentSelectionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void picksOneByOne();
    void extendsFromWhereItBegan();
    void picksAll();
    void holdsOnlyWhatIsShown();
    void keepsToTheIncidentsWhenTheirRowsMove();
    void holdsOnlyWhatIsShownAfterAnySequence();

private:
    std::unique_ptr<IncidentStore> m_store;
    std::unique_ptr<IncidentModel> m_model;
};

void IncidentSelectionTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_model.reset();
    m_store = std::make_unique<IncidentStore>();
    m_model = std::make_unique<IncidentModel>(*m_store);
    for (int i = 0; i < 10; ++i)
        m_store->apply(room, incident(i));
    m_model->flush();
}

void IncidentSelectionTest::picksOneByOne()
{
    IncidentSelection selection;
    selection.setIncidents(m_model.get());
    QSignalSpy changes(&selection, &IncidentSelection::changed);
    selection.toggle(u"3"_s);
    selection.toggle(u"7"_s);
    selection.toggle(u"no such"_s);
    QCOMPARE(selection.uuids(), (QStringList{u"7"_s, u"3"_s})); // as on the screen
    QVERIFY(selection.has(u"3"_s, selection.generation()));
    const int before = selection.generation();
    selection.toggle(u"7"_s);
    QVERIFY(selection.generation() != before);
    QCOMPARE(selection.uuids(), QStringList{u"3"_s});
    QCOMPARE(changes.size(), 3);
    selection.clear();
    QCOMPARE(selection.count(), 0);
}

void IncidentSelectionTest::extendsFromWhereItBegan()
{
    IncidentSelection selection;
    selection.setIncidents(m_model.get());
    selection.startAt(u"5"_s);
    selection.extendTo(u"3"_s);
    QCOMPARE(selection.uuids(), (QStringList{u"5"_s, u"4"_s, u"3"_s}));
    selection.extendTo(u"6"_s); // the other way: what was picked below is picked no longer
    QCOMPARE(selection.uuids(), (QStringList{u"6"_s, u"5"_s}));
    selection.startAt(u"0"_s); // something is picked already
    selection.extendTo(u"4"_s);
    QCOMPARE(selection.uuids(), (QStringList{u"5"_s, u"4"_s}));
    selection.toggle(u"9"_s);
    selection.extendTo(u"8"_s);
    QCOMPARE(selection.uuids(), (QStringList{u"9"_s, u"8"_s}));

    IncidentSelection fresh;
    fresh.setIncidents(m_model.get());
    fresh.extendTo(u"2"_s);
    QCOMPARE(fresh.uuids(), QStringList{u"2"_s});
}

void IncidentSelectionTest::picksAll()
{
    IncidentSelection selection;
    selection.setIncidents(m_model.get());
    selection.selectAll();
    QCOMPARE(selection.count(), 10);
    // What comes later was not meant.
    m_store->apply(room, incident(20));
    m_model->flush();
    QCOMPARE(selection.count(), 10);
}

void IncidentSelectionTest::holdsOnlyWhatIsShown()
{
    IncidentSelection selection;
    selection.setIncidents(m_model.get());
    m_store->apply(room, incident(3, 2, Severity::Critical));
    m_model->flush();
    selection.selectAll();
    m_store->resolve(u"7"_s, 5);
    m_model->flush();
    QCOMPARE(selection.count(), 9);
    m_model->setFilter(*IncidentFilter::parse(u"severity:critical"_s));
    QCOMPARE(selection.uuids(), QStringList{u"3"_s});
    m_store->apply(room, incident(3, 3));
    m_model->flush();
    QCOMPARE(selection.count(), 0);
    m_model->setFilter({});
    QCOMPARE(selection.count(), 0);
}

void IncidentSelectionTest::keepsToTheIncidentsWhenTheirRowsMove()
{
    IncidentSelection selection;
    selection.setIncidents(m_model.get());
    selection.toggle(u"2"_s);
    m_store->apply(room, incident(2, 2, Severity::Critical));
    m_store->apply(room, incident(30, 1, Severity::Critical));
    m_model->flush();
    QCOMPARE(selection.uuids(), QStringList{u"2"_s});
    m_model->setOrder(incidentview::Order::Oldest);
    QCOMPARE(selection.uuids(), QStringList{u"2"_s});
}

void IncidentSelectionTest::holdsOnlyWhatIsShownAfterAnySequence()
{
    const bool held = rc::check("nothing is picked that is not on the screen", [] {
        IncidentStore store;
        IncidentModel model(store);
        IncidentSelection selection;
        selection.setIncidents(&model);
        qint64 version = 1;
        for (const int number :
            *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 16))) {
            const int which = number / 16 % 12;
            const QString uuid = QString::number(which);
            switch (number % 8) {
            case 0:
            case 1:
                store.apply(room, incident(which, ++version, Severity(number / 256 % 4)));
                break;
            case 2: store.resolve(uuid, ++version); break;
            case 3: selection.toggle(uuid); break;
            case 4: selection.extendTo(uuid); break;
            case 5: selection.selectAll(); break;
            case 6:
                model.setFilter(number / 256 % 2 ? *IncidentFilter::parse(u"severity:critical"_s)
                                                 : IncidentFilter());
                break;
            case 7: model.setOrder(incidentview::Order(number / 256 % 4)); break;
            }
            if (number % 3 != 0)
                model.flush();
            const QStringList uuids = selection.uuids();
            RC_ASSERT(uuids.size() == selection.count());
            int last = -1;
            for (const QString &picked : uuids) {
                RC_ASSERT(model.rowOf(picked) > last);
                last = model.rowOf(picked);
            }
        }
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(IncidentSelectionTest)
#include "tst_incidentselection.moc"
