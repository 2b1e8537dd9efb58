// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/serverdeck.h"

#include "scriptedserver.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// What is seen of servers that nobody looks at.
class ServerDeckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void tellsHowEachOfThemIs();
    void isLiveOnlyWhereAllAre();
    void forgetsAFeedThatIsGone();
    void keepsToOneThatIsThere();
    void goesAroundTheEnds();
    void remembersTheOneThatWasChosen();
    void showsTheChosenOneWhenItComes();
    void givesAnotherName();

private:
    static std::unique_ptr<LiveFeed> feedOf(const ScriptedServer &server)
    {
        auto feed = std::make_unique<LiveFeed>();
        feed->setRooms({u"account:acme"_s});
        feed->setServer(server.url());
        return feed;
    }
    static QVariant value(const ServerDeck &deck, int row, int role)
    {
        return deck.index(row).data(role);
    }
};

void ServerDeckTest::tellsHowEachOfThemIs()
{
    ScriptedServer one;
    ScriptedServer other;
    one.raise(u"a"_s, u"Disk"_s, u"info"_s);
    const auto first = feedOf(one);
    const auto second = feedOf(other);
    ServerDeck deck;
    const QAbstractItemModelTester tester(
        &deck, QAbstractItemModelTester::FailureReportingMode::QtTest);
    deck.put(u"one"_s, u"One"_s, first.get());
    deck.put(u"other"_s, u"Other"_s, second.get());
    QCOMPARE(value(deck, 0, ServerDeck::LiveRole).toBool(), false);
    QTRY_COMPARE(value(deck, 0, ServerDeck::WorstRole).toInt(), int(Severity::Info));
    QTRY_VERIFY(deck.isLive());
    QCOMPARE(value(deck, 0, ServerDeck::ActiveRole).toInt(), 1);
    QCOMPARE(value(deck, 0, ServerDeck::CurrentRole).toBool(), true);
    QCOMPARE(value(deck, 1, ServerDeck::WorstRole).toInt(), -1);
    QCOMPARE(value(deck, 1, ServerDeck::CurrentRole).toBool(), false);
    QCOMPARE(value(deck, 1, ServerDeck::TroubleRole).toString(), QString());

    // The one that is not looked at.
    QSignalSpy changes(&deck, &QAbstractItemModel::dataChanged);
    other.raise(u"b"_s, u"Down"_s, u"critical"_s);
    other.raise(u"c"_s, u"Slow"_s, u"warning"_s);
    QTRY_COMPARE(value(deck, 1, ServerDeck::ActiveRole).toInt(), 2);
    QCOMPARE(value(deck, 1, ServerDeck::WorstRole).toInt(), int(Severity::Critical));
    QCOMPARE(deck.activeCount(), 3);
    QVERIFY(!changes.isEmpty());
    for (const auto &change : changes)
        QCOMPARE(change[0].toModelIndex().row(), 1);
}

void ServerDeckTest::isLiveOnlyWhereAllAre()
{
    ServerDeck deck;
    QVERIFY(!deck.isLive());
    const ScriptedServer one;
    ScriptedServer other;
    const auto first = feedOf(one);
    const auto second = feedOf(other);
    deck.put(u"one"_s, u"One"_s, first.get());
    deck.put(u"other"_s, u"Other"_s, second.get());
    QTRY_VERIFY(deck.isLive());
    QSignalSpy states(&deck, &ServerDeck::stateChanged);
    other.goAway();
    QTRY_VERIFY(!deck.isLive());
    QVERIFY(!states.isEmpty());
    QCOMPARE(value(deck, 0, ServerDeck::LiveRole).toBool(), true);
    QCOMPARE(value(deck, 1, ServerDeck::LiveRole).toBool(), false);
    QTRY_VERIFY(!value(deck, 1, ServerDeck::TroubleRole).toString().isEmpty());
    deck.take(u"other"_s);
    QVERIFY(deck.isLive());
}

void ServerDeckTest::forgetsAFeedThatIsGone()
{
    ServerDeck deck;
    auto first = std::make_unique<LiveFeed>();
    auto second = std::make_unique<LiveFeed>();
    deck.put(u"one"_s, u"One"_s, first.get());
    deck.put(u"other"_s, u"Other"_s, second.get());
    first.reset();
    QCOMPARE(deck.rowCount(), 1);
    QCOMPARE(deck.current(), u"other"_s);
    QCOMPARE(deck.currentFeed(), second.get());
    second.reset();
    QCOMPARE(deck.rowCount(), 0);
    QCOMPARE(deck.current(), QString());
    QCOMPARE(deck.currentFeed(), nullptr);
}

