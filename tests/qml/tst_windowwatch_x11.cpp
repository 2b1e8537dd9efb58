// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/windowwatch.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

#include <memory>

using tocsin::WindowWatch;

namespace {

constexpr std::chrono::milliseconds steady = WindowWatch::steady;

/// An X server and a window manager of the test's own, set up before Qt connects to them.
class Desktop
{
public:
    Desktop()
    {
        // It chooses a free display and names it on its standard output.
        m_server.start(QStringLiteral("Xvfb"),
            {"-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"});
        while (!m_server.canReadLine()) {
            if (!m_server.waitForReadyRead())
                qFatal("Xvfb: %s", qPrintable(m_server.errorString()));
        }
        qputenv("DISPLAY", ":" + m_server.readLine().trimmed());
        qputenv("QT_QPA_PLATFORM", "xcb");
        m_manager.start(QStringLiteral("openbox"), {});
        if (!m_manager.waitForStarted())
            qFatal("openbox: %s", qPrintable(m_manager.errorString()));
    }
    ~Desktop()
    {
        for (QProcess *const process : {&m_manager, &m_server}) {
            process->terminate();
            if (!process->waitForFinished())
                process->kill();
        }
    }
    Q_DISABLE_COPY_MOVE(Desktop)

private:
    QProcess m_server;
    QProcess m_manager;
};

/// xdotool, while Qt's events go on.
[[nodiscard]] bool xdotool(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("xdotool"), arguments);
    return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 10'000)
        && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

QString id(const QWindow &window)
{
    return QString::number(window.winId());
}

} // namespace

class WindowWatchX11Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void countsAMinimisedWindowAsHidden();
    void countsAWindowOnAnotherDesktopAsHidden();
    void countsACoveredWindowAsSeen();

private:
    void show(QWindow &window);
};

void WindowWatchX11Test::initTestCase()
{
    // Answered only once the window manager is there.
    QTRY_VERIFY(xdotool({"get_num_desktops"}));
}

void WindowWatchX11Test::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void WindowWatchX11Test::show(QWindow &window)
{
    window.resize(300, 200);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

void WindowWatchX11Test::countsAMinimisedWindowAsHidden()
{
    QWindow window;
    WindowWatch watch;
    watch.setWindow(&window);
    show(window);
    QSignalSpy changes(&watch, &WindowWatch::visibleChanged);

    // A moment's absence is none.
    QVERIFY(xdotool({"windowminimize", id(window)}));
    QTRY_VERIFY(!window.isExposed());
    QVERIFY(watch.isVisible());
    QVERIFY(xdotool({"windowactivate", "--sync", id(window)}));
    QTRY_VERIFY(window.isExposed());

    QElapsedTimer since;
    since.start();
    QVERIFY(xdotool({"windowminimize", id(window)}));
    QTRY_VERIFY_WITH_TIMEOUT(!watch.isVisible(), 3 * int(steady.count()));
    QCOMPARE_GE(since.elapsed(), steady.count() * 9 / 10);
    QCOMPARE(changes.size(), 1);

    since.restart();
    QVERIFY(xdotool({"windowactivate", "--sync", id(window)}));
    QTRY_VERIFY(watch.isVisible());
    QCOMPARE_LT(since.elapsed(), steady.count() / 2);
    QCOMPARE(changes.size(), 2);
}

void WindowWatchX11Test::countsAWindowOnAnotherDesktopAsHidden()
{
    QWindow window;
    WindowWatch watch;
    watch.setWindow(&window);
    show(window);
    QVERIFY(xdotool({"set_num_desktops", "2"}));
    QVERIFY(xdotool({"set_desktop", "1"}));
    QTRY_VERIFY_WITH_TIMEOUT(!watch.isVisible(), 3 * int(steady.count()));
    QVERIFY(xdotool({"set_desktop", "0"}));
    QTRY_VERIFY(watch.isVisible());
}

void WindowWatchX11Test::countsACoveredWindowAsSeen()
{
    QWindow window;
    WindowWatch watch;
    watch.setWindow(&window);
    show(window);
    QSignalSpy changes(&watch, &WindowWatch::visibleChanged);
    QWindow cover;
    cover.setGeometry(0, 0, 800, 600);
    cover.showFullScreen();
    QVERIFY(QTest::qWaitForWindowActive(&cover));
    // A window that is minimised in the same moment says when the time would have been up.
    QWindow other;
    WindowWatch clock;
    clock.setWindow(&other);
    show(other);
    QVERIFY(xdotool({"windowminimize", id(other)}));
    QTRY_VERIFY_WITH_TIMEOUT(!clock.isVisible(), 3 * int(steady.count()));
    QVERIFY(watch.isVisible());
    QCOMPARE(changes.size(), 0);
}

int main(int argc, char **argv)
{
    const Desktop desktop;
    QGuiApplication application(argc, argv);
    WindowWatchX11Test test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_windowwatch_x11.moc"
