// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "windowplace.h"

#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// Where the window is at the next start.
class WindowPlaceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isKept();
    void isOnAScreenThatIsThere_data();
    void isOnAScreenThatIsThere();
};

void WindowPlaceTest::isKept()
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(u"dashboard.ini"_s);
    {
        QWindow window;
        window.resize(600, 500);
        WindowPlace place(window, file);
        QCOMPARE(window.size(), QSize(600, 500));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        // The platform may still be about to place it itself.
        QVERIFY(QTest::qWaitFor([&window] {
            window.setGeometry(40, 60, 400, 350);
            QCoreApplication::processEvents();
            return window.geometry() == QRect(40, 60, 400, 350);
        }));
        // As in the tray: that is no place to come back to.
        window.hide();
    }
    QWindow window;
    window.resize(600, 500);
    const WindowPlace place(window, file);
    QCOMPARE(window.geometry(), QRect(40, 60, 400, 350));
}

void WindowPlaceTest::isOnAScreenThatIsThere_data()
{
    QTest::addColumn<QRect>("kept");
    QTest::addColumn<QRect>("place");
    QTest::newRow("on it") << QRect(10, 20, 800, 600) << QRect(10, 20, 800, 600);
    QTest::newRow("on the second") << QRect(2000, 100, 800, 600) << QRect(2000, 100, 800, 600);
    QTest::newRow("half beside it") << QRect(-400, 20, 800, 600) << QRect(0, 20, 800, 600);
    QTest::newRow("beneath") << QRect(100, 1000, 800, 600) << QRect(100, 480, 800, 600);
    QTest::newRow("larger than it") << QRect(0, 0, 4000, 3000) << QRect(0, 0, 1920, 1080);
    QTest::newRow("tiny") << QRect(10, 20, 2, 2) << QRect(10, 20, 320, 320);
    QTest::newRow("on one that is gone") << QRect(5000, 100, 800, 600) << QRect();
    QTest::newRow("nothing kept") << QRect() << QRect();
}

void WindowPlaceTest::isOnAScreenThatIsThere()
{
    QFETCH(QRect, kept);
    const QList<QRect> screens{{0, 0, 1920, 1080}, {1920, 0, 1280, 1024}};
    QTEST(WindowPlace::within(kept, screens), "place");
    QCOMPARE(WindowPlace::within(kept, {}), QRect());
}

QTEST_MAIN(WindowPlaceTest)
#include "tst_windowplace.moc"
