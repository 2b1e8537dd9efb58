// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarm.h"
#include "scriptedserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

/// Writes down what it is told; sound itself is tried in tst_speakersound.
class RecordingSound final : public AlarmSound
{
public:
    struct Log {
        QList<std::pair<AlarmTone, double>> played;
        int stops = 0;
        QString fault;
    };
    explicit RecordingSound(Log &log)
        : m_log(log)
    {
    }
    void play(AlarmTone tone, double volume) override { m_log.played.append({tone, volume}); }
    void stop() override { ++m_log.stops; }
    [[nodiscard]] QString fault() const override { return m_log.fault; }

private:
    Log &m_log;
};

/// Likewise; notifications are tried in tst_desktopnotifier.
class RecordingNotifier final : public AlarmNotifier
{
public:
    struct Log {
        QList<std::pair<AlarmCall::Id, AlarmNotice>> shown;
        QList<AlarmCall::Id> closed;
        RecordingNotifier *notifier = nullptr;
    };
    explicit RecordingNotifier(Log &log)
        : m_log(log)
    {
        log.notifier = this;
    }
    void show(AlarmCall::Id id, const AlarmNotice &notice) override
    {
        m_log.shown.append({id, notice});
    }
    void close(AlarmCall::Id id) override { m_log.closed.append(id); }
    [[nodiscard]] QString fault() const override { return {}; }

private:
    Log &m_log;
};

} // namespace

/// From a server to what a person hears and sees.
class AlarmTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void callsOnceForTheListAtTheStart();
    void callsForWhatComes();
    void isSilentOnceSomebodyHasIt();
    void aLesserSoundDoesNotCutOffAWorseOne();
    void aLesserSoundIsHeardWhenTheWorseOneHasEnded();
    void aSoundThatIsCutOffIsInNobodysWay();
    void takesItsNotificationsBackWhenItIsSwitchedOff();
    void whatCameMeanwhileIsOneCall();
    void theListOfTheLastTimeCallsNobody();
    void aLossIsTold();
    void onlyWhatMatchesCalls();
    void aSnoozeSurvivesARestart();
    void opensAndAcknowledgesWhatIsClicked();
    void touchesNothingWhileItIsNotActive();
    void saysWhetherItWouldCall();
    void whatCannotBeHeardOrSeenIsOff_data();
    void whatCannotBeHeardOrSeenIsOff();
    void anotherServerIsAnotherList();

private:
    void start();
    QList<AlarmTone> tones() const;

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<AlarmSettings> m_settings;
    std::unique_ptr<LiveFeed> m_feed;
    std::unique_ptr<Alarm> m_alarm;
    RecordingSound::Log m_sound;
    RecordingNotifier::Log m_notices;
};

void AlarmTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_sound = {};
    m_notices = {};
    m_server = std::make_unique<ScriptedServer>();
    m_settings = std::make_unique<AlarmSettings>();
    m_settings->setFile(m_server->scratchFile(u"alarm.ini"_s));
}

void AlarmTest::cleanup()
{
    m_alarm.reset();
    m_feed.reset();
    m_settings.reset();
    m_server.reset();
}

void AlarmTest::start()
{
    m_alarm.reset();
    m_feed = std::make_unique<LiveFeed>();
    m_alarm = std::make_unique<Alarm>();
    m_alarm->setOutputs(
        std::make_unique<RecordingSound>(m_sound), std::make_unique<RecordingNotifier>(m_notices));
    m_alarm->setFeed(m_feed.get());
    m_alarm->setSettings(m_settings.get());
    m_alarm->setActive(true);
    m_feed->setCacheDirectory(m_server->scratchFile(u"lists"_s));
    m_feed->setTokenFile(m_server->tokenFile());
    m_feed->setRooms({u"account:acme"_s});
    m_feed->setServer(m_server->url());
}

