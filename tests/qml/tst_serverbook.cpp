// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/serverdraft.h"

#include "scriptedserver.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;
using Place = ServerBook::TokenPlace;

namespace {

constexpr auto secret = "hunter2-hunter2";

template <typename T>
Expected<T> resultOf(const QFuture<Expected<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
        return makeError(ErrorCode::TimedOut, u"never"_s);
    return future.result();
}

/// A keyring that answers from the event loop, with an error where it is told to, or not at all.
class FakeKeyring : public MemorySecrets
{
public:
    QFuture<Expected<QString>> read(const QString &name) override
    {
        return later(MemorySecrets::read(name).result());
    }
    QFuture<Expected<void>> write(const QString &name, const QString &value) override
    {
        if (!problem.isEmpty())
            return later(Expected<void>(makeError(ErrorCode::Unavailable, problem)));
        return later(MemorySecrets::write(name, value).result());
    }
    QFuture<Expected<void>> check() override
    {
        return later(problem.isEmpty()
                ? Expected<void>()
                : Expected<void>(makeError(ErrorCode::Unavailable, problem)));
    }

    QString problem;
    bool silent = false;

private:
    template <typename T>
    QFuture<Expected<T>> later(const Expected<T> &result)
    {
        const auto promise = std::make_shared<QPromise<Expected<T>>>();
        promise->start();
        if (silent) {
            m_unanswered.append(promise);
            return promise->future();
        }
        QMetaObject::invokeMethod(
            this,
            [promise, result] {
                promise->addResult(result);
                promise->finish();
            },
            Qt::QueuedConnection);
        return promise->future();
    }

    QList<std::shared_ptr<void>> m_unanswered;
};

} // namespace

class ServerBookTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsServersForTheNextStart();
    void keepsAllAddressesOfAServer();
    void changesOneInItsPlace();
    void keepsTheTokenWhereItIsToldTo_data();
    void keepsTheTokenWhereItIsToldTo();
    void writesNoTokenAmongTheSettings();
    void movesAndForgetsTokens();
    void changesNothingWhereTheTokenCannotBeKept();
    void changesNothingWhereTheSettingsCannotBeWritten();
    void passesOverWhatIsNoServer();
    void takesNoMoreThanItMay();
    void saysWhatIsWrongWithTheKeyring();
    void aDraftSaysWhatIsMissing_data();
    void aDraftSaysWhatIsMissing();
    void aDraftOffersThePlacesThatThereAre();
    void aDraftSavesWhatWasEntered();
    void aDraftSaysWhyItCouldNotBeSaved();
    void aDraftForgetsTheVerdictWithTheAddress();
    void aDraftTriesEachOfItsAddresses();
    void aDraftTriesWithTheTokenThatIsKept();
    void aDraftThatWasLeftSavesNothing();

private:
    std::unique_ptr<ServerBook> open()
    {
        auto book = std::make_unique<ServerBook>();
        book->setFile(m_directory->filePath(u"settings.ini"_s));
        book->setTokenDirectory(m_directory->filePath(u"tokens"_s));
        book->setKeyring(&m_keyring);
        return book;
    }
    static SavedServer server(const QString &name, Place place = Place::NoToken)
    {
        return {.name = name,
            .address = QUrl(u"wss://%1.example.com/ws"_s.arg(name)),
            .rooms = {u"account:a"_s, u"account:b, c"_s},
            .tokenPlace = int(place)};
    }
    static QVariant value(const ServerBook &book, int row, int role)
    {
        return book.index(row).data(role);
    }
    /// Everything that is on disk.
    QByteArray onDisk(const QString &beneath = u"."_s) const
    {
        QByteArray all;
        QDirIterator files(
            m_directory->filePath(beneath), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    FakeKeyring m_keyring;
};

void ServerBookTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_keyring.problem.clear();
    m_keyring.silent = false;
}

