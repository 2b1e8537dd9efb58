// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/livefeed.h"
#include "screen.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

// As the kiosk's window has it.
constexpr auto wall = R"(
import QtQuick
import Tocsin

Item {
    id: root
    property string server
    property alias brightness: dimming.brightness
    property alias shiftX: shift.x
    property alias shiftY: shift.y

    WallView {
        anchors.fill: parent
        feed: LiveFeed {
            server: root.server
            rooms: ["account:default"]
        }
        pages: WallPages {
            WallPage { title: "First"; seconds: 1 }
            WallPage { title: "Second"; seconds: 1 }
        }
    }
    Dimming {
        id: dimming
        from: "02:10"
        to: "03:10"
        level: 0.2
        now: Clock.now
    }
    PixelShift {
        id: shift
        extent: 3
        now: Clock.now
    }
}
)";

/// What is seen by that name.
void collect(const QQuickItem &item, const QString &name, QList<QQuickItem *> &found)
{
    const auto children = item.childItems();
    for (QQuickItem *const child : children) {
        if (!child->isVisible())
            continue;
        if (child->objectName() == name)
            found.append(child);
        collect(*child, name, found);
    }
}

} // namespace

/// A wall whose clock is set forward, back, and over the hours that daylight saving leaves out and
/// shows twice, while it runs. Its gateway has the clock of the machine, which nobody touches: this
/// program alone runs with libfaketime, which reads what it shall tell from a file.
class ClockJumpsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void goesOnWhateverTheClockDoes_data();
    void goesOnWhateverTheClockDoes();
    void goesThroughDaylightSaving();
    void saysAsOfWhenByItsOwnClock();
    void isCalmNoLongerForAClockThatWasSet();

private:
    void startGateway();
    [[nodiscard]] bool post(const QByteArray &key);
    void setClock(const QDateTime &to);
    void tellClock();
    [[nodiscard]] QString text(const QString &name) const;
    [[nodiscard]] bool showsTheTime() const;
    [[nodiscard]] bool isLive() const;
    [[nodiscard]] QStringList ages() const;
    void goesOn();

    QTemporaryDir m_directory;
    QProcess m_gateway;
    quint16 m_port = 0;
    Http m_http;
    std::unique_ptr<QQuickView> m_view;
    qint64 m_offset = 0;
};

void ClockJumpsTest::startGateway()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"LD_PRELOAD"_s);
    m_gateway.setProcessEnvironment(environment);
    m_gateway.setProcessChannelMode(QProcess::MergedChannels);
    m_gateway.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
        {u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_port), u"--data-dir"_s,
            m_directory.filePath(u"data"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(post("first"), patience);
}

bool ClockJumpsTest::post(const QByteArray &key)
{
    return m_http.post(QUrl(u"http://127.0.0.1:%1/ingest/incident"_s.arg(m_port)),
               R"({"fingerprint":")" + key + R"(","title":"Disk full on )" + key
                   + R"(","severity":"warning"})")
        == 200;
}

void ClockJumpsTest::setClock(const QDateTime &to)
{
    m_offset += QDateTime::currentDateTime().secsTo(to);
    tellClock();
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(QDateTime::currentDateTime().secsTo(to)) < 5, patience);
}