QList<AlarmTone> AlarmTest::tones() const
{
    QList<AlarmTone> tones;
    for (const auto &played : m_sound.played)
        tones.append(played.first);
    return tones;
}

void AlarmTest::callsOnceForTheListAtTheStart()
{
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    m_server->raise(u"b"_s, u"Replica behind"_s, u"warning"_s);
    start();
    QTRY_COMPARE(m_sound.played.size(), 1);
    QCOMPARE(m_sound.played.at(0), std::pair(AlarmTone::Critical, 0.7));
    QCOMPARE(m_notices.shown.size(), 1);
    QCOMPARE(m_notices.shown.at(0).second.title, u"Critical: Disk full"_s);
    QVERIFY(m_notices.shown.at(0).second.body.contains(u"started"));
}

void AlarmTest::callsForWhatComes()
{
    start();
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Certificate"_s, u"info"_s);
    m_server->raise(u"b"_s, u"Replica behind"_s, u"warning"_s);
    QTRY_COMPARE(m_notices.shown.size(), 1);
    QCOMPARE(m_notices.shown.at(0).second.title, u"Warning: Replica behind"_s);
    QCOMPARE(m_notices.shown.at(0).second.body, QString());
    QVERIFY(m_sound.played.isEmpty());
    m_server->raise(u"b"_s, u"Replica gone"_s, u"critical"_s);
    QTRY_COMPARE(m_sound.played.size(), 1);
    QTRY_COMPARE(m_notices.closed, QList{m_notices.shown.at(0).first});
}

void AlarmTest::takesItsNotificationsBackWhenItIsSwitchedOff()
{
    start();
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_notices.shown.size(), 1);
    m_alarm->setActive(false);
    QCOMPARE(m_notices.closed, QList{m_notices.shown.at(0).first});
}

void AlarmTest::isSilentOnceSomebodyHasIt()
{
    start();
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_notices.shown.size(), 1);
    m_sound.stops = 0;
    m_feed->commands()->send({CommandKind::Acknowledge}, {u"a"_s});
    QTRY_COMPARE(m_sound.stops, 1);
    QCOMPARE(m_notices.closed, QList{m_notices.shown.at(0).first});

    m_server->raise(u"b"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_notices.shown.size(), 2);
    m_server->raise(u"b"_s, u"Disk full"_s, u"critical"_s, {{u"assignee"_s, u"bob"_s}});
    QTRY_COMPARE(m_notices.closed.size(), 2);
    m_server->raise(u"c"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_notices.shown.size(), 3);
    m_server->resolve(u"c"_s);
    QTRY_COMPARE(m_notices.closed.size(), 3);
    QCOMPARE(m_sound.stops, 3);
}

void AlarmTest::aLesserSoundDoesNotCutOffAWorseOne()
{
    m_settings->setSoundBits(0b1111);
    start();
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Replica behind"_s, u"warning"_s);
    QTRY_COMPARE(tones(), QList{AlarmTone::Warning});
    m_server->raise(u"b"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(tones(), (QList{AlarmTone::Warning, AlarmTone::Critical}));
    // Shown, and not heard.
    m_server->raise(u"c"_s, u"Replica behind"_s, u"warning"_s);
    QTRY_COMPARE(m_notices.shown.size(), 3);
    QCOMPARE(m_sound.played.size(), 2);
}

void AlarmTest::aLesserSoundIsHeardWhenTheWorseOneHasEnded()
{
    m_settings->setSoundBits(0b1111);
    start();
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_sound.played.size(), 1);
    const MonotonicTime end = monotonicNow() + toneLength(AlarmTone::Critical);
    QTRY_VERIFY(monotonicNow() > end);
    m_server->raise(u"b"_s, u"Replica behind"_s, u"warning"_s);
    QTRY_COMPARE(tones(), (QList{AlarmTone::Critical, AlarmTone::Warning}));
}

