// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarm.h"
#include "qml/windowwatch.h"
#include "scriptedserver.h"

#include <QQuickWindow>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

struct CountingSound final : AlarmSound {
    explicit CountingSound(int &played)
        : m_played(played)
    {
    }
    void play(AlarmTone, double) override { ++m_played; }
    void stop() override { }
    [[nodiscard]] QString fault() const override { return {}; }

private:
    int &m_played;
};

struct SilentNotifier final : AlarmNotifier {
    void show(AlarmCall::Id, const AlarmNotice &) override { }
    void close(AlarmCall::Id) override { }
    [[nodiscard]] QString fault() const override { return {}; }
};

} // namespace

/// A window that is minimised, or on another desktop, when the connection is lost.
class HiddenWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whoIsCalledIsCalledAllTheSame();

private:
    static void start(LiveFeed &feed, ScriptedServer &server, QQuickWindow &window)
    {
        feed.setWindow(&window);
        feed.setTokenFile(server.tokenFile());
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
    }
};

void HiddenWindowTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void HiddenWindowTest::whoIsCalledIsCalledAllTheSame()
{
    ScriptedServer server;
    QQuickWindow window;
    window.resize(300, 200);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    AlarmSettings settings;
    settings.setFile(server.scratchFile(u"alarm.ini"_s));
    int played = 0;
    LiveFeed looked;
    LiveFeed heard;
    Alarm alarm;
    alarm.setOutputs(std::make_unique<CountingSound>(played), std::make_unique<SilentNotifier>());
    alarm.setFeed(&heard);
    alarm.setSettings(&settings);
    alarm.setActive(true);
    start(looked, server, window);
    start(heard, server, window);
    QTRY_VERIFY(looked.isSettled() && heard.isSettled());
    // The last to see it hidden.
    WindowWatch watch;
    watch.setWindow(&window);

    window.hide();
    QTRY_VERIFY_WITH_TIMEOUT(!watch.isVisible(), 30'000);
    server.goAway();
    QTRY_VERIFY(!looked.isLive() && !heard.isLive());
    server.comeBack();
    server.raise(u"a"_s, u"All down"_s, u"critical"_s);
    QTRY_COMPARE_WITH_TIMEOUT(played, 1, 30'000);
    QVERIFY(heard.isLive());
    // Nobody is called about this one, and nobody sees it.
    QVERIFY(!looked.isLive());

    Alarm another;
    another.setOutputs(std::make_unique<CountingSound>(played), std::make_unique<SilentNotifier>());
    another.setFeed(&looked);
    another.setSettings(&settings);
    another.setActive(true);
    QTRY_VERIFY_WITH_TIMEOUT(looked.isLive(), 30'000);
}

QTEST_MAIN(HiddenWindowTest)
#include "tst_hiddenwindow.moc"
