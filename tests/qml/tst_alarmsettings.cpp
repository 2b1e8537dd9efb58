// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmsettings.h"

#include <QDir>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class AlarmSettingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_directory = std::make_unique<QTemporaryDir>();
        m_settings = fresh();
    }

    void areTheUsualRulesAtFirst()
    {
        QCOMPARE(m_settings->rules(), AlarmRules());
        QCOMPARE(m_settings->volume(), 70);
        QVERIFY(m_settings->isTrayOn());
        QVERIFY(m_settings->parsedFilter().isEmpty());
        QVERIFY(!m_settings->snoozedUntil().isValid());
    }

    void surviveARestart()
    {
        const QDateTime until = QDateTime::currentDateTime().addSecs(900);
        m_settings->setSoundBits(0b0011);
        m_settings->setNotificationBits(0b1000);
        m_settings->setVolume(250);
        m_settings->setRepeatSeconds(30);
        m_settings->setLossSeconds(300);
        m_settings->setLossHeard(true);
        m_settings->setTrayOn(false);
        m_settings->setFilter(u"service:orders"_s);
        m_settings->setSnoozedUntil(until);
        const auto other = fresh();
        QCOMPARE(other->volume(), 100);
        QCOMPARE(other->filter(), u"service:orders"_s);
        QVERIFY(!other->parsedFilter().isEmpty());
        QCOMPARE(other->snoozedUntil(), until);
        QVERIFY(!other->isTrayOn());
        const AlarmRules rules = other->rules();
        QCOMPARE(rules, m_settings->rules());
        QCOMPARE(rules.of(Severity::Critical), AlarmMeansSet(AlarmMeans::Sound));
        QCOMPARE(rules.of(Severity::Warning), AlarmMeansSet(AlarmMeans::Sound));
        QCOMPARE(rules.of(Severity::Unknown), AlarmMeansSet());
        QCOMPARE(rules.of(Severity::Info), AlarmMeansSet(AlarmMeans::Notification));
        QCOMPARE(rules.repeatEvery, 30s);
        QCOMPARE(rules.lossPatience, 300s);
        QCOMPARE(rules.lossMeans, AlarmMeans::Notification | AlarmMeans::Sound);
    }

    void offIsOff()
    {
        m_settings->setSoundOn(false);
        m_settings->setNotificationsOn(false);
        const AlarmRules rules = m_settings->rules();
        for (const AlarmMeansSet means : rules.means)
            QVERIFY(!means);
        QVERIFY(!rules.lossMeans);
        // And comes back as it was.
        m_settings->setSoundOn(true);
        m_settings->setNotificationsOn(true);
        QCOMPARE(m_settings->rules(), AlarmRules());
    }

    void aWallIsHeardAndShowsNoNotifications()
    {
        const QSignalSpy changed(m_settings.get(), &AlarmSettings::notificationsChanged);
        m_settings->setKiosk(true);
        QCOMPARE(changed.size(), 1);
        QVERIFY(!m_settings->isNotificationsOn());
        QVERIFY(!m_settings->isTrayOn());
        QVERIFY(m_settings->isSoundOn());
        QCOMPARE(m_settings->rules().of(Severity::Critical), AlarmMeansSet(AlarmMeans::Sound));
        // Unless somebody wants them.
        m_settings->setNotificationsOn(true);
        const auto other = fresh();
        other->setKiosk(true);
        QVERIFY(other->isNotificationsOn());
    }

    void aWrongFilterHidesNothing()
    {
        m_settings->setFilter(u"service:"_s);
        QVERIFY(!m_settings->errorOf(m_settings->filter()).isEmpty());
        QVERIFY(m_settings->parsedFilter().isEmpty());
        m_settings->setFilter(u"service:x"_s);
        QCOMPARE(m_settings->errorOf(m_settings->filter()), QString());
        QVERIFY(!m_settings->parsedFilter().isEmpty());
        // One that is still being typed.
        QVERIFY(!m_settings->errorOf(u"service:"_s).isEmpty());
        QVERIFY(!m_settings->parsedFilter().isEmpty());
    }

    void nonsenseIsAsIfNothingWereKept()
    {
        {
            QSettings file(m_directory->filePath(u"alarm.ini"_s), QSettings::IniFormat);
            file.beginGroup(u"alarm"_s);
            file.setValue(u"volume"_s, u"loud"_s);
            file.setValue(u"lossSeconds"_s, 0);
            file.setValue(u"soundSeverities"_s, -7);
            file.setValue(u"repeatSeconds"_s, 1'000'000);
            file.setValue(u"snoozedUntil"_s, u"for ever"_s);
        }
        const auto other = fresh();
        QCOMPARE(other->rules(), AlarmRules());
        QCOMPARE(other->volume(), 70);
        QVERIFY(!other->snoozedUntil().isValid());
    }

    void saysWhereTheyCannotBeWritten()
    {
        const QString file = m_directory->filePath(u"alarm.ini"_s);
        QVERIFY(QDir().mkpath(file));
        QSignalSpy problems(m_settings.get(), &AlarmSettings::problemChanged);
        m_settings->setVolume(30);
        QVERIFY(m_settings->problem().contains(file));
        QCOMPARE(problems.size(), 1);
        m_settings->setFilter(u"service:x"_s);
        QCOMPARE(problems.size(), 1);
        // It is so for this run.
        QCOMPARE(m_settings->volume(), 30);
        QVERIFY(QDir().rmdir(file));
        m_settings->setVolume(40);
        QCOMPARE(m_settings->problem(), QString());
        QCOMPARE(problems.size(), 2);
        QCOMPARE(fresh()->volume(), 40);
    }

    void saysOnlyRealChanges()
    {
        const QSignalSpy changed(m_settings.get(), &AlarmSettings::volumeChanged);
        m_settings->setVolume(70);
        QCOMPARE(changed.size(), 0);
        m_settings->setVolume(30);
        m_settings->setVolume(30);
        QCOMPARE(changed.size(), 1);
    }

private:
    std::unique_ptr<AlarmSettings> fresh() const
    {
        auto settings = std::make_unique<AlarmSettings>();
        settings->setFile(m_directory->filePath(u"alarm.ini"_s));
        return settings;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<AlarmSettings> m_settings;
};

QTEST_GUILESS_MAIN(AlarmSettingsTest)
#include "tst_alarmsettings.moc"