void AlarmTest::aSoundThatIsCutOffIsInNobodysWay()
{
    m_settings->setSoundBits(0b1111);
    start();
    QTRY_VERIFY(m_feed->isLive());
    // Nor is one that a person only tries.
    m_alarm->testSound(int(Severity::Critical));
    m_server->raise(u"a"_s, u"Replica behind"_s, u"warning"_s);
    QTRY_COMPARE(tones(), (QList{AlarmTone::Critical, AlarmTone::Warning}));
    m_server->resolve(u"a"_s);
    QTRY_COMPARE(m_notices.closed.size(), 1);
    m_server->raise(u"b"_s, u"Certificate"_s, u"info"_s);
    QTRY_COMPARE(m_sound.played.size(), 3);
    QCOMPARE(tones().last(), AlarmTone::Info);
}

void AlarmTest::whatCameMeanwhileIsOneCall()
{
    m_server->raise(u"known"_s, u"Disk full"_s, u"critical"_s);
    start();
    QTRY_COMPARE(m_notices.shown.size(), 1);
    m_server->goAway();
    QTRY_VERIFY(!m_feed->isLive());
    for (int i = 0; i < 100; ++i)
        m_server->raise(QString::number(i), u"Node %1 down"_s.arg(i), u"warning"_s);
    m_server->raise(u"worst"_s, u"All down"_s, u"critical"_s);
    m_server->comeBack();
    m_feed->connections()->retryNow(0);
    QTRY_COMPARE(m_feed->incidents()->count(), 102);
    QTRY_COMPARE(m_notices.shown.size(), 2);
    const AlarmNotice notice = m_notices.shown.at(1).second;
    QCOMPARE(notice.title, u"101 new incidents since the list was live, worst: critical"_s);
    QVERIFY(notice.body.startsWith(u"Critical: All down\n"));
    QCOMPARE(m_sound.played.size(), 2);
    QVERIFY(m_notices.closed.isEmpty());
}

void AlarmTest::theListOfTheLastTimeCallsNobody()
{
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    start();
    QTRY_COMPARE(m_notices.shown.size(), 1);
    QTRY_VERIFY(m_feed->isSettled());
    m_server->goAway();
    m_alarm.reset();
    m_feed.reset();
    m_notices = {};
    start();
    QTRY_VERIFY(m_feed->isUnconfirmed());
    QTRY_COMPARE(m_feed->incidents()->count(), 1);
    QTRY_COMPARE(m_feed->connections()->status(), ConnectionModel::Status::Reconnecting);
    QVERIFY(m_notices.shown.isEmpty());
    m_server->comeBack();
    m_feed->connections()->retryNow(0);
    QTRY_COMPARE(m_notices.shown.size(), 1);
    QVERIFY(m_notices.shown.at(0).second.body.contains(u"started"));
}