void ServerBookTest::keepsServersForTheNextStart()
{
    QString id;
    {
        const auto book = open();
        const QAbstractItemModelTester tester(
            book.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy counts(book.get(), &ServerBook::countChanged);
        id = resultOf(book->save(server(u"ops"_s), QString())).value();
        QVERIFY(resultOf(book->save(server(u"shop"_s), QString())));
        QCOMPARE(counts.size(), 2);
        book->setShown(id, false);
    }
    const auto book = open();
    QCOMPARE(book->rowCount(), 2);
    QCOMPARE(value(*book, 0, ServerBook::IdRole).toString(), id);
    QCOMPARE(value(*book, 0, ServerBook::NameRole).toString(), u"ops"_s);
    QCOMPARE(value(*book, 0, ServerBook::AddressRole).toString(), u"wss://ops.example.com/ws"_s);
    QCOMPARE(value(*book, 0, ServerBook::RoomsRole).toStringList(),
        (QStringList{u"account:a"_s, u"account:b, c"_s}));
    QCOMPARE(value(*book, 0, ServerBook::ShownRole).toBool(), false);
    QCOMPARE(value(*book, 1, ServerBook::ShownRole).toBool(), true);
    book->remove(id);
    QCOMPARE(open()->rowCount(), 1);
}

void ServerBookTest::keepsAllAddressesOfAServer()
{
    SavedServer several = server(u"ops"_s);
    several.alternatives
        = {QUrl(u"wss://ops-2.example.com/ws"_s), QUrl(u"wss://ops-3.example.com:8787/ws"_s)};
    QVERIFY(resultOf(open()->save(several, QString())));
    const auto book = open();
    QCOMPARE(book->rowCount(), 1);
    QCOMPARE(book->all().front().address, several.address);
    QCOMPARE(book->all().front().alternatives, several.alternatives);
    QCOMPARE(value(*book, 0, ServerBook::AlternativesRole).toStringList(),
        (QStringList{u"wss://ops-2.example.com/ws"_s, u"wss://ops-3.example.com:8787/ws"_s}));
    // One that has no others any more.
    several = book->all().front();
    several.alternatives.clear();
    QVERIFY(resultOf(book->save(several, QString())));
    QVERIFY(open()->all().front().alternatives.isEmpty());
}

void ServerBookTest::changesOneInItsPlace()
{
    const auto book = open();
    const QString id = resultOf(book->save(server(u"ops"_s), QString())).value();
    QVERIFY(resultOf(book->save(server(u"shop"_s), QString())));
    SavedServer changed = *book->find(id);
    changed.name = u"Operations"_s;
    changed.rooms = {u"account:z"_s};
    QCOMPARE(resultOf(book->save(changed, std::nullopt)).value(), id);
    QCOMPARE(book->rowCount(), 2);
    QCOMPARE(*book->find(id), changed);
    QCOMPARE(*open()->find(id), changed);
}

void ServerBookTest::keepsTheTokenWhereItIsToldTo_data()
{
    QTest::addColumn<Place>("place");
    QTest::addColumn<bool>("outlives");
    QTest::addColumn<bool>("inFile");
    QTest::newRow("keyring") << Place::Keyring << true << false;
    QTest::newRow("file") << Place::OwnFile << true << true;
    QTest::newRow("this run") << Place::ThisRun << false << false;
}

void ServerBookTest::keepsTheTokenWhereItIsToldTo()
{
    QFETCH(Place, place);
    QFETCH(bool, outlives);
    QFETCH(bool, inFile);
    QString id;
    {
        const auto book = open();
        id = resultOf(book->save(server(u"ops"_s, place), QString::fromLatin1(secret))).value();
        QCOMPARE(resultOf(book->token(id)).value(), QString::fromLatin1(secret));
        auto *const store = value(*book, 0, ServerBook::SecretsRole).value<SecretStore *>();
        QVERIFY(store);
        QCOMPARE(resultOf(store->read(id)).value(), QString::fromLatin1(secret));
    }
    QCOMPARE(onDisk().contains(secret), inFile);
    const auto later = open();
    QCOMPARE(value(*later, 0, ServerBook::TokenPlaceRole).toInt(), int(place));
    QCOMPARE(bool(resultOf(later->token(id))), outlives);
}

void ServerBookTest::writesNoTokenAmongTheSettings()
{
    const auto book = open();
    for (const Place place : {Place::Keyring, Place::OwnFile, Place::ThisRun, Place::NoToken})
        QVERIFY(resultOf(book->save(server(u"ops"_s, place), QString::fromLatin1(secret))));
    QFile settings(m_directory->filePath(u"settings.ini"_s));
    QVERIFY(settings.open(QIODevice::ReadOnly));
    const QByteArray text = settings.readAll();
    QVERIFY(text.contains("ops.example.com"));
    QVERIFY(!text.contains(secret));
}

void ServerBookTest::movesAndForgetsTokens()
{
    const auto book = open();
    const QString id
        = resultOf(book->save(server(u"ops"_s, Place::OwnFile), QString::fromLatin1(secret)))
              .value();
    QVERIFY(onDisk(u"tokens"_s).contains(secret));
    SavedServer moved = *book->find(id);
    moved.tokenPlace = int(Place::Keyring);
    QVERIFY(resultOf(book->save(moved, QString::fromLatin1(secret))));
    QVERIFY(!onDisk().contains(secret));
    QCOMPARE(resultOf(m_keyring.read(id)).value(), QString::fromLatin1(secret));
    // What is not said of the token leaves it where it is.
    moved.tokenPlace = int(Place::OwnFile);
    QVERIFY(resultOf(book->save(moved, std::nullopt)));
    QCOMPARE(book->find(id)->tokenPlace, int(Place::Keyring));
    book->remove(id);
    QCOMPARE(resultOf(m_keyring.read(id)).error().code, ErrorCode::NotFound);
}

void ServerBookTest::changesNothingWhereTheTokenCannotBeKept()
{
    const auto book = open();
    m_keyring.problem = u"The keyring is on strike."_s;
    const auto saved
        = resultOf(book->save(server(u"ops"_s, Place::Keyring), QString::fromLatin1(secret)));
    QVERIFY(!saved);
    QCOMPARE(saved.error().message, m_keyring.problem);
    QCOMPARE(book->rowCount(), 0);
    QCOMPARE(open()->rowCount(), 0);
}

void ServerBookTest::changesNothingWhereTheSettingsCannotBeWritten()
{
    const auto book = open();
    QVERIFY(QDir().mkpath(m_directory->filePath(u"settings.ini"_s)));
    const auto saved = resultOf(book->save(server(u"ops"_s), QString()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::StorageFailed);
    QCOMPARE(book->rowCount(), 0);
}

void ServerBookTest::passesOverWhatIsNoServer()
{
    QFile settings(m_directory->filePath(u"settings.ini"_s));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write("[servers]\nsize=5\n"
                   "1\\id=a\n1\\address=wss://a.example.com/ws\n1\\rooms=r\n1\\token=moon\n"
                   "2\\id=b\n2\\address=file:///etc/passwd\n2\\rooms=r\n"
                   "3\\id=c\n3\\address=wss://c.example.com/ws\n"
                   "4\\id=a\n4\\address=wss://d.example.com/ws\n4\\rooms=r\n");
    settings.close();
    const auto book = open();
    QCOMPARE(book->rowCount(), 1);
    QCOMPARE(value(*book, 0, ServerBook::AddressRole).toString(), u"wss://a.example.com/ws"_s);
    QVERIFY(!value(*book, 0, ServerBook::SecretsRole).value<SecretStore *>());
}

void ServerBookTest::takesNoMoreThanItMay()
{
    const auto book = open();
    for (int i = 0; i < ServerBook::most; ++i)
        QVERIFY(resultOf(book->save(server(u"s%1"_s.arg(i)), QString())));
    QCOMPARE(resultOf(book->save(server(u"more"_s), QString())).error().code, ErrorCode::Conflict);
    QCOMPARE(book->rowCount(), ServerBook::most);
}

void ServerBookTest::saysWhatIsWrongWithTheKeyring()
{
    ServerBook book;
    QVERIFY(!book.keyringProblem().isEmpty());
    m_keyring.problem = u"The keyring is on strike."_s;
    book.setKeyring(&m_keyring);
    QVERIFY(book.keyringProblem().isEmpty());
    book.checkKeyring();
    QTRY_COMPARE(book.keyringProblem(), m_keyring.problem);
    m_keyring.problem.clear();
    book.checkKeyring();
    QTRY_VERIFY(book.keyringProblem().isEmpty());
    m_keyring.silent = true;
    book.checkKeyring();
    QTRY_VERIFY(book.keyringProblem().contains(u"does not answer"));
}

void ServerBookTest::aDraftSaysWhatIsMissing_data()
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

void ServerBookTest::aDraftSaysWhatIsMissing()
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

void ServerBookTest::aDraftOffersThePlacesThatThereAre()
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

void ServerBookTest::aDraftSavesWhatWasEntered()
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

void ServerBookTest::aDraftSaysWhyItCouldNotBeSaved()
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

void ServerBookTest::aDraftForgetsTheVerdictWithTheAddress()
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

void ServerBookTest::aDraftTriesEachOfItsAddresses()
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

void ServerBookTest::aDraftTriesWithTheTokenThatIsKept()
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

void ServerBookTest::aDraftThatWasLeftSavesNothing()
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

QTEST_GUILESS_MAIN(ServerBookTest)
#include "tst_serverbook.moc"
