// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "scriptedserver.h"
#include "serverbookfixture.h"

#include <QSignalSpy>

using namespace tocsin;
using namespace tocsin::test;

/// A server as it is being entered, or changed.
class ServerDraftTest : public ServerBookFixture
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void offersThePlacesThatThereAre();
    void savesWhatWasEntered();
    void saysWhyItCouldNotBeSaved();
    void forgetsTheVerdictWithTheAddress();
    void triesEachOfItsAddresses();
    void triesWithTheTokenThatIsKept();
    void savesNothingOnceItWasLeft();
};

void ServerDraftTest::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("rooms");
    QTest::addColumn<QString>("problem");
    QTest::newRow("an address") << u" "_s << u"account:a"_s << u"Give the server's address."_s;
    QTest::newRow("a right one") << u"two words"_s << u"account:a"_s << u"“two words” is not"_s;
    QTest::newRow("a room") << u"ops.example.com"_s << u" , "_s << u"Name at least one room"_s;
    QTest::newRow("a shorter room")
        << u"ops.example.com"_s << QString(201, u'r') << u"at most 200 characters"_s;
    QTest::newRow("nothing") << u"ops.example.com"_s << u"account:a"_s << QString();
}

void ServerDraftTest::saysWhatIsMissing()
{
    QFETCH(QString, address);
    QFETCH(QString, rooms);
    QFETCH(QString, problem);
    ServerDraft draft;
    draft.setAddress(address);
    draft.setRooms(rooms);
    QVERIFY2(problem.isEmpty() ? draft.problem().isEmpty() : draft.problem().contains(problem),
        qPrintable(draft.problem()));
    QCOMPARE(draft.isTestable(), problem.isEmpty());
}

void ServerDraftTest::offersThePlacesThatThereAre()
{
    const auto book = open();
    QTRY_VERIFY(book->keyringProblem().isEmpty());
    ServerDraft draft;
    draft.setBook(book.get());
    QCOMPARE(draft.places().size(), 3);
    QCOMPARE(draft.place(), 0);
    QVERIFY(draft.places().constFirst().contains(u"keyring"));
    QSignalSpy changes(&draft, &ServerDraft::placesChanged);
    m_keyring.problem = u"The keyring is on strike."_s;
    book->checkKeyring();
    QTRY_COMPARE(draft.places().size(), 2);
    QVERIFY(!changes.isEmpty());
    QCOMPARE(draft.place(), 0);
    QVERIFY(draft.places().constFirst().contains(u"file"));
}

void ServerDraftTest::savesWhatWasEntered()
{
    const auto book = open();
    QTRY_VERIFY(book->keyringProblem().isEmpty());
    ServerDraft draft;
    draft.setBook(book.get());
    QSignalSpy saved(&draft, &ServerDraft::saved);
    draft.setAddress(u"https://ops.example.com:9000/"_s);
    QCOMPARE(draft.usualName(), u"ops.example.com:9000"_s);
    draft.setRooms(u"account:a,account:b  account:a"_s);
    draft.setToken(u" %1\n"_s.arg(QString::fromLatin1(secret)));
    draft.save();
    QVERIFY(draft.isSaving());
    QTRY_COMPARE(saved.size(), 1);
    QVERIFY(!draft.isSaving());
    const QString id = saved[0][0].toString();
    const auto server = book->find(id);
    QVERIFY(server);
    QCOMPARE(server->name, u"ops.example.com:9000"_s);
    QCOMPARE(server->address, QUrl(u"wss://ops.example.com:9000/ws"_s));
    QCOMPARE(server->rooms, (QStringList{u"account:a"_s, u"account:b"_s}));
    QCOMPARE(resultOf(m_keyring.read(id)).value(), QString::fromLatin1(secret));

    draft.edit(id);
    QVERIFY(draft.isEditing());
    QVERIFY(draft.hasToken());
    QVERIFY(draft.token().isEmpty());
    QCOMPARE(draft.rooms(), u"account:a account:b"_s);
    draft.setName(u"  Operations "_s);
    draft.save();
    QTRY_COMPARE(saved.size(), 2);
    QCOMPARE(book->rowCount(), 1);
    QCOMPARE(book->find(id)->name, u"Operations"_s);
    QCOMPARE(resultOf(m_keyring.read(id)).value(), QString::fromLatin1(secret));
}

