// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/windowwatch.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

using namespace Qt::StringLiterals;
using tocsin::WindowWatch;

class WindowWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void countsAsSeenWithoutAWindowAndBeforeItIsShown()
    {
        WindowWatch watch;
        QVERIFY(watch.isVisible());
        QSignalSpy changes(&watch, &WindowWatch::visibleChanged);
        QWindow window;
        watch.setWindow(&window);
        window.create();
        QVERIFY(watch.isVisible());
        QCOMPARE(changes.size(), 0);
    }

    void isHiddenOnlyWhenSteadilySo()
    {
        QWindow window;
        WindowWatch watch;
        QSignalSpy changes(&watch, &WindowWatch::visibleChanged);
        watch.setWindow(&window);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));

        // A blink, as window managers make them: hidden and shown again.
        window.hide();
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QElapsedTimer since;
        since.start();
        window.hide();
        QVERIFY(watch.isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!watch.isVisible(), 10'000);
        QCOMPARE_GE(
            since.elapsed(), std::chrono::milliseconds(WindowWatch::steady).count() * 9 / 10);
        QCOMPARE(changes.size(), 1);

        window.show();
        QTRY_VERIFY(watch.isVisible());
        QCOMPARE(changes.size(), 2);
    }

    void countsAsSeenAgainWhenItsWindowIsGone()
    {
        WindowWatch watch;
        {
            QWindow window;
            watch.setWindow(&window);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
        }
        watch.setWindow(nullptr);
        QVERIFY(watch.isVisible());
    }
};

QTEST_MAIN(WindowWatchTest)
#include "tst_windowwatch.moc"
