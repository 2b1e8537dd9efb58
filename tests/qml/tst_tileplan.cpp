// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/tileplan.h"

#include <QTest>

#include <cmath>

using namespace tocsin;

class TilePlanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void enlargesAFewAndFitsMany_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("width");
        QTest::addColumn<double>("height");
        QTest::addColumn<double>("zoom");
        QTest::newRow("one on a wall") << 1 << 3840.0 << 2000.0 << 3.0;
        QTest::newRow("forty on a wall") << 40 << 3840.0 << 2000.0 << 2.75;
        QTest::newRow("two thousand") << 2000 << 3840.0 << 2000.0 << 1.0;
        QTest::newRow("a narrow window") << 3 << 376.0 << 700.0 << 1.5;
        QTest::newRow("narrower than a tile") << 3 << 100.0 << 700.0 << 1.0;
        QTest::newRow("no room at all") << 3 << 0.0 << 0.0 << 1.0;
    }
    void enlargesAFewAndFitsMany()
    {
        QFETCH(int, count);
        QFETCH(double, width);
        QFETCH(double, height);
        QTEST(TilePlan().zoom(count, width, height, 230, 92), "zoom");
    }

    void showsAllOfThemWhereverItEnlarges()
    {
        const TilePlan plan;
        for (int count = 1; count < 500; count += 7) {
            for (double width = 100; width < 4000; width += 331) {
                for (double height = 100; height < 2200; height += 299) {
                    const double zoom = plan.zoom(count, width, height, 230, 92);
                    QVERIFY(zoom >= 1 && zoom <= TilePlan::largest);
                    const int columns = plan.columns(width, 230 * zoom);
                    const double rows = std::ceil(double(count) / columns);
                    QVERIFY(zoom == 1 || rows * 92 * zoom <= height);
                    QVERIFY(zoom == 1 || columns * 230 * zoom <= width);
                }
            }
        }
    }
};

QTEST_MAIN(TilePlanTest)
#include "tst_tileplan.moc"
