// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/preferences.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

class PreferencesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isOneWithItsTable();
    void keepsWhatIsSetForTheNextStart();
    void refusesWhatMayNotBe_data();
    void refusesWhatMayNotBe();
    void hidesWhatTheProgramCannotDo();
    void findsByWords_data();
    void findsByWords();
    void resetsToWhatIsUsual();
    void isOverriddenForOneRun();
    void passesOverWhatIsNoValue();
    void goesToAnotherComputer();
    void bringsAServerThatIsHereUpToDate();
    void takesFiltersAndWhatCallsAlong();
    void addsFiltersToThoseThatAreHere();
    void leavesWhatTheFileDoesNotSay();
    void exportsNothingThatItWouldRefuse();
    void takesNoMoreFiltersThanItMay();
    void leavesOtherFilesAlone();
    void takesAllOfAFileOrNothing_data();
    void takesAllOfAFileOrNothing();
    void saysWhichFileItCannotUse();
    void saysThatNothingIsKept();
    void isDocumented();

private:
    std::unique_ptr<Preferences> open(const QString &name = u"settings.ini"_s)
    {
        auto preferences = std::make_unique<Preferences>();
        preferences->setFile(file(name));
        preferences->offer(u"autostart"_s);
        return preferences;
    }
    std::unique_ptr<SavedFilters> openFilters(const QString &name = u"settings.ini"_s) const
    {
        auto filters = std::make_unique<SavedFilters>();
        filters->setFile(file(name));
        return filters;
    }
    std::unique_ptr<AlarmSettings> openAlarm(const QString &name = u"settings.ini"_s) const
    {
        auto alarm = std::make_unique<AlarmSettings>();
        alarm->setFile(file(name));
        return alarm;
    }
    /// As `name=filter`.
    static QStringList namesAndFilters(const SavedFilters &filters)
    {
        QStringList all;
        for (int row = 0; row < filters.rowCount(); ++row) {
            const QModelIndex index = filters.index(row);
            all.append(index.data(SavedFilters::NameRole).toString() + u'='
                + index.data(SavedFilters::FilterRole).toString());
        }
        return all;
    }
    QString file(const QString &name) const { return m_directory->filePath(name); }
    QByteArray content(const QString &name) const
    {
        QFile opened(file(name));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile opened(file(name));
        QVERIFY(opened.open(QIODevice::WriteOnly));
        QCOMPARE(opened.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void PreferencesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
}

void PreferencesTest::isOneWithItsTable()
{
    const auto preferences = open();
    const QAbstractItemModelTester tester(
        preferences.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(preferences->rowCount(), int(preferenceTable().size()));
    QSet<QString> keys;
    for (int row = 0; row < preferences->rowCount(); ++row) {
        const auto index = preferences->index(row);
        const QString key = index.data(Preferences::KeyRole).toString();
        keys.insert(key);
        QVERIFY(!index.data(Preferences::TitleRole).toString().isEmpty());
        QVERIFY(!index.data(Preferences::ExplanationRole).toString().isEmpty());
        QVERIFY(!index.data(Preferences::ChangedRole).toBool());
        // What is usual may be set.
        QVERIFY(preferences->set(key, preferenceOf(key)->usual));
        if (index.data(Preferences::KindRole).toInt() == Preferences::Choice)
            QVERIFY(index.data(Preferences::ChosenRole).toInt() >= 0);
    }
    QCOMPARE(keys.size(), preferences->rowCount());
    QVERIFY(preferences->isUsual());
}

void PreferencesTest::keepsWhatIsSetForTheNextStart()
{
    {
        const auto preferences = open();
        QSignalSpy values(preferences.get(), &Preferences::valuesChanged);
        QSignalSpy rows(preferences.get(), &QAbstractItemModel::dataChanged);
        QVERIFY(preferences->choose(u"theme"_s, 1));
        QVERIFY(preferences->set(u"textSize"_s, 150));
        QVERIFY(preferences->set(u"keepLists"_s, false));
        QVERIFY(preferences->set(u"reducedMotion"_s, u"on"_s));
        QVERIFY(preferences->set(u"ownGateway"_s, false));
        QCOMPARE(values.size(), 5);
        QCOMPARE(rows.size(), 5);
        QVERIFY(preferences->set(u"theme"_s, u"dark"_s));
        QCOMPARE(values.size(), 5);
    }
    const auto preferences = open();
    QCOMPARE(preferences->theme(), u"dark"_s);
    QCOMPARE(preferences->textPercent(), 150);
    QCOMPARE(preferences->keepsLists(), false);
    QCOMPARE(preferences->reducedMotion(), u"on"_s);
    QCOMPARE(preferences->ownGateway(), false);
    QVERIFY(!preferences->isUsual());
}

void PreferencesTest::refusesWhatMayNotBe_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    QTest::newRow("no such setting") << u"volume"_s << QVariant(3);
    QTest::newRow("no such choice") << u"theme"_s << QVariant(u"pink"_s);
    QTest::newRow("too small") << u"textSize"_s << QVariant(79);
    QTest::newRow("too large") << u"textSize"_s << QVariant(301);
    QTest::newRow("no number") << u"textSize"_s << QVariant(u"big"_s);
    QTest::newRow("no whole number") << u"textSize"_s << QVariant(100.5);
    QTest::newRow("neither on nor off") << u"keepLists"_s << QVariant(u"perhaps"_s);
    QTest::newRow("a number for a switch") << u"keepLists"_s << QVariant(2);
}

void PreferencesTest::refusesWhatMayNotBe()
{
    QFETCH(QString, key);
    QFETCH(QVariant, value);
    const auto preferences = open();
    QSignalSpy values(preferences.get(), &Preferences::valuesChanged);
    QVERIFY(!preferences->set(key, value));
    QVERIFY(!preferences->choose(u"theme"_s, 3));
    QVERIFY(!preferences->choose(u"theme"_s, -1));
    QCOMPARE(values.size(), 0);
    QVERIFY(preferences->isUsual());
}

void PreferencesTest::findsByWords_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QStringList>("keys");
    QTest::newRow("the name") << u"colours"_s << QStringList{u"theme"_s, u"colorVision"_s};
    QTest::newRow("a choice") << u"DARK"_s << QStringList{u"theme"_s};
    QTest::newRow("several names for it") << u"colour-blind"_s << QStringList{u"colorVision"_s};
    QTest::newRow("another word") << u"cache"_s << QStringList{u"keepLists"_s};
    QTest::newRow("part of a word") << u"anim"_s << QStringList{u"reducedMotion"_s};
    QTest::newRow("every word must be there") << u"desktop dark"_s << QStringList{u"theme"_s};
    QTest::newRow("several") << u"desktop"_s
                             << QStringList{
                                    u"theme"_s, u"contrast"_s, u"reducedMotion"_s, u"autostart"_s};
    QTest::newRow("none") << u"xyzzy"_s << QStringList{};
}

