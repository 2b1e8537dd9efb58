// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/listcursor.h"

#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const QString room = u"r"_s;

Incident incident(const QString &uuid, Severity severity, qint64 createdAt, qint64 version = 1)
{
    return {.uuid = uuid,
        .title = u"title"_s,
        .severity = severity,
        .createdAt = timestampFromMilliseconds(createdAt),
        .version = version};
}

QString uuidAt(const IncidentModel &model, int row)
{
    return model.index(row).data(IncidentModel::UuidRole).toString();
}

} // namespace

class ListCursorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void staysWithItsIncident();
    void countsWhatIsNewAbove();
    void countsNothingAtTheTop();
    void saysHowSevereIsWhatIsNewAbove();
    void countsWhatBecomesMoreSevereAbove();
    void countsWhatRisesOutOfSight();
    void countsNothingThatOnlyMoves();
    void tellsManyApart();
    void anotherFilterBringsNothingNew();
    void goesOnFromWhereItsIncidentWas();
    void followsTheFirstRowThroughAnySequence();

private:
    IncidentStore m_store;
    std::unique_ptr<IncidentModel> m_model;
};

void ListCursorTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_store.replaceRoom(room, {});
    m_model = std::make_unique<IncidentModel>(m_store);
    for (int i = 0; i < 10; ++i)
        m_store.apply(room,
            incident(u"%1-%2"_s.arg(QLatin1String(QTest::currentTestFunction())).arg(i),
                Severity::Warning, i));
    m_model->flush();
}

void ListCursorTest::staysWithItsIncident()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.choose(4);
    const QString chosen = uuidAt(*m_model, 4);
    QCOMPARE(cursor.uuid(), chosen);
    QCOMPARE(cursor.row(), 4);
    QSignalSpy rows(&cursor, &ListCursor::rowChanged);
    m_store.apply(room, incident(u"above"_s, Severity::Critical, 1));
    m_model->flush();
    QCOMPARE(cursor.row(), 5);
    m_store.apply(room, incident(chosen, Severity::Critical, 5, 2));
    m_model->flush();
    QCOMPARE(cursor.row(), 0);
    m_model->setFilter(*IncidentFilter::parse(u"severity:warning"_s));
    QCOMPARE(cursor.row(), -1);
    QCOMPARE(cursor.uuid(), chosen);
    m_model->setFilter({});
    QCOMPARE(cursor.row(), 0);
    m_store.resolve(chosen, 3);
    m_model->flush();
    QCOMPARE(cursor.row(), -1);
    QCOMPARE(cursor.uuid(), chosen);
    QCOMPARE(rows.size(), 5);
}

void ListCursorTest::countsWhatIsNewAbove()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.setTopRow(5);
    m_store.apply(room, incident(u"c1"_s, Severity::Critical, 1));
    m_store.apply(room, incident(u"w1"_s, Severity::Warning, 100));
    m_store.apply(room, incident(u"below"_s, Severity::Info, 100));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 2);
    QVERIFY(cursor.isCriticalAbove());
    QCOMPARE(cursor.topRow(), 7);
    // One goes before it was seen, the other is scrolled to.
    m_store.resolve(u"c1"_s, 2);
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 1);
    QVERIFY(!cursor.isCriticalAbove());
    QCOMPARE(cursor.topRow(), 6);
    cursor.setTopRow(2);
    QCOMPARE(cursor.newAbove(), 1);
    cursor.setTopRow(0);
    QCOMPARE(cursor.newAbove(), 0);
}

void ListCursorTest::countsNothingAtTheTop()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    m_store.apply(room, incident(u"t1"_s, Severity::Critical, 1));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 0);
    QCOMPARE(cursor.topRow(), 0);
}

void ListCursorTest::saysHowSevereIsWhatIsNewAbove()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.setTopRow(5);
    m_store.apply(room, incident(u"n1"_s, Severity::Warning, 100));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 1);
    QVERIFY(!cursor.isCriticalAbove());
    QSignalSpy changes(&cursor, &ListCursor::newAboveChanged);
    m_store.apply(room, incident(u"n1"_s, Severity::Critical, 100, 2));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 1);
    QVERIFY(cursor.isCriticalAbove());
    QCOMPARE(changes.size(), 1);
    m_store.apply(room, incident(u"n1"_s, Severity::Warning, 100, 3));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 1);
    QVERIFY(!cursor.isCriticalAbove());
    QCOMPARE(changes.size(), 2);
    // Below what is seen, it is above no more.
    m_store.apply(room, incident(u"n1"_s, Severity::Info, 100, 4));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 0);
}

void ListCursorTest::countsWhatBecomesMoreSevereAbove()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.setTopRow(5);
    const QString seen = uuidAt(*m_model, 2);
    m_store.apply(room, incident(seen, Severity::Critical, 7, 2));
    m_model->flush();
    QCOMPARE(m_model->rowOf(seen), 0);
    QCOMPARE(cursor.topRow(), 5);
    QCOMPARE(cursor.newAbove(), 1);
    QVERIFY(cursor.isCriticalAbove());
    cursor.setTopRow(0);
    QCOMPARE(cursor.newAbove(), 0);
    QVERIFY(!cursor.isCriticalAbove());
}

