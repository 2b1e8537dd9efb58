// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tokenwatch_p.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The tokens of a file, and the clock by which they expire.
class TokenWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysThatATokenHasExpired();
    void saysSoOfOneThatHadExpiredByAWrongClock();
    void readsWhatCanBeReadAgain();

private:
    TokenStore storeExpiring(Timestamp at)
    {
        QFile::remove(fileName());
        const QString day
            = QDateTime::fromMSecsSinceEpoch(toMilliseconds(at)).toUTC().toString(u"yyyy-MM-dd"_s);
        const auto added = addToken(fileName(), {.name = u"ann"_s, .expires = day});
        return added ? TokenStore::load(fileName()).value() : TokenStore();
    }
    static Timestamp today() { return std::chrono::floor<std::chrono::days>(timestampNow()); }
    QString fileName() const { return m_directory.filePath(u"tokens.toml"_s); }

    QTemporaryDir m_directory;
};

void TokenWatchTest::saysThatATokenHasExpired()
{
    const Timestamp expiry = today() + 48h;
    Logbook logbook;
    TokenWatch watch(fileName(), storeExpiring(expiry), logbook);
    QVERIFY(!watch.look(expiry - 1s, false));
    QVERIFY(watch.look(expiry, false));
    QVERIFY(!watch.look(expiry + 1s, false));
}

void TokenWatchTest::saysSoOfOneThatHadExpiredByAWrongClock()
{
    const Timestamp expiry = today() - 48h;
    Logbook logbook;
    TokenWatch watch(fileName(), storeExpiring(expiry), logbook);
    // Put right before its first look, and ahead once more.
    QVERIFY(!watch.look(expiry - 2h, false));
    QVERIFY(watch.look(expiry + 1h, false));
    QVERIFY(!watch.look(expiry - 1h, false));
    QVERIFY(watch.look(expiry, false));
}

// As root mends it with chmod, which writes nothing into it.
void TokenWatchTest::readsWhatCanBeReadAgain()
{
    QFile::remove(fileName());
    QVERIFY(addToken(fileName(), {.name = u"ann"_s}));
    Logbook logbook;
    TokenWatch watch(fileName(), TokenStore::load(fileName()).value(), logbook);
    QVERIFY(!watch.look(today(), false));
    // Whoever is root reads all: it is no file for a moment.
    const QString aside = m_directory.filePath(u"aside.toml"_s);
    QVERIFY(QFile::rename(fileName(), aside));
    QVERIFY(QDir().mkdir(fileName()));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"tokens.unreadable.*stay good"_s));
    QVERIFY(!watch.look(today(), false));
    QVERIFY(!watch.look(today(), false));
    QCOMPARE(watch.store().entries().size(), 1);
    QVERIFY(QDir().rmdir(fileName()));
    QVERIFY(QFile::rename(aside, fileName()));
    QVERIFY(removeToken(fileName(), u"ann"_s));
    QVERIFY(watch.look(today(), false));
    QVERIFY(watch.store().isEmpty());
    // What changes nothing in it is looked at, since it may be what lets it be read.
    QVERIFY(!watch.look(today(), false));
    QVERIFY(QFile::setPermissions(fileName(), QFile::ReadOwner));
    QVERIFY(watch.look(today(), false));
}

QTEST_GUILESS_MAIN(TokenWatchTest)
#include "tst_tokenwatch.moc"