void ClockJumpsTest::tellClock()
{
    QSaveFile file(qEnvironmentVariable("FAKETIME_TIMESTAMP_FILE"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write((m_offset < 0 ? "" : "+") + QByteArray::number(m_offset) + "\n");
    QVERIFY(file.commit());
}

QString ClockJumpsTest::text(const QString &name) const
{
    QList<QQuickItem *> found;
    collect(*m_view->rootObject(), name, found);
    return found.isEmpty() ? QString() : found.constFirst()->property("text").toString();
}

bool ClockJumpsTest::showsTheTime() const
{
    // Up to the second that is just turning.
    const QString shown = text(u"wallTime"_s);
    const auto now = QDateTime::currentDateTime();
    const auto said = [](const QDateTime &time) {
        return QLocale().toString(time.time(), QLocale::ShortFormat);
    };
    return shown == said(now) || shown == said(now.addSecs(-1));
}

bool ClockJumpsTest::isLive() const
{
    return text(u"wallStatus"_s).startsWith(u"Live"_s) && text(u"wallNotLive"_s).isEmpty();
}

QStringList ClockJumpsTest::ages() const
{
    QList<QQuickItem *> titles;
    collect(*m_view->rootObject(), u"wallRowTitle"_s, titles);
    QStringList ages;
    for (const QQuickItem *item : std::as_const(titles)) {
        while (item && !item->property("age").isValid())
            item = item->parentItem();
        ages.append(item ? item->property("age").toString() : QString());
    }
    return ages;
}

/// The time is right, the pages turn, and it is live all the while.
void ClockJumpsTest::goesOn()
{
    QTRY_VERIFY_WITH_TIMEOUT(showsTheTime(), patience);
    for (const auto &page : {u"First"_s, u"Second"_s, u"First"_s}) {
        QTRY_VERIFY_WITH_TIMEOUT(
            (isLive() || QTest::currentTestFailed()) && text(u"wallTitle"_s) == page, 10'000);
        QVERIFY(isLive());
    }
    // Nothing began in the future.
    const QStringList shown = ages();
    QVERIFY(!shown.isEmpty());
    for (const QString &age : shown)
        QVERIFY2(!age.isEmpty() && !age.contains(u'-'), qPrintable(age));
}

void ClockJumpsTest::initTestCase()
{
    if (!qEnvironmentVariableIsSet("LD_PRELOAD"))
        QSKIP("This machine lacks libfaketime.");
    // What another run has left there.
    tellClock();
    m_port = freePort();
    startGateway();
    m_view = std::make_unique<QQuickView>();
    m_view->engine()->addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
    m_view->engine()->addImportPath(u"qrc:/qt/qml"_s);
    m_view->setResizeMode(QQuickView::SizeRootObjectToView);
    m_view->resize(1280, 720);
    const QUrl here(u"qrc:/wall.qml"_s);
    auto *const component = new QQmlComponent(m_view->engine(), m_view.get());
    component->setData(wall, here);
    QObject *const root = component->createWithInitialProperties(
        {{u"server"_s, u"ws://127.0.0.1:%1/ws"_s.arg(m_port)}});
    QVERIFY2(root, qPrintable(component->errorString()));
    m_view->setContent(here, component, root);
    m_view->show();
    QTRY_VERIFY_WITH_TIMEOUT(isLive() && !ages().isEmpty(), patience);
}

void ClockJumpsTest::cleanupTestCase()
{
    m_view.reset();
    m_gateway.kill();
    m_gateway.waitForFinished();
}

void ClockJumpsTest::goesOnWhateverTheClockDoes_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("three hours forward") << qint64(3 * 3600);
    QTest::newRow("seven hours back") << qint64(-7 * 3600);
    QTest::newRow("a year forward") << qint64(400 * 86400);
    QTest::newRow("two years back") << qint64(-800 * 86400);
    QTest::newRow("a little") << qint64(2);
}

void ClockJumpsTest::goesOnWhateverTheClockDoes()
{
    QFETCH(const qint64, seconds);
    setClock(QDateTime::currentDateTime().addSecs(seconds));
    goesOn();
    // And what happens is told at once.
    const auto count = [this] { return text(u"wallCount"_s).toInt(); };
    const int before = count();
    QVERIFY(post(QTest::currentDataTag()));
    QTRY_COMPARE_WITH_TIMEOUT(count(), before + 1, patience);
    QVERIFY(isLive());
}

// In the night of 25 October 2026 the clocks of Berlin show the hour from two to three twice, in
// that of 28 March 2027 not at all.
void ClockJumpsTest::goesThroughDaylightSaving()
{
    const auto dims
        = [this] { return m_view->rootObject()->property("brightness").toDouble() < 1; };
    const auto at = [](const QString &utc) { return QDateTime::fromString(utc, Qt::ISODate); };
    setClock(at(u"2027-03-28T00:59:55Z"_s));
    QTRY_VERIFY_WITH_TIMEOUT(showsTheTime(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(text(u"wallTime"_s).left(5), u"03:00"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(dims(), patience);
    goesOn();

    setClock(at(u"2026-10-25T00:59:55Z"_s));
    QTRY_VERIFY_WITH_TIMEOUT(showsTheTime(), patience);
    QVERIFY(dims());
    // Two again, which is before it is dimmed.
    QTRY_COMPARE_WITH_TIMEOUT(text(u"wallTime"_s).left(5), u"02:00"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!dims(), patience);
    goesOn();
}

void ClockJumpsTest::saysAsOfWhenByItsOwnClock()
{
    setClock(QDateTime::currentDateTime().addSecs(5 * 3600));
    goesOn();
    m_gateway.kill();
    QVERIFY(m_gateway.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(!text(u"wallNotLive"_s).isEmpty(), patience);
    // The gateway's last word was up to a heartbeat before, and not five hours.
    static const QRegularExpression recent(u", ([1-9]\\d* s|1 min) ago$"_s);
    const auto isRecent = [&] { return recent.match(text(u"wallNotLive"_s)).hasMatch(); };
    QTRY_VERIFY2_WITH_TIMEOUT(isRecent(), qPrintable(text(u"wallNotLive"_s)), patience);

    // Set while it is not live, the clock changes the moment, and nothing of the age.
    for (const qint64 seconds : {-2 * 3600, 9 * 3600}) {
        const QString moment = text(u"wallNotLive"_s).section(u' ', 4, 4);
        setClock(QDateTime::currentDateTime().addSecs(seconds));
        QTRY_VERIFY_WITH_TIMEOUT(showsTheTime(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!text(u"wallNotLive"_s).contains(moment), patience);
        QVERIFY2(isRecent(), qPrintable(text(u"wallNotLive"_s)));
    }
    startGateway();
    QTRY_VERIFY_WITH_TIMEOUT(isLive(), patience);
}

// A small board without a battery begins in another year, and is put right when it is online.
void ClockJumpsTest::isCalmNoLongerForAClockThatWasSet()
{
    tocsin::LiveFeed feed;
    feed.setRooms({u"account:calm"_s});
    feed.setServer(u"ws://127.0.0.1:%1/ws"_s.arg(m_port));
    QTRY_VERIFY_WITH_TIMEOUT(feed.isCalm(), patience);
    for (const qint64 seconds : {30 * 86400, -7 * 3600}) {
        setClock(QDateTime::currentDateTime().addSecs(seconds));
        const auto since
            = [&feed] { return feed.calmSince().secsTo(QDateTime::currentDateTime()); };
        QTRY_VERIFY_WITH_TIMEOUT(since() >= 0 && since() < 120, patience);
        QVERIFY(feed.isCalm());
    }
}

QTEST_MAIN(ClockJumpsTest)
#include "tst_clockjumps.moc"