// It was being read, and is gone from there.
void ListCursorTest::countsWhatRisesOutOfSight()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.setTopRow(3);
    const QString top = uuidAt(*m_model, 3);
    const QString read = uuidAt(*m_model, 5);
    m_store.apply(room, incident(read, Severity::Critical, 4, 2));
    m_model->flush();
    QCOMPARE(m_model->rowOf(read), 0);
    QCOMPARE(cursor.topRow(), m_model->rowOf(top));
    QCOMPARE(cursor.newAbove(), 1);
    QVERIFY(cursor.isCriticalAbove());
    // It goes where it was.
    m_store.apply(room, incident(read, Severity::Warning, 4, 3));
    m_model->flush();
    QCOMPARE(m_model->rowOf(read), 5);
    QCOMPARE(cursor.topRow(), 3);
    QCOMPARE(cursor.newAbove(), 0);
    QVERIFY(!cursor.isCriticalAbove());
}

void ListCursorTest::countsNothingThatOnlyMoves()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.setTopRow(3);
    // Another time, another order, and a severity that sinks.
    const QString read = uuidAt(*m_model, 5);
    m_store.apply(room, incident(read, Severity::Warning, 100, 2));
    m_model->flush();
    QCOMPARE(m_model->rowOf(read), 0);
    QCOMPARE(cursor.topRow(), 4);
    QCOMPARE(cursor.newAbove(), 0);
    m_model->setOrder(incidentview::Order::Oldest);
    cursor.setTopRow(3);
    const QString above = uuidAt(*m_model, 1);
    m_store.apply(room, incident(above, Severity::Info, 1, 2));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 0);
    m_model->setOrder(incidentview::Order::Severity);
    QCOMPARE(cursor.newAbove(), 0);
    // Where nothing moves, it is above all the same.
    m_model->setOrder(incidentview::Order::Oldest);
    cursor.setTopRow(3);
    m_store.apply(room, incident(above, Severity::Critical, 1, 3));
    m_model->flush();
    QCOMPARE(m_model->rowOf(above), 1);
    QCOMPARE(cursor.newAbove(), 1);
    QVERIFY(cursor.isCriticalAbove());
}

// So many that the model tells of all rows between them at once.
void ListCursorTest::tellsManyApart()
{
    const auto uuid = [](int i) { return u"many-%1"_s.arg(i); };
    for (int i = 0; i < 400; ++i)
        m_store.apply(room, incident(uuid(i), Severity::Unknown, i));
    m_model->flush();
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.setTopRow(200);
    for (int i = 0; i < 400; ++i) {
        const Severity severity = i % 4 == 0 ? Severity::Warning : Severity::Unknown;
        Incident now = incident(uuid(i), severity, i, 2);
        now.count = 2;
        m_store.apply(room, now);
    }
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 100);
    QVERIFY(!cursor.isCriticalAbove());
    m_store.apply(room, incident(uuid(0), Severity::Critical, 0, 3));
    m_model->flush();
    QCOMPARE(cursor.newAbove(), 100);
    QVERIFY(cursor.isCriticalAbove());
}

void ListCursorTest::goesOnFromWhereItsIncidentWas()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    cursor.setTopRow(2);
    cursor.moveBy(1);
    QCOMPARE(cursor.row(), 2);
    cursor.moveBy(3);
    QCOMPARE(cursor.row(), 5);
    const QString next = uuidAt(*m_model, 6);
    const QString before = uuidAt(*m_model, 4);
    m_store.resolve(cursor.uuid(), 9);
    m_model->flush();
    QCOMPARE(cursor.row(), -1);
    cursor.moveBy(1);
    QCOMPARE(cursor.uuid(), next);
    m_store.resolve(cursor.uuid(), 9);
    m_model->flush();
    cursor.moveBy(-1);
    QCOMPARE(cursor.uuid(), before);
    cursor.moveBy(-100);
    QCOMPARE(cursor.row(), 0);
    cursor.moveBy(100);
    QCOMPARE(cursor.row(), m_model->rowCount() - 1);
}

void ListCursorTest::anotherFilterBringsNothingNew()
{
    ListCursor cursor;
    cursor.setIncidents(m_model.get());
    m_model->setFilter(*IncidentFilter::parse(u"severity:info"_s));
    cursor.setTopRow(3);
    m_model->setFilter({});
    QCOMPARE(cursor.newAbove(), 0);
    QCOMPARE(cursor.topRow(), 0);
}

void ListCursorTest::followsTheFirstRowThroughAnySequence()
{
    const bool held = rc::check("topRow is the row of the incident that was there", [] {
        IncidentStore store;
        IncidentModel model(store);
        for (int i = 0; i < 12; ++i)
            store.apply(room, incident(QString::number(i), Severity(i % 4), i));
        model.flush();
        ListCursor cursor;
        cursor.setIncidents(&model);
        qint64 version = 1;
        for (const int number :
            *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 16))) {
            cursor.setTopRow(1 + number % 7);
            const QString top = uuidAt(model, cursor.topRow());
            const QString uuid = QString::number(number / 8 % 20);
            if (number % 3 == 0 && model.count() > 9)
                store.resolve(uuid, ++version);
            else
                store.apply(room, incident(uuid, Severity(number / 256 % 4), number, ++version));
            model.flush();
            // A row that itself went elsewhere or away takes nobody along.
            // One that comes just before it is the first on the screen then.
            if (uuid != top) {
                const int row = model.rowOf(top);
                RC_ASSERT(row == cursor.topRow()
                    || (row == cursor.topRow() + 1 && uuidAt(model, cursor.topRow()) == uuid));
            }
            RC_ASSERT(cursor.newAbove() <= cursor.topRow());
            // The order is by severity: where there is something critical above, it is the first.
            RC_ASSERT(!cursor.isCriticalAbove()
                || model.index(0).data(IncidentModel::SeverityRole).toInt()
                    == int(Severity::Critical));
        }
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(ListCursorTest)
#include "tst_listcursor.moc"