void PreferencesTest::findsByWords()
{
    QFETCH(QString, search);
    QFETCH(QStringList, keys);
    const auto preferences = open();
    preferences->setSearch(search);
    QStringList found;
    for (int row = 0; row < preferences->rowCount(); ++row)
        found.append(preferences->index(row).data(Preferences::KeyRole).toString());
    QCOMPARE(found, keys);
    preferences->setSearch(QString());
    QCOMPARE(preferences->rowCount(), int(preferenceTable().size()));
}

void PreferencesTest::hidesWhatTheProgramCannotDo()
{
    Preferences preferences;
    preferences.setFile(file(u"settings.ini"_s));
    const auto isThere = [&] {
        for (int row = 0; row < preferences.rowCount(); ++row) {
            if (preferences.index(row).data(Preferences::KeyRole) == u"autostart"_s)
                return true;
        }
        return false;
    };
    QVERIFY(!isThere());
    preferences.setSearch(u"log in"_s);
    QVERIFY(!isThere());
    preferences.offer(u"autostart"_s);
    QVERIFY(isThere());
}

void PreferencesTest::resetsToWhatIsUsual()
{
    const auto preferences = open();
    QVERIFY(preferences->set(u"theme"_s, u"light"_s));
    QVERIFY(preferences->set(u"textSize"_s, 200));
    preferences->reset(u"theme"_s);
    QCOMPARE(preferences->theme(), u"system"_s);
    QCOMPARE(preferences->textPercent(), 200);
    preferences->resetAll();
    QVERIFY(preferences->isUsual());
    QVERIFY(open()->isUsual());
}