void AlarmTest::aLossIsTold()
{
    m_settings->setLossSeconds(5);
    m_settings->setLossHeard(true);
    start();
    QTRY_VERIFY(m_feed->isLive());
    m_server->goAway();
    QTRY_COMPARE_WITH_TIMEOUT(m_notices.shown.size(), 1, 20'000);
    QVERIFY(m_notices.shown.at(0).second.title.contains(u"not live"));
    QCOMPARE(m_sound.played.size(), 1);
    QCOMPARE(m_sound.played.at(0).first, AlarmTone::Loss);
    m_server->comeBack();
    m_feed->connections()->retryNow(0);
    QTRY_COMPARE(m_notices.closed.size(), 1);
}

void AlarmTest::onlyWhatMatchesCalls()
{
    m_settings->setFilter(u"service:orders"_s);
    start();
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Other"_s, u"critical"_s, {{u"service"_s, u"web"_s}});
    m_server->raise(u"b"_s, u"Mine"_s, u"critical"_s, {{u"service"_s, u"orders"_s}});
    QTRY_COMPARE(m_notices.shown.size(), 1);
    QCOMPARE(m_notices.shown.at(0).second.title, u"Critical: Mine"_s);
    // Who widens the filter sees what is there; what comes then, calls.
    m_settings->setFilter({});
    m_server->raise(u"c"_s, u"New"_s, u"critical"_s, {{u"service"_s, u"web"_s}});
    QTRY_COMPARE(m_notices.shown.size(), 2);
    QCOMPARE(m_notices.shown.at(1).second.title, u"Critical: New"_s);
}

void AlarmTest::aSnoozeSurvivesARestart()
{
    start();
    QVERIFY(!m_alarm->isSnoozed());
    m_alarm->snooze(0);
    QVERIFY(m_alarm->isSnoozed());
    QVERIFY(!m_alarm->snoozeEndText().isEmpty());
    m_alarm.reset();
    m_settings = std::make_unique<AlarmSettings>();
    m_settings->setFile(m_server->scratchFile(u"alarm.ini"_s));
    start();
    QVERIFY(m_alarm->isSnoozed());
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    m_server->raise(u"b"_s, u"Disk full"_s, u"critical"_s);
    // The screen hides nothing.
    QTRY_COMPARE(m_feed->incidents()->count(), 2);
    QVERIFY(m_notices.shown.isEmpty());
    m_alarm->endSnooze();
    QVERIFY(!m_alarm->isSnoozed());
    QTRY_COMPARE(m_notices.shown.size(), 1);
    QVERIFY(m_notices.shown.at(0).second.title.contains(u"snoozed"));

    // One that ends by itself.
    m_settings->setSnoozedUntil(QDateTime::currentDateTime().addMSecs(1'500));
    QVERIFY(m_alarm->isSnoozed());
    QTRY_VERIFY(!m_alarm->isSnoozed());
}

void AlarmTest::opensAndAcknowledgesWhatIsClicked()
{
    start();
    QTRY_VERIFY(m_feed->isLive());
    QSignalSpy shown(m_alarm.get(), &Alarm::showRequested);
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_notices.shown.size(), 1);
    QCOMPARE(m_notices.shown.at(0).second.offer, AlarmNotice::Offer::Acknowledge);
    const AlarmCall::Id id = m_notices.shown.at(0).first;
    Q_EMIT m_notices.notifier->activated(id, {});
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.at(0).at(0).toString(), u"a"_s);
    Q_EMIT m_notices.notifier->acknowledgeRequested(id);
    QTRY_COMPARE(m_server->commands().size(), 1);
    QTRY_COMPARE(m_notices.closed, QList{id});

    // Who may not, is not offered to.
    m_server->setProperty("role", u"viewer"_s);
    m_server->goAway();
    QTRY_VERIFY(!m_feed->isLive());
    m_server->comeBack();
    m_feed->connections()->retryNow(0);
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"b"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_notices.shown.size(), 2);
    QCOMPARE(m_notices.shown.at(1).second.offer, AlarmNotice::Offer::None);
}

void AlarmTest::touchesNothingWhileItIsNotActive()
{
    start();
    m_alarm->setActive(false);
    QTRY_VERIFY(m_feed->isLive());
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    QTRY_COMPARE(m_feed->incidents()->count(), 1);
    m_alarm->testSound(0);
    QVERIFY(m_notices.shown.isEmpty() && m_sound.played.isEmpty());
    m_alarm->setActive(true);
    m_alarm->testSound(int(Severity::Warning));
    QCOMPARE(m_sound.played.size(), 1);
    QCOMPARE(m_sound.played.at(0).first, AlarmTone::Warning);
}

