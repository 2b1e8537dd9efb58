// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentcache.h"
#include "incidents/incidentstore.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tocsin;

namespace {

const QUrl server(u"wss://anna:secret@h.example/ws?token=secret"_s);
const QStringList rooms{u"a"_s, u"b"_s};

Incident incident(const QString &uuid)
{
    return {.uuid = uuid, .title = u"Disk full"_s, .severity = Severity::Critical};
}

QFileInfoList filesIn(const QString &directory)
{
    return QDir(directory).entryInfoList(QDir::Files | QDir::Hidden);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class IncidentCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_directory = std::make_unique<QTemporaryDir>();
    }

    void givesAtTheNextStartWhatTheLastOneHad()
    {
        keep({u"x"_s, u"y"_s});
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        const auto list = cache.open(server, {u"b"_s, u"a"_s});
        QVERIFY(list);
        QCOMPARE(list->incidents.size(), 2);
        const Timestamp now = timestampNow();
        QVERIFY(list->asOf <= now && now - list->asOf < std::chrono::minutes(1));
    }

    void onlyItsOwnerReadsItAndItHoldsNoSecret()
    {
        keep({u"x"_s});
        const QFileInfoList files = filesIn(path());
        QCOMPARE(files.size(), 1);
        constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
        constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
            | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOwner;
        QCOMPARE(files.first().permissions() & (ownerOnly | others), ownerOnly);
        const QByteArray content = contentOf(files.first().filePath());
        QVERIFY(content.contains("h.example"));
        QVERIFY(!content.contains("secret"));
        QVERIFY(!content.contains("anna"));
    }

    void otherRoomsAreAnotherList()
    {
        keep({u"x"_s});
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        QVERIFY(!cache.open(server, {u"a"_s}));
        QVERIFY(!cache.open(QUrl(u"wss://other.example/ws"_s), rooms));
        QVERIFY(cache.open(server, rooms));
    }

    void removesWhatAnEarlierRunHasKept()
    {
        keep({u"x"_s});
        IncidentCache::remove(path(), server, {u"other"_s});
        QCOMPARE(filesIn(path()).size(), 1);
        IncidentCache::remove(path(), server, rooms);
        QCOMPARE(filesIn(path()).size(), 0);
    }

    // Half of a list that is under way, kept as if it were whole, would be a false calm later.
    void keepsOnlyWhatIsLive()
    {
        keep({u"x"_s, u"y"_s});
        IncidentStore store;
        {
            IncidentCache cache(store);
            cache.setDirectory(path());
            QVERIFY(cache.open(server, rooms));
            store.apply(u"a"_s, incident(u"half"_s));
        }
        QCOMPARE(kept()->incidents.size(), 2);
    }

    void ofAListThatAgedTheMomentIsKept()
    {
        const auto moment = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000);
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        QVERIFY(!cache.open(server, rooms));
        store.apply(u"a"_s, incident(u"x"_s));
        cache.noteLive();
        cache.noteAged(moment);
        store.apply(u"a"_s, incident(u"later, and of which room the rest is missing"_s));
        cache.close();
        QCOMPARE(kept()->asOf, timestampFromMilliseconds(1'700'000'000'000));
        QCOMPARE(kept()->incidents.size(), 1);
    }

    void isWrittenWhileItRuns()
    {
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        QVERIFY(!cache.open(server, rooms));
        cache.noteLive();
        store.apply(u"a"_s, incident(u"x"_s));
        QTRY_COMPARE_WITH_TIMEOUT(filesIn(path()).size(), 1, 20'000);
        QCOMPARE(kept()->incidents.size(), 1);
    }

    void forgetsWhatIsOpenOnceNothingIsToBeKept()
    {
        keep({u"x"_s});
        IncidentStore store;
        {
            IncidentCache cache(store);
            cache.setDirectory(path());
            QVERIFY(cache.open(server, rooms));
            cache.noteLive();
            store.apply(u"a"_s, incident(u"y"_s));
            cache.setDirectory({});
            QVERIFY(filesIn(path()).isEmpty());
            cache.noteAged(QDateTime::currentDateTime());
            cache.noteLive();
        }
        QVERIFY(filesIn(path()).isEmpty());
    }

    void whatIsInNoRoomIsNotKept()
    {
        keep({u"x"_s}, {});
        QCOMPARE(kept()->incidents.size(), 0);
    }

    void roomsThatChangeChangeTheList()
    {
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        QVERIFY(!cache.open(server, rooms));
        store.apply(u"a"_s, incident(u"x"_s));
        cache.noteLive();
        cache.setRooms({u"a"_s, u"c"_s});
        store.apply(u"c"_s, incident(u"not all of c yet"_s));
        cache.close();
        QCOMPARE(filesIn(path()).size(), 1);
        QCOMPARE(kept()->incidents.size(), 1);
    }

    void aDamagedFileIsNotUsedAndSaidSo()
    {
        keep({u"x"_s});
        const QString file = filesIn(path()).first().filePath();
        QFile damaged(file);
        QVERIFY(damaged.resize(damaged.size() / 2));
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(QRegularExpression::escape(file) + u" is not used"_s));
        QVERIFY(!cache.open(server, rooms));
    }

    void aDirectoryThatCannotBeIsToldOnce()
    {
        const QString blocked = m_directory->filePath(u"file"_s);
        QFile file(blocked);
        QVERIFY(file.open(QIODevice::WriteOnly));
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(blocked + u"/below"_s);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"not kept for the next start"_s));
        QVERIFY(!cache.open(server, rooms));
        cache.noteLive();
        cache.noteAged(QDateTime::currentDateTime());
        cache.noteLive();
        cache.close();
    }

    void keepsTheFilesUsedLast()
    {
        for (int i = 0; i < IncidentCache::mostFiles + 3; ++i)
            keep({u"x"_s}, u"a"_s, QUrl(u"ws://h%1.example/ws"_s.arg(i)));
        QCOMPARE(filesIn(path()).size(), IncidentCache::mostFiles);
    }

    void withoutADirectoryNothingIsKept()
    {
        IncidentStore store;
        IncidentCache cache(store);
        QVERIFY(!cache.open(server, rooms));
        store.apply(u"a"_s, incident(u"x"_s));
        cache.noteLive();
        cache.close();
        QVERIFY(!QFile::exists(path()));
    }

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(u"cache"_s); }

    void keep(const QStringList &uuids, const QString &room = u"a"_s, const QUrl &url = server)
    {
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        (void)cache.open(url, rooms);
        for (const QString &uuid : uuids)
            store.apply(room, incident(uuid));
        cache.noteLive();
    }
    [[nodiscard]] std::optional<CachedList> kept() const
    {
        IncidentStore store;
        IncidentCache cache(store);
        cache.setDirectory(path());
        return cache.open(server, rooms);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(IncidentCacheTest)
#include "tst_incidentcache.moc"
