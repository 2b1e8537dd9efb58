// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/secretstore.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
Expected<T> resultOf(const QFuture<Expected<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
        return makeError(ErrorCode::TimedOut, u"never"_s);
    return future.result();
}

} // namespace

class SecretStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsAndForgets_data();
    void keepsAndForgets();
    void isReadableByItsOwnerOnly();
    void outlivesTheProgramInAFileOnly();
    void staysInItsDirectory_data();
    void staysInItsDirectory();
    void doesNotUseWhatOthersCanRead();
    void makesPrivateWhatOthersCouldRead();
    void saysWhereItCannotBeKept();

private:
    std::unique_ptr<SecretStore> make(const QString &kind) const
    {
        if (kind == u"memory")
            return std::make_unique<MemorySecrets>();
        return std::make_unique<FileSecrets>(directory());
    }
    QString directory() const { return m_directory->filePath(u"deep/tokens"_s); }
    QStringList files() const { return QDir(directory()).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void SecretStoreTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
}

void SecretStoreTest::keepsAndForgets_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("memory") << u"memory"_s;
    QTest::newRow("file") << u"file"_s;
}

void SecretStoreTest::keepsAndForgets()
{
    QFETCH(QString, kind);
    const auto store = make(kind);
    QVERIFY(resultOf(store->check()));
    QCOMPARE(resultOf(store->read(u"a"_s)).error().code, ErrorCode::NotFound);
    QVERIFY(resultOf(store->write(u"a"_s, u"first"_s)));
    QVERIFY(resultOf(store->write(u"b"_s, u"other"_s)));
    QVERIFY(resultOf(store->write(u"a"_s, u"sécond"_s)));
    QCOMPARE(resultOf(store->read(u"a"_s)).value(), u"sécond"_s);
    QCOMPARE(resultOf(store->read(u"b"_s)).value(), u"other"_s);
    QVERIFY(resultOf(store->remove(u"a"_s)));
    QCOMPARE(resultOf(store->read(u"a"_s)).error().code, ErrorCode::NotFound);
    QCOMPARE(resultOf(store->read(u"b"_s)).value(), u"other"_s);
    QVERIFY(resultOf(store->remove(u"a"_s)));
}

void SecretStoreTest::isReadableByItsOwnerOnly()
{
    FileSecrets store(directory());
    QVERIFY(resultOf(store.write(u"a"_s, u"hunter2"_s)));
    const auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser
        | QFileDevice::WriteUser;
    QCOMPARE(files().size(), 1);
    QCOMPARE(QFile(directory() + u'/' + files().constFirst()).permissions(), ownerOnly);
    QCOMPARE(
        QFile(directory()).permissions(), ownerOnly | QFileDevice::ExeOwner | QFileDevice::ExeUser);
}

void SecretStoreTest::outlivesTheProgramInAFileOnly()
{
    for (const auto &[kind, outlives] : {std::pair{u"memory"_s, false}, {u"file"_s, true}}) {
        QVERIFY(resultOf(make(kind)->write(u"a"_s, u"hunter2"_s)));
        QCOMPARE(bool(resultOf(make(kind)->read(u"a"_s))), outlives);
    }
}

void SecretStoreTest::staysInItsDirectory_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a way out") << u"../../out"_s;
    QTest::newRow("an address") << u"wss://ops.example.com/ws"_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("the directory itself") << u"."_s;
    QTest::newRow("another script") << u"sécret ключ"_s;
}

void SecretStoreTest::staysInItsDirectory()
{
    QFETCH(QString, name);
    FileSecrets store(directory());
    QVERIFY(resultOf(store.write(name, u"hunter2"_s)));
    QCOMPARE(resultOf(store.read(name)).value(), u"hunter2"_s);
    QCOMPARE(files().size(), 1);
    QVERIFY(files().constFirst().startsWith(u"token-"));
    QVERIFY(resultOf(store.remove(name)));
    QVERIFY(files().isEmpty());
}

void SecretStoreTest::doesNotUseWhatOthersCanRead()
{
    FileSecrets store(directory());
    QVERIFY(resultOf(store.write(u"a"_s, u"hunter2"_s)));
    QFile file(directory() + u'/' + files().constFirst());
    for (const auto more : {QFileDevice::ReadGroup, QFileDevice::ReadOther, QFileDevice::WriteGroup,
             QFileDevice::WriteOther}) {
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | more));
        const auto read = resultOf(store.read(u"a"_s));
        QVERIFY(!read);
        QVERIFY(read.error().message.contains(u"chmod 600"));
        QVERIFY(!read.error().message.contains(u"hunter2"));
    }
}

void SecretStoreTest::makesPrivateWhatOthersCouldRead()
{
    FileSecrets store(directory());
    QVERIFY(resultOf(store.write(u"a"_s, u"first"_s)));
    QFile file(directory() + u'/' + files().constFirst());
    QVERIFY(file.setPermissions(
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
    QVERIFY(resultOf(store.write(u"a"_s, u"second"_s)));
    QCOMPARE(resultOf(store.read(u"a"_s)).value(), u"second"_s);
}

void SecretStoreTest::saysWhereItCannotBeKept()
{
    // A file stands where the directory would have to be.
    QFile file(m_directory->filePath(u"deep"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    FileSecrets store(directory());
    const auto written = resultOf(store.write(u"a"_s, u"hunter2"_s));
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::StorageFailed);
    QVERIFY(written.error().message.contains(directory()));
    QVERIFY(!written.error().message.contains(u"hunter2"));
    QVERIFY(!resultOf(store.check()));
}

QTEST_GUILESS_MAIN(SecretStoreTest)
#include "tst_secretstore.moc"