void AlarmTest::saysWhetherItWouldCall()
{
    m_sound.fault = u"No sound: no audio output was found."_s;
    start();
    QCOMPARE(m_alarm->state(), Alarm::State::Faulty);
    QCOMPARE(m_alarm->summary(), m_sound.fault);
    QCOMPARE(m_alarm->soundFault(), m_sound.fault);
    QCOMPARE(m_alarm->label(), u"No sound"_s);
    m_settings->setNotificationsOn(false);
    QCOMPARE(m_alarm->label(), u"Cannot call"_s);
    m_settings->setNotificationsOn(true);
    // Who wants no sound misses none.
    const QSignalSpy changed(m_alarm.get(), &Alarm::stateChanged);
    m_settings->setSoundOn(false);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(m_alarm->state(), Alarm::State::Ready);
    QCOMPARE(m_alarm->soundFault(), QString());
    QCOMPARE(m_alarm->label(), QString());
    m_alarm->snooze(1);
    QCOMPARE(m_alarm->state(), Alarm::State::Snoozed);
    QVERIFY(m_alarm->summary().contains(m_alarm->snoozeEndText()));
    m_settings->setNotificationsOn(false);
    QCOMPARE(m_alarm->state(), Alarm::State::Off);
    const QDateTime evening(QDate(2026, 3, 10), QTime(22, 0));
    QVERIFY(m_alarm->endOf(2, evening).startsWith(u"tomorrow "));
    QVERIFY(!m_alarm->endOf(1, evening).startsWith(u"tomorrow "));
}

void AlarmTest::whatCannotBeHeardOrSeenIsOff_data()
{
    QTest::addColumn<int>("volume");
    QTest::addColumn<int>("soundBits");
    QTest::addColumn<int>("notificationBits");
    QTest::addColumn<Alarm::State>("state");
    QTest::addColumn<QString>("summary");
    using State = Alarm::State;
    QTest::newRow("all") << 70 << 1 << 1 << State::Ready << u"Sound and notifications are on."_s;
    QTest::newRow("no volume") << 0 << 1 << 1 << State::Ready
                               << u"Notifications are on, sound is off."_s;
    QTest::newRow("no severity is heard")
        << 70 << 0 << 1 << State::Ready << u"Notifications are on, sound is off."_s;
    QTest::newRow("no severity is shown")
        << 70 << 1 << 0 << State::Ready << u"Sound is on, notifications are off."_s;
    QTest::newRow("no severity") << 70 << 0 << 0 << State::Off
                                 << u"Sound and notifications are off."_s;
    QTest::newRow("neither volume nor severity")
        << 0 << 1 << 0 << State::Off << u"Sound and notifications are off."_s;
}

void AlarmTest::whatCannotBeHeardOrSeenIsOff()
{
    QFETCH(const int, volume);
    QFETCH(const int, soundBits);
    QFETCH(const int, notificationBits);
    QFETCH(const Alarm::State, state);
    QFETCH(const QString, summary);
    start();
    const QSignalSpy changed(m_alarm.get(), &Alarm::stateChanged);
    m_settings->setSoundBits(soundBits);
    m_settings->setNotificationBits(notificationBits);
    m_settings->setVolume(volume);
    QCOMPARE(m_alarm->state(), state);
    QCOMPARE(m_alarm->summary(), summary);
    QVERIFY(!changed.isEmpty());
    // And what is not wanted is not missed.
    m_sound.fault = u"No sound: no audio output was found."_s;
    QCOMPARE(m_alarm->soundFault().isEmpty(), volume == 0 || soundBits == 0);
}

void AlarmTest::anotherServerIsAnotherList()
{
    m_server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
    start();
    QTRY_COMPARE(m_notices.shown.size(), 1);
    ScriptedServer other;
    other.raise(u"x"_s, u"Other disk"_s, u"critical"_s);
    other.raise(u"y"_s, u"Other replica"_s, u"warning"_s);
    m_feed->setServer(other.url());
    QTRY_COMPARE(m_notices.shown.size(), 2);
    QCOMPARE(m_notices.closed, QList{m_notices.shown.at(0).first});
    QVERIFY(m_notices.shown.at(1).second.body.contains(u"started"));
}

QTEST_MAIN(AlarmTest)
#include "tst_alarm.moc"
