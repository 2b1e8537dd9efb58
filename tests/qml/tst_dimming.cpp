// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/dimming.h"

#include <QPoint>
#include <QSet>
#include <QTest>
#include <QTimeZone>

using namespace tocsin;
using namespace Qt::StringLiterals;

class DimmingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }
    void knowsTheSpan_data();
    void knowsTheSpan();
    void followsTheClockOnTheWall();
    void isLiftedWhileSomethingIsToBeSeen();
    void isNeverBlack();
    void shiftsByOnePixelAtATime();
};

void DimmingTest::knowsTheSpan_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("within");
    QTest::newRow("at its begin") << "20:00" << "20:00" << "23:00" << true;
    QTest::newRow("at its end") << "23:00" << "20:00" << "23:00" << false;
    QTest::newRow("over midnight, before it") << "23:59" << "22:00" << "06:30" << true;
    QTest::newRow("over midnight, after it") << "06:29" << "22:00" << "06:30" << true;
    QTest::newRow("over midnight, at noon") << "12:00" << "22:00" << "06:30" << false;
    QTest::newRow("no span") << "12:00" << "12:00" << "12:00" << false;
    QTest::newRow("no times") << "12:00" << "" << "" << false;
}

void DimmingTest::knowsTheSpan()
{
    QFETCH(const QString, time);
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    const auto parsed = [](const QString &text) { return QTime::fromString(text, u"HH:mm"_s); };
    QTEST(Dimming::isWithin(parsed(time), parsed(from), parsed(to)), "within");
}

// In the night of 25 October 2026 the clocks of Berlin show the hour from two to three twice, in
// that of 28 March 2027 not at all.
void DimmingTest::followsTheClockOnTheWall()
{
    Dimming dimming;
    dimming.setProperty("from", u"02:30"_s);
    dimming.setProperty("to", u"07:00"_s);
    dimming.setLevel(0.4);
    const auto at = [&](const QString &utc) {
        dimming.setNow(QDateTime::fromString(utc, Qt::ISODate));
        return dimming.brightness() < 1;
    };
    QVERIFY(at(u"2026-10-25T00:30:00Z"_s));
    QVERIFY(!at(u"2026-10-25T01:10:00Z"_s));
    QVERIFY(at(u"2026-10-25T01:30:00Z"_s));
    QVERIFY(!at(u"2026-10-25T06:00:00Z"_s));
    QVERIFY(!at(u"2027-03-28T00:59:59Z"_s));
    QVERIFY(at(u"2027-03-28T01:00:00Z"_s));
    QVERIFY(at(u"2027-03-28T04:59:59Z"_s));
    QVERIFY(!at(u"2027-03-28T05:00:00Z"_s));
    // A clock that is set back a year is believed.
    QVERIFY(at(u"2025-07-01T01:00:00Z"_s));
}

void DimmingTest::isLiftedWhileSomethingIsToBeSeen()
{
    Dimming dimming;
    dimming.setProperty("from", u"00:00"_s);
    dimming.setProperty("to", u"23:59"_s);
    dimming.setLevel(0.4);
    dimming.setNow(QDateTime(QDate(2026, 11, 27), QTime(12, 0)));
    QCOMPARE(dimming.brightness(), 0.4);
    dimming.setProperty("lifted", true);
    QCOMPARE(dimming.brightness(), 1.0);
    dimming.setProperty("lifted", false);
    QCOMPARE(dimming.brightness(), 0.4);
}

void DimmingTest::isNeverBlack()
{
    Dimming dimming;
    dimming.setLevel(0);
    QCOMPARE(dimming.level(), Dimming::least);
    dimming.setLevel(7);
    QCOMPARE(dimming.level(), 1.0);
}

void DimmingTest::shiftsByOnePixelAtATime()
{
    QCOMPARE(PixelShift::at(12345, 0), QPoint());
    for (const int extent : {1, 3, 20}) {
        QSet<std::pair<int, int>> seen;
        QPoint before = PixelShift::at(-1, extent);
        const int side = 2 * extent + 1;
        for (int step = 0; step < 4 * side * side; ++step) {
            const QPoint place = PixelShift::at(step, extent);
            QVERIFY(qMax(qAbs(place.x()), qAbs(place.y())) <= extent);
            QCOMPARE((place - before).manhattanLength(), 1);
            seen.insert({place.x(), place.y()});
            before = place;
        }
        QCOMPARE(seen.size(), side * side);
    }
}

QTEST_GUILESS_MAIN(DimmingTest)
#include "tst_dimming.moc"
