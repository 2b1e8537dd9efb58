// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/livefeed.h"
#include "screen.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QQuickItem>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const QString room = u"account:default"_s;
constexpr int patience = 20'000;

QStringList rows(LiveFeed &feed)
{
    static constexpr std::array words{"down", "degraded", "unknown", "up"};
    QStringList rows;
    for (int row = 0; row < feed.monitors()->rowCount(); ++row) {
        const QModelIndex index = feed.monitors()->index(row);
        rows.append(index.data(MonitorModel::NameRole).toString() + u' '
            + QString::fromLatin1(words.at(index.data(MonitorModel::StateRole).toUInt())));
    }
    return rows;
}

} // namespace

/// What Uptime Kuma says, on a screen, with the real gateway as a program that can be killed.
class MonitorsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { kill(); }
    void isKnownToAScreenThatStartsLater();
    void catchesUpAfterTheGatewayWasKilled();
    void leadsFromATileToItsIncident();

private:
    void startGateway();
    void kill();
    /// As Uptime Kuma numbers states: 0 down, 1 up.
    void say(int id, const QString &name, int status);
    [[nodiscard]] std::unique_ptr<LiveFeed> feed() const;
    [[nodiscard]] QUrl url(const QString &scheme, const QString &path) const
    {
        return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(scheme).arg(m_port).arg(path));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QProcess> m_process;
    quint16 m_port = 0;
    Http m_http;
};

void MonitorsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_port = freePort();
    startGateway();
}

void MonitorsTest::startGateway()
{
    m_process = std::make_unique<QProcess>();
    m_process->start(QCoreApplication::applicationDirPath() + u"/tocsin-gateway"_s,
        {u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_port), u"--data-dir"_s, m_directory->path()});
    QVERIFY(m_process->waitForReadyRead(patience)); // the line that says where it listens
}

void MonitorsTest::kill()
{
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        m_process->waitForFinished(patience);
    }
    m_process.reset();
}

void MonitorsTest::say(int id, const QString &name, int status)
{
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    const QJsonObject body{{u"heartbeat"_s, QJsonObject{{u"status"_s, status}, {u"time"_s, time}}},
        {u"monitor"_s, QJsonObject{{u"id"_s, id}, {u"name"_s, name}}}};
    QCOMPARE(
        m_http.post(url(u"http"_s, u"/ingest/uptime-kuma"_s), QJsonDocument(body).toJson()), 200);
}

std::unique_ptr<LiveFeed> MonitorsTest::feed() const
{
    auto feed = std::make_unique<LiveFeed>();
    feed->setRooms({room});
    feed->setServer(url(u"ws"_s, u"/ws"_s).toString());
    return feed;
}

void MonitorsTest::isKnownToAScreenThatStartsLater()
{
    say(1, u"web"_s, 1);
    say(2, u"db"_s, 0);
    say(3, u"cache"_s, 1);
    const auto screen = feed();
    const QStringList expected{u"db down"_s, u"cache up"_s, u"web up"_s};
    QTRY_COMPARE_WITH_TIMEOUT(rows(*screen), expected, patience);
    QVERIFY(!screen->monitors()->heardSince().isValid());
    kill();
    startGateway();
    const auto later = feed();
    QTRY_COMPARE_WITH_TIMEOUT(rows(*later), expected, patience);
}

void MonitorsTest::catchesUpAfterTheGatewayWasKilled()
{
    say(1, u"web"_s, 1);
    say(2, u"db"_s, 0);
    const auto screen = feed();
    QTRY_COMPARE_WITH_TIMEOUT(rows(*screen), (QStringList{u"db down"_s, u"web up"_s}), patience);
    const QDateTime since = screen->monitors()->index(0).data(MonitorModel::SinceRole).toDateTime();
    kill();
    QTRY_VERIFY_WITH_TIMEOUT(!screen->isLive(), patience);
    QCOMPARE(rows(*screen), (QStringList{u"db down"_s, u"web up"_s}));
    startGateway();
    // Before the screen is back, or after: it is told once, either way.
    say(1, u"web"_s, 0);
    QTRY_COMPARE_WITH_TIMEOUT(rows(*screen), (QStringList{u"db down"_s, u"web down"_s}), patience);
    QTRY_VERIFY_WITH_TIMEOUT(screen->isLive(), patience);
    QCOMPARE(screen->monitors()->index(0).data(MonitorModel::SinceRole).toDateTime(), since);
    say(2, u"db"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(rows(*screen), (QStringList{u"web down"_s, u"db up"_s}), patience);
}

void MonitorsTest::leadsFromATileToItsIncident()
{
    say(7, u"Shop \"front\""_s, 0);
    say(8, u"other"_s, 0);
    Screen screen(url(u"ws"_s, u"/ws"_s), {room});
    QTRY_COMPARE_WITH_TIMEOUT(screen.titles().size(), 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(screen.part(u"monitorButton"_s), patience);
    QTest::keyClick(&screen.view, Qt::Key_M);
    QTRY_VERIFY_WITH_TIMEOUT(screen.part(u"monitorTiles"_s), patience);
    QTRY_VERIFY(screen.part(u"monitorTiles"_s)->hasActiveFocus());
    QTest::keyClick(&screen.view, Qt::Key_End);
    QTest::keyClick(&screen.view, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(screen.titles(), QStringList{u"Shop \"front\" is down"_s}, patience);
}

QTEST_MAIN(MonitorsTest)
#include "tst_monitors.moc"
