// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "serverbookfixture.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>

using namespace tocsin;
using namespace tocsin::test;

class ServerBookTest : public ServerBookFixture
{
    Q_OBJECT
private Q_SLOTS:
    void keepsServersForTheNextStart();
    void keepsAllAddressesOfAServer();
    void changesOneInItsPlace();
    void saysHowManyAreShown();
    void keepsTheTokenWhereItIsToldTo_data();
    void keepsTheTokenWhereItIsToldTo();
    void writesNoTokenAmongTheSettings();
    void movesAndForgetsTokens();
    void changesNothingWhereTheTokenCannotBeKept();
    void changesNothingWhereTheSettingsCannotBeWritten();
    void keepsTheTokenThatTheFileNames();
    void keepsTheTokenOfAServerThatStaysInTheFile();
    void passesOverWhatIsNoServer();
    void keepsWhatItDoesNotUnderstand();
    void takesServersThatTheSizeDoesNotCount_data();
    void takesServersThatTheSizeDoesNotCount();
    void saysThatTheFileCannotBeRead();
    void saysThatTheFileIsDamaged();
    void saysWhatCouldNotBeForgotten();
    void takesNoMoreThanItMay();
    void saysWhatIsWrongWithTheKeyring();

private:
    void write(const QByteArray &bytes) const
    {
        QFile settings(m_directory->filePath(u"settings.ini"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        QCOMPARE(settings.write(bytes), bytes.size());
    }
};

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

void ServerBookTest::saysHowManyAreShown()
{
    const auto book = open();
    const QString id = resultOf(book->save(server(u"ops"_s), QString())).value();
    QCOMPARE(book->shownCount(), 1);
    const QSignalSpy counts(book.get(), &ServerBook::shownCountChanged);
    SavedServer changed = *book->find(id);
    changed.name = u"Operations"_s;
    QVERIFY(resultOf(book->save(changed, std::nullopt)));
    QCOMPARE(counts.size(), 0);
    // As an import has it.
    changed.shown = false;
    QVERIFY(resultOf(book->save(changed, std::nullopt)));
    QCOMPARE(book->shownCount(), 0);
    QCOMPARE(counts.size(), 1);
    book->setShown(id, true);
    QCOMPARE(counts.size(), 2);
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

void ServerBookTest::keepsTheTokenThatTheFileNames()
{
    const auto book = open();
    const QString id
        = resultOf(book->save(server(u"ops"_s, Place::OwnFile), QString::fromLatin1(secret)))
              .value();
    const QString file = m_directory->filePath(u"settings.ini"_s);
    QVERIFY(QFile::remove(file) && QDir().mkpath(file));
    SavedServer moved = *book->find(id);
    moved.tokenPlace = int(Place::Keyring);
    QVERIFY(!resultOf(book->save(moved, u"another"_s)));
    QVERIFY(!resultOf(book->save(moved, QString())));
    QCOMPARE(book->find(id)->tokenPlace, int(Place::OwnFile));
    QCOMPARE(resultOf(book->token(id)).value(), QString::fromLatin1(secret));
    // Nor is one left that nothing names.
    QCOMPARE(resultOf(m_keyring.read(id)).error().code, ErrorCode::NotFound);
    QVERIFY(!resultOf(book->save(server(u"shop"_s, Place::OwnFile), u"another"_s)));
    QVERIFY(!onDisk(u"tokens"_s).contains("another"));
    QCOMPARE(book->failure(), QString());
}

void ServerBookTest::keepsTheTokenOfAServerThatStaysInTheFile()
{
    const auto book = open();
    const QString id
        = resultOf(book->save(server(u"ops"_s, Place::Keyring), QString::fromLatin1(secret)))
              .value();
    QVERIFY(resultOf(book->save(server(u"shop"_s), QString())));
    const QString file = m_directory->filePath(u"settings.ini"_s);
    const QString aside = m_directory->filePath(u"aside.ini"_s);
    QVERIFY(QFile::rename(file, aside) && QDir().mkpath(file));
    book->remove(id);
    QCOMPARE(book->rowCount(), 1);
    QVERIFY2(book->failure().contains(u"cannot be written"), qPrintable(book->failure()));
    QCOMPARE(resultOf(m_keyring.read(id)).value(), QString::fromLatin1(secret));
    // It goes when the server does.
    QVERIFY(QDir().rmdir(file) && QFile::rename(aside, file));
    book->setShown(value(*book, 0, ServerBook::IdRole).toString(), false);
    QVERIFY(!open()->find(id));
    QCOMPARE(resultOf(m_keyring.read(id)).error().code, ErrorCode::NotFound);
}

void ServerBookTest::passesOverWhatIsNoServer()
{
    write("[servers]\nsize=5\n"
          "1\\id=a\n1\\address=wss://a.example.com/ws\n1\\rooms=r\n1\\token=moon\n"
          "2\\id=b\n2\\address=file:///etc/passwd\n2\\rooms=r\n"
          "3\\id=c\n3\\address=wss://c.example.com/ws\n"
          "4\\id=a\n4\\address=wss://d.example.com/ws\n4\\rooms=r\n");
    const auto book = open();
    QCOMPARE(book->rowCount(), 1);
    QCOMPARE(value(*book, 0, ServerBook::AddressRole).toString(), u"wss://a.example.com/ws"_s);
    QVERIFY(!value(*book, 0, ServerBook::SecretsRole).value<SecretStore *>());
    // Those that are no servers, and one that is said to be there and is not.
    QVERIFY2(book->problem().startsWith(u"4 server(s) in "), qPrintable(book->problem()));
}

void ServerBookTest::keepsWhatItDoesNotUnderstand()
{
    write("[servers]\nsize=3\n"
          "1\\id=a\n1\\address=wss2://a.example.com/ws\n1\\rooms=r, s\n1\\colour\\of=\"1, 2\"\n"
          "2\\id=b\n2\\address=wss://b.example.com/ws\n2\\rooms=r\n"
          "3\\id=c\n3\\path=there\n");
    for (int start = 0; start < 2; ++start) {
        const auto book = open();
        QCOMPARE(book->rowCount(), 1 + start);
        QVERIFY2(book->problem().startsWith(u"2 server(s) in "), qPrintable(book->problem()));
        QVERIFY(resultOf(book->save(server(u"ops"_s), QString())));
    }
    open()->remove(u"b"_s);
    const QSettings kept(m_directory->filePath(u"settings.ini"_s), QSettings::IniFormat);
    QCOMPARE(kept.value(u"servers/size"_s).toInt(), 4);
    QCOMPARE(kept.value(u"servers/3/address"_s).toString(), u"wss2://a.example.com/ws"_s);
    QCOMPARE(kept.value(u"servers/3/rooms"_s).toStringList(), (QStringList{u"r"_s, u"s"_s}));
    QCOMPARE(kept.value(u"servers/3/colour/of"_s).toString(), u"1, 2"_s);
    QCOMPARE(kept.value(u"servers/4/path"_s).toString(), u"there"_s);
    QVERIFY(!kept.contains(u"servers/5/id"_s));
}

void ServerBookTest::takesServersThatTheSizeDoesNotCount_data()
{
    QTest::addColumn<QByteArray>("size");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("too small") << QByteArray("size=1\n");
    QTest::newRow("no number") << QByteArray("size=many\n");
}

void ServerBookTest::takesServersThatTheSizeDoesNotCount()
{
    QFETCH(QByteArray, size);
    QByteArray entries;
    for (int i = 1; i <= 10; ++i) {
        entries += QByteArrayLiteral("#\\id=s#\n#\\address=wss://s#.example.com/ws\n#\\rooms=r\n")
                       .replace('#', QByteArray::number(i));
    }
    write("[servers]\n" + size + entries);
    const auto book = open();
    QCOMPARE(book->rowCount(), 10);
    QCOMPARE(value(*book, 1, ServerBook::IdRole).toString(), u"s2"_s);
    QCOMPARE(value(*book, 9, ServerBook::IdRole).toString(), u"s10"_s);
    QCOMPARE(book->problem(), QString());
}

void ServerBookTest::saysThatTheFileCannotBeRead()
{
    QVERIFY(open()->problem().isEmpty());
    const QString file = m_directory->filePath(u"settings.ini"_s);
    // Nobody can open it, whoever they are.
    QVERIFY(QFile::link(m_directory->filePath(u"elsewhere/settings.ini"_s), file));
    const auto book = open();
    QVERIFY2(book->problem().startsWith(u"The servers in %1 cannot be read: "_s.arg(file)),
        qPrintable(book->problem()));
    // It is there again, and nothing in it is lost.
    QVERIFY(QFile::remove(file));
    write("[servers]\nsize=1\n1\\id=a\n1\\address=wss://a.example.com/ws\n1\\rooms=r\n");
    const auto saved = resultOf(book->save(server(u"ops"_s), QString()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::StorageFailed);
    QCOMPARE(saved.error().message, book->problem());
    QCOMPARE(open()->rowCount(), 1);
    QSignalSpy problems(book.get(), &ServerBook::problemChanged);
    book->setFile(m_directory->filePath(u"other.ini"_s));
    QCOMPARE(book->problem(), QString());
    QCOMPARE(problems.size(), 1);
}

void ServerBookTest::saysThatTheFileIsDamaged()
{
    write("[servers]\nsize=1\n1\\id=a\n1\\address=wss://a.example.com/ws\n1\\rooms=r\n2\\addr");
    // Whoever reads it before, such as the other settings.
    QSettings(m_directory->filePath(u"settings.ini"_s), QSettings::IniFormat).allKeys();
    const auto book = open();
    QCOMPARE(book->rowCount(), 1);
    QVERIFY2(book->problem().contains(u"is damaged"), qPrintable(book->problem()));
    write(QByteArray(300, '\0'));
    QVERIFY(open()->problem().contains(u"is damaged"));
}

void ServerBookTest::saysWhatCouldNotBeForgotten()
{
    const auto book = open();
    const QString id
        = resultOf(book->save(server(u"ops"_s, Place::Keyring), QString::fromLatin1(secret)))
              .value();
    QVERIFY(resultOf(book->save(server(u"shop"_s), QString())));
    QSignalSpy failed(book.get(), &ServerBook::failed);
    QCOMPARE(book->failure(), QString());
    m_keyring.problem = u"The keyring is on strike."_s;
    book->remove(id);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY2(book->failure().endsWith(m_keyring.problem), qPrintable(book->failure()));
    const QString file = m_directory->filePath(u"settings.ini"_s);
    QVERIFY(QFile::remove(file) && QDir().mkpath(file));
    const QString other = value(*book, 0, ServerBook::IdRole).toString();
    book->setShown(other, false);
    QCOMPARE(failed.size(), 2);
    QVERIFY2(book->failure().contains(m_keyring.problem), qPrintable(book->failure()));
    QVERIFY2(book->failure().contains(u"cannot be written"), qPrintable(book->failure()));
    // Once more the same is not said twice.
    const QString before = book->failure();
    book->setShown(other, true);
    QCOMPARE(failed.size(), 3);
    QCOMPARE(book->failure(), before);
    book->dismissFailure();
    QCOMPARE(book->failure(), QString());
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

QTEST_GUILESS_MAIN(ServerBookTest)
#include "tst_serverbook.moc"
