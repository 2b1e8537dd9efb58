// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"
#include "screen.h"
#include "trayicon.h"

#include <QAction>
#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

TraySight live(std::array<int, 4> counts)
{
    return {.list = TraySight::List::Live, .counts = counts};
}

QByteArray incident(const QByteArray &key, const QByteArray &severity)
{
    return R"({"fingerprint":")" + key + R"(","title":"Disk full on )" + key + R"(","severity":")"
        + severity + R"("})";
}

/// How much of a picture has about this colour; of what is drawn at all.
double share(const QImage &image, QColor color)
{
    int drawn = 0;
    int same = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() < 128)
                continue;
            ++drawn;
            const int distance = std::abs(pixel.red() - color.red())
                + std::abs(pixel.green() - color.green()) + std::abs(pixel.blue() - color.blue());
            same += distance < 60 ? 1 : 0;
        }
    }
    return double(same) / std::max(drawn, 1);
}

const QColor calmColor(0x0f, 0x8f, 0x82);

} // namespace

class TrayTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachStateHasAPictureOfItsOwn();
    void showsTheWorstInItsColour();
    void followsContrastAndColourVision();
    void isNeverCalmWhileNotLive();
    void isWhollyInItsSquare();
    void saysTheSameInWords();
    void followsTheServer();
    void offersASnooze();
};