void PreferencesTest::isOverriddenForOneRun()
{
    {
        const auto preferences = open();
        QVERIFY(preferences->set(u"theme"_s, u"light"_s));
        preferences->override(u"theme"_s, u"dark"_s);
        preferences->override(u"textSize"_s, 999);
        QCOMPARE(preferences->theme(), u"dark"_s);
        QCOMPARE(preferences->textPercent(), 100);
    }
    const auto preferences = open();
    QCOMPARE(preferences->theme(), u"light"_s);
    preferences->override(u"theme"_s, u"dark"_s);
    QVERIFY(preferences->set(u"theme"_s, u"system"_s));
    QCOMPARE(preferences->theme(), u"system"_s);
}

void PreferencesTest::passesOverWhatIsNoValue()
{
    write(u"settings.ini"_s, "[preferences]\ntheme=pink\ntextSize=many\nkeepLists=false\n");
    const auto preferences = open();
    QCOMPARE(preferences->theme(), u"system"_s);
    QCOMPARE(preferences->textPercent(), 100);
    QCOMPARE(preferences->keepsLists(), false);
}

void PreferencesTest::goesToAnotherComputer()
{
    {
        ServerBook book;
        book.setFile(file(u"here.ini"_s));
        book.setTokenDirectory(file(u"tokens"_s));
        const auto saved = book.save({.name = u"Ops"_s,
                                         .address = QUrl(u"wss://ops.example.com/ws"_s),
                                         .alternatives = {QUrl(u"wss://ops-2.example.com/ws"_s)},
                                         .rooms = {u"account:a"_s, u"account:b"_s},
                                         .tokenPlace = int(ServerBook::TokenPlace::OwnFile)},
            u"hunter2"_s);
        QTRY_VERIFY(saved.isFinished());
        QVERIFY(saved.result());
        const auto preferences = open(u"here.ini"_s);
        preferences->setServers(&book);
        QVERIFY(preferences->set(u"textSize"_s, 250));
        QSignalSpy told(preferences.get(), &Preferences::told);
        preferences->exportTo(file(u"out.json"_s));
        QCOMPARE(told.size(), 1);
        QVERIFY2(told[0][1].toBool(), qPrintable(told[0][0].toString()));
        // Once more, over the one that is there.
        preferences->exportTo(file(u"out.json"_s));
        QVERIFY(told[1][1].toBool());
    }
    const QByteArray json = content(u"out.json"_s);
    QVERIFY(json.contains("ops.example.com"));
    QVERIFY(!json.contains("hunter2"));
    QVERIFY(!json.contains("token"));

    ServerBook book;
    book.setFile(file(u"there.ini"_s));
    const auto preferences = open(u"there.ini"_s);
    preferences->setServers(&book);
    QSignalSpy told(preferences.get(), &Preferences::told);
    preferences->importFrom(file(u"out.json"_s));
    QVERIFY2(told[0][1].toBool(), qPrintable(told[0][0].toString()));
    QCOMPARE(preferences->textPercent(), 250);
    QCOMPARE(book.rowCount(), 1);
    QCOMPARE(book.all().front().name, u"Ops"_s);
    QCOMPARE(book.all().front().alternatives, QList<QUrl>{QUrl(u"wss://ops-2.example.com/ws"_s)});
    QCOMPARE(book.all().front().rooms, (QStringList{u"account:a"_s, u"account:b"_s}));
    // A server that is there already is not there twice.
    preferences->importFrom(file(u"out.json"_s));
    QVERIFY(told[1][1].toBool());
    QCOMPARE(book.rowCount(), 1);
    QCOMPARE(open(u"there.ini"_s)->textPercent(), 250);
}

