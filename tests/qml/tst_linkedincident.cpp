// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/linkedincident.h"

#include "scriptedserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

class LinkedIncidentTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isFoundAtWhicheverServerItIs();
    void waitsForAServerThatIsNotLive();
    void saysWhereNoneHasIt();
    void isShownAlthoughItComesAfterItsLink();
    void saysThatItIsResolved();
    void isForgottenWhereItIsDismissed();
    void looksForTheLastOneOnly();

private:
    struct World {
        World();
        ScriptedServer one;
        ScriptedServer other;
        LiveFeed first;
        LiveFeed second;
        ServerDeck deck;
        LinkedIncident linked;
        QSignalSpy found{&linked, &LinkedIncident::found};
    };
    std::unique_ptr<World> m_world;
};

LinkedIncidentTest::World::World()
{
    one.raise(u"a"_s, u"Disk"_s, u"critical"_s);
    other.raise(u"b"_s, u"Memory"_s, u"warning"_s);
    for (LiveFeed *const feed : {&first, &second})
        feed->setRooms({u"account:acme"_s});
    linked.setDeck(&deck);
    deck.put(u"one"_s, u"One"_s, &first);
    deck.put(u"other"_s, u"Other"_s, &second);
}

void LinkedIncidentTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_world = std::make_unique<World>();
}

void LinkedIncidentTest::isFoundAtWhicheverServerItIs()
{
    m_world->first.setServer(m_world->one.url());
    m_world->second.setServer(m_world->other.url());
    QTRY_VERIFY(m_world->deck.isLive());
    for (const auto &[server, uuid] : {std::pair{u"other"_s, u"b"_s}, {u"one"_s, u"a"_s}}) {
        m_world->found.clear();
        m_world->linked.open(uuid);
        QTRY_COMPARE(m_world->found.size(), 1);
        QCOMPARE(m_world->found[0], (QVariantList{server, uuid}));
        QCOMPARE(m_world->linked.notice(), QString());
    }
}

void LinkedIncidentTest::waitsForAServerThatIsNotLive()
{
    m_world->first.setServer(m_world->one.url());
    QTRY_VERIFY(m_world->first.isLive());
    m_world->linked.open(u"b"_s);
    QTRY_VERIFY(m_world->linked.notice().contains(u"as soon as"));
    m_world->second.setServer(m_world->other.url());
    QTRY_COMPARE(m_world->found.size(), 1);
    // Its row is there when it is said.
    QCOMPARE(m_world->second.incidents()->rowOf(u"b"_s), 0);
    QCOMPARE(m_world->linked.notice(), QString());
}

void LinkedIncidentTest::saysWhereNoneHasIt()
{
    m_world->first.setServer(m_world->one.url());
    m_world->second.setServer(m_world->other.url());
    m_world->linked.open(u"c"_s);
    QTRY_VERIFY(m_world->linked.notice().contains(u"not among those"));
    QVERIFY(m_world->deck.isLive());
    QCOMPARE(m_world->found.size(), 0);
}

// A person who is told by a chat may be faster than the gateway that tells the dashboard; and the
// number of incidents may stay as it was.
void LinkedIncidentTest::isShownAlthoughItComesAfterItsLink()
{
    saysWhereNoneHasIt();
    m_world->other.raise(u"c"_s, u"Late"_s, u"info"_s);
    m_world->other.resolve(u"b"_s);
    QTRY_COMPARE(m_world->found.size(), 1);
    QCOMPARE(m_world->found[0], (QVariantList{u"other"_s, u"c"_s}));
    QCOMPARE(m_world->linked.notice(), QString());
}

void LinkedIncidentTest::saysThatItIsResolved()
{
    m_world->first.setServer(m_world->one.url());
    m_world->second.setServer(m_world->other.url());
    QTRY_COMPARE(m_world->first.incidents()->count(), 1);
    m_world->one.resolve(u"a"_s);
    QTRY_COMPARE(m_world->first.incidents()->count(), 0);
    m_world->linked.open(u"a"_s);
    QTRY_VERIFY(m_world->linked.notice().contains(u"is resolved"));
}

void LinkedIncidentTest::isForgottenWhereItIsDismissed()
{
    saysWhereNoneHasIt();
    m_world->linked.dismiss();
    QCOMPARE(m_world->linked.notice(), QString());
    m_world->other.raise(u"c"_s, u"Late"_s, u"info"_s);
    QTRY_VERIFY(m_world->second.incidents()->rowOf(u"c"_s) >= 0);
    QCOMPARE(m_world->found.size(), 0);
}

void LinkedIncidentTest::looksForTheLastOneOnly()
{
    m_world->linked.open(u"a"_s);
    m_world->linked.open(u"b"_s);
    m_world->first.setServer(m_world->one.url());
    m_world->second.setServer(m_world->other.url());
    QTRY_COMPARE(m_world->found.size(), 1);
    QCOMPARE(m_world->found[0], (QVariantList{u"other"_s, u"b"_s}));
    QTRY_VERIFY(m_world->deck.isLive());
    QCOMPARE(m_world->found.size(), 1);
}

QTEST_MAIN(LinkedIncidentTest)
#include "tst_linkedincident.moc"