void TrayTest::eachStateHasAPictureOfItsOwn()
{
    const std::array states{TraySight{}, live({}), live({1, 0, 0, 0}), live({2, 0, 0, 0}),
        live({42, 0, 0, 0}), live({100, 0, 0, 0}), live({0, 1, 0, 0}), live({0, 0, 1, 0}),
        live({0, 0, 0, 1}), TraySight{TraySight::List::Live, {}, TraySight::Calls::Snoozed}};
    for (const int side : traySides) {
        QList<QImage> pictures;
        for (const TraySight &state : states) {
            const QImage picture = trayPicture(state, side);
            QCOMPARE(picture.size(), QSize(side, side));
            QVERIFY(!pictures.contains(picture));
            pictures.append(picture);
        }
    }
    // Only the worst is counted, and a number too large for the place is no other one.
    QCOMPARE(trayPicture(live({1, 5, 0, 0}), 32), trayPicture(live({1, 0, 0, 0}), 32));
    QCOMPARE(trayPicture(live({100, 0, 0, 0}), 32), trayPicture(live({5'000, 0, 0, 0}), 32));
    QCOMPARE(trayIcon(live({})).availableSizes().size(), qsizetype(traySides.size()));
}

void TrayTest::showsTheWorstInItsColour()
{
    const std::array colors{QColor(0xe0, 0x36, 0x2b), QColor(0xf5, 0xa8, 0x00),
        QColor(0x8a, 0x4f, 0xe8), QColor(0x24, 0x78, 0xdc)};
    for (const int side : traySides) {
        for (std::size_t worst = 0; worst < colors.size(); ++worst) {
            std::array<int, 4> counts{};
            for (std::size_t severity = worst; severity < counts.size(); ++severity)
                counts[severity] = 3;
            const double part = share(trayPicture(live(counts), side), colors[worst]);
            QVERIFY2(part > 0.4, qPrintable(u"%1 at %2: %3"_s.arg(worst).arg(side).arg(part)));
        }
        QVERIFY(share(trayPicture(live({}), side), calmColor) > 0.4);
    }
}

void TrayTest::followsContrastAndColourVision()
{
    for (const auto contrast : {Contrast::Normal, Contrast::High}) {
        for (const auto vision : {ColorVision::Usual, ColorVision::Limited}) {
            for (std::size_t worst = 0; worst < 4; ++worst) {
                TraySight sight = live({});
                sight.counts[worst] = 3;
                sight.contrast = contrast;
                sight.vision = vision;
                const QColor color = trayColor(Severity(worst), contrast, vision);
                const double part = share(trayPicture(sight, 48), color);
                QVERIFY2(part > 0.25, qPrintable(u"%1 of %2"_s.arg(part).arg(color.name())));
            }
        }
    }
}

void TrayTest::isNeverCalmWhileNotLive()
{
    for (const int side : traySides) {
        for (const auto &counts : {std::array{0, 0, 0, 0}, std::array{3, 0, 0, 0}}) {
            const TraySight sight{TraySight::List::NotLive, counts};
            QCOMPARE(share(trayPicture(sight, side), calmColor), 0.0);
            QVERIFY(trayText(sight).startsWith(u"Not live"));
        }
        // Nor where the server sends no list, and none was heard of.
        const TraySight partial{TraySight::List::Partial, {}};
        QCOMPARE(share(trayPicture(partial, side), calmColor), 0.0);
    }
    const std::array one{1, 0, 0, 0};
    QCOMPARE(trayPicture({TraySight::List::Partial, one}, 32), trayPicture(live(one), 32));
    QCOMPARE(trayText({TraySight::List::Partial, one}), trayText(live(one)));
    QVERIFY(trayText({TraySight::List::Partial, {}}).contains(u"no list"));
}

void TrayTest::isWhollyInItsSquare()
{
    for (const TraySight &sight :
        {TraySight{}, live({}), live({7, 0, 0, 0}), live({0, 0, 12, 0})}) {
        const QImage picture = trayPicture(sight, 64);
        QRect drawn;
        for (int y = 0; y < 64; ++y) {
            for (int x = 0; x < 64; ++x) {
                if (picture.pixelColor(x, y).alpha() > 200)
                    drawn |= QRect(x, y, 1, 1);
            }
        }
        QVERIFY(drawn.left() > 0 && drawn.right() < 63 && drawn.width() > 40);
        QVERIFY(std::abs(drawn.center().x() - 32) <= 2);
    }
}

void TrayTest::saysTheSameInWords()
{
    QCOMPARE(trayText(live({2, 12, 0, 0})), u"2 critical of 14 active"_s);
    QCOMPARE(trayText(live({})), u"No active incidents"_s);
    QVERIFY(trayText({TraySight::List::Live, {}, TraySight::Calls::Snoozed}).contains(u"snoozed"));
}

void TrayTest::followsTheServer()
{
    const QTemporaryDir directory;
    auto gateway = Gateway::start({.port = 0, .dataDirectory = directory.filePath(u"data"_s)});
    QVERIFY(gateway);
    const QUrl ingest = (*gateway)->httpUrl().resolved(QUrl(u"/ingest/incident"_s));
    Http http;
    LiveFeed feed;
    AlarmSettings settings;
    settings.setFile(directory.filePath(u"alarm.ini"_s));
    Alarm alarm;
    alarm.setFeed(&feed);
    alarm.setSettings(&settings);
    const Preferences preferences;
    const TrayIcon tray(feed, alarm, preferences);
    QVERIFY(tray.icon().isVisible());
    QVERIFY(tray.icon().toolTip().contains(u"Not live"));
    feed.setRooms({u"account:default"_s});
    feed.setServer((*gateway)->webSocketUrl().toString());
    QTRY_VERIFY_WITH_TIMEOUT(tray.icon().toolTip().contains(u"No active incidents"), patience);
    const QImage calm = tray.icon().icon().pixmap(32).toImage();
    QCOMPARE(http.post(ingest, incident("one", "warning")), 200);
    QTRY_VERIFY_WITH_TIMEOUT(tray.icon().toolTip().contains(u"1 warning of 1 active"), patience);
    QVERIFY(tray.icon().icon().pixmap(32).toImage() != calm);
    QCOMPARE(http.post(ingest, incident("two", "critical")), 200);
    QTRY_VERIFY_WITH_TIMEOUT(tray.icon().toolTip().contains(u"1 critical of 2 active"), patience);
    gateway->reset();
    QTRY_VERIFY_WITH_TIMEOUT(tray.icon().toolTip().contains(u"Not live"), patience);
    settings.setTrayOn(false);
    QVERIFY(!tray.icon().isVisible());
}

void TrayTest::offersASnooze()
{
    const QTemporaryDir directory;
    LiveFeed feed;
    AlarmSettings settings;
    settings.setFile(directory.filePath(u"alarm.ini"_s));
    Alarm alarm;
    alarm.setFeed(&feed);
    alarm.setSettings(&settings);
    const Preferences preferences;
    const TrayIcon tray(feed, alarm, preferences);
    const auto action = [&tray](QStringView text) {
        for (QAction *const one : tray.menu().actions()) {
            if (one->isVisible() && one->text().contains(text))
                return one;
        }
        return static_cast<QAction *>(nullptr);
    };
    QVERIFY(action(u"Show Tocsin"));
    QVERIFY(action(u"Quit"));
    QVERIFY(!action(u"cknowledge"));
    QVERIFY(!action(u"End"));
    action(u"1 hour")->trigger();
    QVERIFY(alarm.isSnoozed());
    QCOMPARE(tray.sight().calls, TraySight::Calls::Snoozed);
    QVERIFY(action(u"End")->text().contains(alarm.snoozeEndText()));
    action(u"End")->trigger();
    QVERIFY(!alarm.isSnoozed());
    QVERIFY(!action(u"End"));
}

QTEST_MAIN(TrayTest)
#include "tst_tray.moc"