void PreferencesTest::bringsAServerThatIsHereUpToDate()
{
    const QByteArray json = R"({"format":"tocsin-settings","version":1,"servers":[{)"
                            R"("address":"wss://ops.example.com/ws","rooms":["account:a"])";
    write(u"full.json"_s,
        json + R"(,"name":"Ops","shown":false,"alternatives":["wss://ops-2.example.com/ws"]}]})");
    write(u"short.json"_s, json + "}]}");
    ServerBook book;
    book.setFile(file(u"settings.ini"_s));
    book.setTokenDirectory(file(u"tokens"_s));
    const auto saved = book.save({.name = u"Old"_s,
                                     .address = QUrl(u"wss://ops.example.com/ws"_s),
                                     .rooms = {u"account:a"_s},
                                     .tokenPlace = int(ServerBook::TokenPlace::OwnFile)},
        u"hunter2"_s);
    QTRY_VERIFY(saved.isFinished());
    const SavedServer before = book.all().front();
    const auto preferences = open();
    preferences->setServers(&book);
    preferences->importFrom(file(u"full.json"_s));
    QCOMPARE(book.rowCount(), 1);
    SavedServer expected = before;
    expected.name = u"Ops"_s;
    expected.alternatives = {QUrl(u"wss://ops-2.example.com/ws"_s)};
    expected.shown = false;
    QVERIFY(book.all().front() == expected);
    const auto token = book.token(before.id);
    QTRY_VERIFY(token.isFinished());
    QCOMPARE(token.result().value_or(QString()), u"hunter2"_s);
    // Of what is not in the file nothing is taken.
    preferences->importFrom(file(u"short.json"_s));
    QVERIFY(book.all().front() == expected);
}

void PreferencesTest::takesFiltersAndWhatCallsAlong()
{
    const QDateTime until = QDateTime::currentDateTime().addSecs(900);
    {
        const auto filters = openFilters(u"here.ini"_s);
        filters->save(u"mine"_s, u"severity:critical"_s);
        filters->save(u"shop"_s, u"service:shop \"disk full\""_s);
        const auto alarm = openAlarm(u"here.ini"_s);
        alarm->setSoundOn(false);
        alarm->setSoundBits(0b1001);
        alarm->setVolume(30);
        alarm->setRepeatSeconds(60);
        alarm->setNotificationsOn(false);
        alarm->setNotificationBits(0);
        alarm->setLossSeconds(300);
        alarm->setLossHeard(true);
        alarm->setTrayOn(false);
        alarm->setFilter(u"service:orders"_s);
        alarm->setSnoozedUntil(until);
        const auto preferences = open(u"here.ini"_s);
        preferences->setSavedFilters(filters.get());
        preferences->setAlarmSettings(alarm.get());
        QSignalSpy told(preferences.get(), &Preferences::told);
        preferences->exportTo(file(u"out.json"_s));
        QVERIFY2(told[0][1].toBool(), qPrintable(told[0][0].toString()));
    }
    QVERIFY(content(u"out.json"_s).contains("\"critical\""));
    QVERIFY(!content(u"out.json"_s).contains("snooze"));
    {
        const auto filters = openFilters(u"there.ini"_s);
        const auto alarm = openAlarm(u"there.ini"_s);
        const auto preferences = open(u"there.ini"_s);
        preferences->setSavedFilters(filters.get());
        preferences->setAlarmSettings(alarm.get());
        QSignalSpy told(preferences.get(), &Preferences::told);
        preferences->importFrom(file(u"out.json"_s));
        QVERIFY2(told[0][1].toBool(), qPrintable(told[0][0].toString()));
    }
    QCOMPARE(namesAndFilters(*openFilters(u"there.ini"_s)),
        namesAndFilters(*openFilters(u"here.ini"_s)));
    QCOMPARE(openFilters(u"there.ini"_s)->rowCount(), 2);
    const auto here = openAlarm(u"here.ini"_s);
    const auto there = openAlarm(u"there.ini"_s);
    QCOMPARE(there->rules(), here->rules());
    QCOMPARE(there->isSoundOn(), false);
    QCOMPARE(there->soundBits(), 0b1001);
    QCOMPARE(there->volume(), 30);
    QCOMPARE(there->isNotificationsOn(), false);
    QCOMPARE(there->notificationBits(), 0);
    QCOMPARE(there->isLossHeard(), true);
    QCOMPARE(there->isTrayOn(), false);
    QCOMPARE(there->filter(), u"service:orders"_s);
    QVERIFY(!there->snoozedUntil().isValid());
}

void PreferencesTest::addsFiltersToThoseThatAreHere()
{
    write(u"in.json"_s,
        R"({"format":"tocsin-settings","version":1,"filters":[)"
        R"({"name":" both ","filter":"severity:critical"},{"name":"new","filter":"service:shop"}]})");
    const auto filters = openFilters();
    filters->save(u"both"_s, u"severity:info"_s);
    filters->save(u"old"_s, u"service:db"_s);
    const QAbstractItemModelTester tester(
        filters.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto preferences = open();
    preferences->setSavedFilters(filters.get());
    // What another window has saved meanwhile is not lost either.
    openFilters()->save(u"other"_s, u"service:web"_s);
    preferences->importFrom(file(u"in.json"_s));
    const QStringList expected{u"both=severity:critical"_s, u"old=service:db"_s,
        u"other=service:web"_s, u"new=service:shop"_s};
    QCOMPARE(namesAndFilters(*filters), expected);
    QCOMPARE(namesAndFilters(*openFilters()), expected);
}

/// As of an older program, which had neither of both in its files.
void PreferencesTest::leavesWhatTheFileDoesNotSay()
{
    write(u"old.json"_s,
        R"({"format":"tocsin-settings","version":1,"preferences":{"textSize":200},"servers":[]})");
    write(u"some.json"_s, R"({"format":"tocsin-settings","version":1,"alarm":{"volume":20}})");
    const auto filters = openFilters();
    filters->save(u"mine"_s, u"severity:critical"_s);
    const auto alarm = openAlarm();
    alarm->setVolume(30);
    alarm->setFilter(u"service:orders"_s);
    alarm->setTrayOn(false);
    const auto preferences = open();
    preferences->setSavedFilters(filters.get());
    preferences->setAlarmSettings(alarm.get());
    QSignalSpy told(preferences.get(), &Preferences::told);
    preferences->importFrom(file(u"old.json"_s));
    QVERIFY2(told[0][1].toBool(), qPrintable(told[0][0].toString()));
    QCOMPARE(preferences->textPercent(), 200);
    QCOMPARE(namesAndFilters(*openFilters()), QStringList{u"mine=severity:critical"_s});
    QCOMPARE(openAlarm()->volume(), 30);
    QCOMPARE(openAlarm()->filter(), u"service:orders"_s);
    preferences->importFrom(file(u"some.json"_s));
    QVERIFY2(told[1][1].toBool(), qPrintable(told[1][0].toString()));
    QCOMPARE(openAlarm()->volume(), 20);
    QCOMPARE(openAlarm()->filter(), u"service:orders"_s);
    QCOMPARE(openAlarm()->isTrayOn(), false);
    QCOMPARE(namesAndFilters(*openFilters()), QStringList{u"mine=severity:critical"_s});
}

void PreferencesTest::exportsNothingThatItWouldRefuse()
{
    write(u"settings.ini"_s,
        "[filters]\nsize=2\n1\\name=broken\n1\\filter=severity:(\n2\\name=good\n"
        "2\\filter=severity:info\n");
    const auto filters = openFilters();
    QCOMPARE(filters->rowCount(), 2);
    const auto alarm = openAlarm();
    alarm->setFilter(u"service:"_s);
    const auto preferences = open();
    preferences->setSavedFilters(filters.get());
    preferences->setAlarmSettings(alarm.get());
    QSignalSpy told(preferences.get(), &Preferences::told);
    preferences->exportTo(file(u"out.json"_s));
    QVERIFY(told[0][1].toBool());
    const QJsonObject object = QJsonDocument::fromJson(content(u"out.json"_s)).object();
    QCOMPARE(object[u"filters"_s].toArray().size(), 1);
    QVERIFY(!object[u"alarm"_s].toObject().contains(u"filter"_s));
    // Nor what nobody has chosen: a wall and a desktop have it in their ways.
    QVERIFY(!object[u"alarm"_s].toObject().contains(u"tray"_s));
    preferences->importFrom(file(u"out.json"_s));
    QVERIFY2(told[1][1].toBool(), qPrintable(told[1][0].toString()));
    QCOMPARE(alarm->filter(), u"service:"_s);
    QCOMPARE(filters->rowCount(), 2);
}

void PreferencesTest::takesNoMoreFiltersThanItMay()
{
    QJsonArray many;
    for (int i = 0; i < SavedFilters::most; ++i)
        many.append(QJsonObject{{u"name"_s, QString::number(i)}, {u"filter"_s, u"service:shop"_s}});
    write(u"in.json"_s,
        QJsonDocument(QJsonObject{{u"format"_s, u"tocsin-settings"_s}, {u"version"_s, 1},
                          {u"filters"_s, many}})
            .toJson());
    const auto filters = openFilters();
    filters->save(u"mine"_s, u"severity:critical"_s);
    const auto preferences = open();
    preferences->setSavedFilters(filters.get());
    QSignalSpy told(preferences.get(), &Preferences::told);
    preferences->importFrom(file(u"in.json"_s));
    QVERIFY(!told[0][1].toBool());
    QVERIFY2(told[0][0].toString().contains(u"filters: with them there would be more than 50"),
        qPrintable(told[0][0].toString()));
    QCOMPARE(filters->rowCount(), 1);
    // One of them is this one.
    filters->save(u"7"_s, u"severity:info"_s);
    filters->remove(0);
    preferences->importFrom(file(u"in.json"_s));
    QVERIFY2(told[1][1].toBool(), qPrintable(told[1][0].toString()));
    QCOMPARE(filters->rowCount(), SavedFilters::most);
}

void PreferencesTest::leavesOtherFilesAlone()
{
    const auto preferences = open();
    QSignalSpy told(preferences.get(), &Preferences::told);
    write(u"letter.txt"_s, "Dear Anna");
    preferences->exportTo(file(u"letter.txt"_s));
    QVERIFY(!told[0][1].toBool());
    QCOMPARE(content(u"letter.txt"_s), "Dear Anna");
    preferences->exportTo(m_directory->path());
    QVERIFY(!told[1][1].toBool());
    preferences->exportTo(u" "_s);
    QVERIFY(!told[2][1].toBool());
    preferences->exportTo(file(u"nowhere/out.json"_s));
    QVERIFY(!told[3][1].toBool());
    QVERIFY(told[3][0].toString().contains(u"nowhere/out.json"));
}

void PreferencesTest::takesAllOfAFileOrNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const QByteArray &rest, const QString &word) {
        QTest::newRow(name) << QByteArray(R"({"format":"tocsin-settings","version":1,)" + rest)
                            << word;
    };
    QTest::newRow("nothing") << QByteArray() << u"byte"_s;
    QTest::newRow("no JSON") << QByteArray("theme=dark") << u"at byte"_s;
    QTest::newRow("something else") << QByteArray(R"({"theme":"dark"})") << u"format"_s;
    QTest::newRow("of a newer program")
        << QByteArray(R"({"format":"tocsin-settings","version":2})") << u"newer"_s;
    QTest::newRow("huge") << QByteArray(1'000'001, ' ') << u"too large"_s;
    row("no such setting", R"("preferences":{"theme":"dark","volume":3}})"_ba,
        u"preferences.volume: there is no such setting"_s);
    row("no such choice", R"("preferences":{"textSize":200,"theme":"pink"}})"_ba,
        u"preferences.theme: expected system, dark, light"_s);
    row("no such number", R"("preferences":{"theme":"dark","textSize":20}})"_ba,
        u"a whole number from 80 to 300"_s);
    row("no such address",
        R"("preferences":{"theme":"dark"},"servers":[{"address":"a b","rooms":["r"]}]})"_ba,
        u"servers[0].address"_s);
    row("no such further address",
        R"("preferences":{"theme":"dark"},"servers":[{"address":"a.example.com","rooms":["r"],)"
        R"("alternatives":["a b"]}]})"_ba,
        u"servers[0].alternatives"_s);
    row("no rooms",
        R"("preferences":{"theme":"dark"},"servers":[{"address":"wss://a.example.com/ws"}]})"_ba,
        u"servers[0].rooms"_s);
    row("no list", R"("preferences":{"theme":"dark"},"filters":{}})"_ba,
        u"filters: expected […]"_s);
    row("no name", R"("preferences":{"theme":"dark"},"filters":[{"filter":"severity:info"}]})"_ba,
        u"filters[0].name"_s);
    row("no filter",
        R"("preferences":{"theme":"dark"},"filters":[{"name":"a","filter":"service:x"},)"
        R"({"name":"b","filter":"severity:("}]})"_ba,
        u"filters[1].filter: character"_s);
    row("an empty filter",
        R"("preferences":{"theme":"dark"},"filters":[{"name":"a","filter":" "}]})"_ba,
        u"filters[0].filter"_s);
    row("no object", R"("preferences":{"theme":"dark"},"alarm":[]})"_ba, u"alarm: expected {…}"_s);
    row("no such choice of what calls", R"("alarm":{"volume":10,"colour":"red"}})"_ba,
        u"alarm.colour: there is no such setting"_s);
    row("neither on nor off", R"("alarm":{"volume":10,"sound":"loud"}})"_ba,
        u"alarm.sound: expected true, false"_s);
    row("too loud", R"("alarm":{"sound":false,"volume":101}})"_ba,
        u"alarm.volume: expected a whole number from 0 to 100"_s);
    row("no such severity", R"("alarm":{"volume":10,"soundSeverities":["critical","fatal"]}})"_ba,
        u"alarm.soundSeverities: expected critical, warning, unknown, info"_s);
    row("no list of severities", R"("alarm":{"volume":10,"notificationSeverities":3}})"_ba,
        u"alarm.notificationSeverities"_s);
    row("no filter of what calls", R"("alarm":{"volume":10,"filter":"service:"}})"_ba,
        u"alarm.filter: character"_s);
    row("a number for a filter", R"("alarm":{"volume":10,"filter":3}})"_ba, u"alarm.filter"_s);
    row("a snooze", R"("alarm":{"volume":10,"snoozedUntil":"2126-01-01T00:00:00Z"}})"_ba,
        u"alarm.snoozedUntil"_s);
}

void PreferencesTest::takesAllOfAFileOrNothing()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, word);
    write(u"in.json"_s, json);
    ServerBook book;
    book.setFile(file(u"settings.ini"_s));
    const auto filters = openFilters();
    filters->save(u"mine"_s, u"severity:critical"_s);
    const auto alarm = openAlarm();
    alarm->setVolume(30);
    const auto preferences = open();
    preferences->setServers(&book);
    preferences->setSavedFilters(filters.get());
    preferences->setAlarmSettings(alarm.get());
    QSignalSpy told(preferences.get(), &Preferences::told);
    preferences->importFrom(file(u"in.json"_s));
    QCOMPARE(told.size(), 1);
    QVERIFY(!told[0][1].toBool());
    const QString sentence = told[0][0].toString();
    QVERIFY2(sentence.contains(word), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(u". Nothing was changed."), qPrintable(sentence));
    QVERIFY2(!sentence.contains(u".."), qPrintable(sentence));
    QVERIFY(preferences->isUsual());
    QCOMPARE(book.rowCount(), 0);
    QCOMPARE(namesAndFilters(*filters), QStringList{u"mine=severity:critical"_s});
    QCOMPARE(alarm->volume(), 30);
    QVERIFY(alarm->isSoundOn());
}