void ServerDeckTest::keepsToOneThatIsThere()
{
    ServerDeck deck;
    LiveFeed feeds[3];
    for (int i = 0; i < 3; ++i)
        deck.put(QString::number(i), u"Server"_s, &feeds[i]);
    QCOMPARE(deck.current(), u"0"_s);
    deck.setCurrent(u"none"_s);
    QCOMPARE(deck.current(), u"0"_s);
    deck.setCurrent(u"2"_s);
    deck.take(u"0"_s);
    QCOMPARE(deck.current(), u"2"_s);
    deck.take(u"2"_s);
    QCOMPARE(deck.current(), u"1"_s);
    // Taken out is not destroyed, and may come back.
    deck.put(u"0"_s, u"Server"_s, &feeds[0]);
    QCOMPARE(deck.rowCount(), 2);
    deck.put(QString(), u"Nobody"_s, &feeds[2]);
    deck.put(u"nobody"_s, u"Nobody"_s, nullptr);
    QCOMPARE(deck.rowCount(), 2);
}

void ServerDeckTest::goesAroundTheEnds()
{
    ServerDeck deck;
    deck.step(1);
    LiveFeed feeds[3];
    for (int i = 0; i < 3; ++i)
        deck.put(QString::number(i), u"Server"_s, &feeds[i]);
    deck.step(-1);
    QCOMPARE(deck.current(), u"2"_s);
    deck.step(1);
    QCOMPARE(deck.current(), u"0"_s);
    deck.step(1);
    QCOMPARE(deck.current(), u"1"_s);
}

void ServerDeckTest::remembersTheOneThatWasChosen()
{
    ServerDeck deck;
    const QSignalSpy chosen(&deck, &ServerDeck::chosenChanged);
    LiveFeed feeds[3];
    for (int i = 0; i < 3; ++i)
        deck.put(QString::number(i), u"Server"_s, &feeds[i]);
    // The first is shown, which nobody has chosen.
    QCOMPARE(deck.current(), u"0"_s);
    QCOMPARE(deck.chosen(), QString());
    deck.setCurrent(u"0"_s);
    QCOMPARE(deck.chosen(), u"0"_s);
    deck.step(-1);
    QCOMPARE(deck.chosen(), u"2"_s);
    deck.setCurrent(u"none"_s);
    QCOMPARE(deck.chosen(), u"2"_s);
    QCOMPARE(chosen.size(), 2);
    // As when the window closes.
    for (int i = 2; i >= 0; --i)
        deck.take(QString::number(i));
    QCOMPARE(deck.current(), QString());
    QCOMPARE(deck.chosen(), u"2"_s);
    QCOMPARE(chosen.size(), 2);
    // Nobody who looks at another is led away from it.
    for (int i = 0; i < 3; ++i)
        deck.put(QString::number(i), u"Server"_s, &feeds[i]);
    QCOMPARE(deck.current(), u"0"_s);
}

void ServerDeckTest::showsTheChosenOneWhenItComes()
{
    LiveFeed feeds[3];
    ServerDeck late;
    late.setChosen(u"2"_s);
    for (int i = 0; i < 3; ++i) {
        late.put(QString::number(i), u"Server"_s, &feeds[i]);
        QCOMPARE(late.current(), i < 2 ? u"0"_s : u"2"_s);
    }
    QCOMPARE(late.currentFeed(), &feeds[2]);
    // One that is there already.
    late.setChosen(u"1"_s);
    QCOMPARE(late.current(), u"1"_s);

    ServerDeck changed;
    changed.setChosen(u"2"_s);
    changed.put(u"0"_s, u"Server"_s, &feeds[0]);
    changed.put(u"1"_s, u"Server"_s, &feeds[1]);
    changed.setCurrent(u"1"_s);
    changed.put(u"2"_s, u"Server"_s, &feeds[2]);
    QCOMPARE(changed.current(), u"1"_s);
    QCOMPARE(changed.chosen(), u"1"_s);

    ServerDeck gone;
    gone.setChosen(u"9"_s);
    gone.put(u"0"_s, u"Server"_s, &feeds[0]);
    QCOMPARE(gone.current(), u"0"_s);
    QCOMPARE(gone.chosen(), u"9"_s);
}

void ServerDeckTest::givesAnotherName()
{
    ServerDeck deck;
    LiveFeed feed;
    deck.put(u"one"_s, u"One"_s, &feed);
    deck.put(u"one"_s, u"Uno"_s, &feed);
    QCOMPARE(deck.rowCount(), 1);
    QCOMPARE(value(deck, 0, ServerDeck::NameRole).toString(), u"Uno"_s);
}

QTEST_MAIN(ServerDeckTest)
#include "tst_serverdeck.moc"