void ServerDraftTest::saysWhyItCouldNotBeSaved()
{
    const auto book = open();
    QTRY_VERIFY(book->keyringProblem().isEmpty());
    ServerDraft draft;
    draft.setBook(book.get());
    QSignalSpy saved(&draft, &ServerDraft::saved);
    draft.setAddress(u"ops.example.com"_s);
    draft.setToken(QString::fromLatin1(secret));
    m_keyring.problem = u"The keyring is on strike."_s;
    draft.save();
    QTRY_COMPARE(draft.failure(), m_keyring.problem);
    QVERIFY(!draft.isSaving());
    QCOMPARE(saved.size(), 0);
    draft.setPlace(int(draft.places().size()) - 1);
    draft.save();
    QTRY_COMPARE(saved.size(), 1);
    QVERIFY(draft.failure().isEmpty());
}

void ServerDraftTest::forgetsTheVerdictWithTheAddress()
{
    const ScriptedServer server;
    ServerDraft draft;
    draft.setAddress(server.url());
    draft.tryOut();
    QTRY_VERIFY(draft.test()->works());
    draft.setName(u"Mine"_s);
    QVERIFY(draft.test()->works());
    draft.setRooms(u"account:other"_s);
    QCOMPARE(draft.test()->verdict(), ConnectionTest::Verdict::None);
}

void ServerDraftTest::triesEachOfItsAddresses()
{
    const ScriptedServer first;
    ScriptedServer second;
    const QString secondUrl = second.url();
    second.goAway();
    const auto book = open();
    ServerDraft draft;
    draft.setBook(book.get());
    draft.setAddress(first.url() + u", "_s + secondUrl + u", ws://127.0.0.3"_s);
    QCOMPARE(draft.problem(), QString());
    QVERIFY(draft.furtherTests().isEmpty());
    draft.tryOut();
    QVERIFY(draft.isTesting());
    QCOMPARE(draft.furtherTests().size(), 2);
    QTRY_VERIFY(!draft.isTesting());
    QVERIFY(draft.test()->works());
    const auto further
        = [&draft](int index) { return draft.furtherTests().at(index).value<ConnectionTest *>(); };
    QCOMPARE(further(0)->verdict(), ConnectionTest::Verdict::Refused);
    QCOMPARE(further(1)->suggestion(), u"ws://127.0.0.3:8787/ws"_s);
    draft.takeSuggestionOf(2);
    QCOMPARE(draft.address(), first.url() + u", "_s + secondUrl + u", ws://127.0.0.3:8787/ws"_s);
    // A verdict stands beside nothing else.
    draft.setAddress(first.url() + u", "_s + secondUrl);
    QVERIFY(draft.furtherTests().isEmpty());
    QCOMPARE(draft.test()->verdict(), ConnectionTest::Verdict::None);
    QSignalSpy saved(&draft, &ServerDraft::saved);
    draft.save();
    QTRY_COMPARE(saved.size(), 1);
    QCOMPARE(book->all().front().alternatives, QList<QUrl>{QUrl(secondUrl)});
    ServerDraft again;
    again.setBook(book.get());
    again.edit(book->all().front().id);
    QCOMPARE(again.address(), first.url() + u", "_s + secondUrl);
}

void ServerDraftTest::triesWithTheTokenThatIsKept()
{
    ScriptedServer server;
    const auto book = open();
    SavedServer entered{.name = u"it"_s,
        .address = QUrl(server.url()),
        .rooms = {u"account:a"_s},
        .tokenPlace = int(Place::Keyring)};
    const QString id = resultOf(book->save(entered, QString::fromLatin1(secret))).value();
    ServerDraft draft;
    draft.setBook(book.get());
    draft.edit(id);
    draft.tryOut();
    QTRY_VERIFY(draft.test()->works());
    QCOMPARE(server.property("token").toString(), QString::fromLatin1(secret));
    QVERIFY(draft.token().isEmpty());
}

void ServerDraftTest::savesNothingOnceItWasLeft()
{
    const auto book = open();
    QTRY_VERIFY(book->keyringProblem().isEmpty());
    ServerDraft draft;
    draft.setBook(book.get());
    QSignalSpy saved(&draft, &ServerDraft::saved);
    draft.setAddress(u"ops.example.com"_s);
    draft.setToken(QString::fromLatin1(secret));
    m_keyring.silent = true;
    draft.save();
    QVERIFY(draft.isSaving());
    draft.clear();
    QVERIFY(!draft.isSaving());
    QVERIFY(draft.address().isEmpty());
    QVERIFY(draft.token().isEmpty());
    QCOMPARE(saved.size(), 0);
    QCOMPARE(book->rowCount(), 0);
}

QTEST_GUILESS_MAIN(ServerDraftTest)
#include "tst_serverdraft.moc"
