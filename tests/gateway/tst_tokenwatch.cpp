// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tokenwatch_p.h"

#include <QDateTime>
#include <QFile>
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

QTEST_GUILESS_MAIN(TokenWatchTest)
#include "tst_tokenwatch.moc"