void PreferencesTest::saysWhichFileItCannotUse()
{
    const auto preferences = open();
    QSignalSpy told(preferences.get(), &Preferences::told);
    preferences->importFrom(file(u"missing.json"_s));
    QVERIFY(!told[0][1].toBool());
    QVERIFY(told[0][0].toString().contains(u"missing.json"));
}

void PreferencesTest::saysThatNothingIsKept()
{
    write(
        u"in.json"_s, R"({"format":"tocsin-settings","version":1,"preferences":{"textSize":200}})");
    const auto preferences = open();
    QVERIFY(QDir().mkpath(file(u"settings.ini"_s)));
    QSignalSpy problems(preferences.get(), &Preferences::problemChanged);
    QSignalSpy told(preferences.get(), &Preferences::told);
    QVERIFY(preferences->set(u"theme"_s, u"dark"_s));
    QCOMPARE(preferences->theme(), u"dark"_s);
    QCOMPARE(problems.size(), 1);
    QVERIFY2(preferences->problem().contains(u"settings.ini"), qPrintable(preferences->problem()));
    preferences->importFrom(file(u"in.json"_s));
    QCOMPARE(preferences->textPercent(), 200);
    QVERIFY(!told[0][1].toBool());
    QVERIFY(told[0][0].toString().endsWith(preferences->problem()));
    // Nor where it is said of one of them only.
    const auto alarm = openAlarm(u"alarm.ini"_s);
    QVERIFY(QDir().mkpath(file(u"alarm.ini"_s)) && QDir().rmdir(file(u"settings.ini"_s)));
    write(u"alarm.json"_s, R"({"format":"tocsin-settings","version":1,"alarm":{"volume":20}})");
    QVERIFY(preferences->set(u"textSize"_s, 210));
    preferences->setAlarmSettings(alarm.get());
    preferences->importFrom(file(u"alarm.json"_s));
    QCOMPARE(alarm->volume(), 20);
    QVERIFY(!told[1][1].toBool());
    QVERIFY2(told[1][0].toString().contains(u"alarm.ini"), qPrintable(told[1][0].toString()));
    QVERIFY(preferences->set(u"theme"_s, u"light"_s));
    QCOMPARE(preferences->problem(), QString());
    QCOMPARE(open()->theme(), u"light"_s);
}

void PreferencesTest::isDocumented()
{
    QFile page(QStringLiteral(TOCSIN_DASHBOARD_PAGE));
    QVERIFY(page.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(page.readAll());
    for (const Preference &entry : preferenceTable()) {
        const QString line = u"| %1 | `%2` |"_s.arg(
            QString::fromUtf8(entry.title), QString::fromLatin1(entry.key));
        QVERIFY2(text.contains(line), qPrintable(line));
    }
}

QTEST_GUILESS_MAIN(PreferencesTest)
#include "tst_preferences.moc"
