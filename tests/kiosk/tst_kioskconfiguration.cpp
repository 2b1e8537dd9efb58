// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/kioskconfiguration.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class KioskConfigurationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryKey();
    void hasAUseWithoutAny();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void saysAllThatIsWrong();
    void keepsSecretsOutOfAddresses_data();
    void keepsSecretsOutOfAddresses();
    void readsTheExample();
    void readsWhatThePackageBeginsWith();
    void putsScreensInTheirPlaces_data();
    void putsScreensInTheirPlaces();

private:
    Expected<KioskConfiguration> read(const QByteArray &text)
    {
        QFile file(m_directory.filePath(u"kiosk.toml"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("the file cannot be written");
        file.close();
        return KioskConfiguration::read(file.fileName());
    }

    QTemporaryDir m_directory;
};

void KioskConfigurationTest::readsEveryKey()
{
    const auto read = this->read(R"(
server = ["wss://ops.example.com/ws", "wss://ops2.example.com/ws"]
token_file = "kiosk.token"
rooms = ["account:acme", "team:dba"]
name = "Ops room"
theme = "light"
contrast = "high"
color_vision = "limited"
keep_list = false
leave_key = "Ctrl+Alt+Q"
hold = "5m"
pixel_shift = 2

[dimming]
from = "20:00"
to = "06:30"
brightness = 30
lifted_by_critical = false

[sound]
on = true
volume = 60
repeat = "2m"
severities = ["critical", "warning"]

[[screen]]
name = "HDMI-1"
text = 120

[[screen.page]]
title = "Databases"
filter = "service:*-db"
order = "newest"
group = "service"
duration = "30s"

[[screen.page]]
view = "monitors"

[[screen]]
name = "*"

[[screen.page]]
view = "activity"
)");
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->server, u"wss://ops.example.com/ws"_s);
    QCOMPARE(read->alternatives, QStringList{u"wss://ops2.example.com/ws"_s});
    QCOMPARE(read->tokenFile, m_directory.filePath(u"kiosk.token"_s));
    QCOMPARE(read->rooms, QStringList({u"account:acme"_s, u"team:dba"_s}));
    QCOMPARE(read->name, u"Ops room"_s);
    QCOMPARE(read->theme, u"light"_s);
    QCOMPARE(read->contrast, u"high"_s);
    QCOMPARE(read->colorVision, u"limited"_s);
    QVERIFY(!read->keepsList);
    QCOMPARE(read->leaveKey, u"Ctrl+Alt+Q"_s);
    QVERIFY(read->hold == 5min);
    QCOMPARE(read->pixelShift, 2);
    QCOMPARE(read->dimFrom, u"20:00"_s);
    QCOMPARE(read->dimTo, u"06:30"_s);
    QCOMPARE(read->dimPercent, 30);
    QVERIFY(!read->criticalLiftsDimming);
    QCOMPARE(read->volume, 60);
    QVERIFY(read->soundRepeat == 2min);
    QCOMPARE(read->soundBits, 3);
    QCOMPARE(read->screens.size(), 2);
    QCOMPARE(read->screens[0].name, u"HDMI-1"_s);
    QCOMPARE(read->screens[0].textPercent, 120);
    const KioskPage databases{u"Databases"_s, WallPage::Incidents, u"service:*-db"_s,
        incidentview::Order::Newest, incidentview::Group::Service, 30s};
    QVERIFY(read->screens[0].pages[0] == databases);
    QCOMPARE(read->screens[0].pages[1].view, WallPage::Monitors);
    QCOMPARE(read->screens[1].pages.size(), 1);
    QCOMPARE(read->screens[1].pages[0].view, WallPage::Activity);
}

void KioskConfigurationTest::hasAUseWithoutAny()
{
    const auto read = this->read("");
    QVERIFY(read);
    QCOMPARE(read->screens.size(), 1);
    QCOMPARE(read->screens[0].name, u"*"_s);
    QCOMPARE(read->screens[0].pages.size(), 1);
    QVERIFY(read->leaveKey.isEmpty());
}

void KioskConfigurationTest::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(expected);
    };
    row("no TOML", "\nserver = wss", ":2: ");
    row("a key that there is not", "\nservr = \"x\"", ":2: servr: there is no such key");
    row("no text", "server = 1", ":1: server: expected an address");
    row("no address", "server = \"https://h\"", ":1: server: “https://h” is no server's address");
    row("a theme", "theme = \"pink\"", "theme: expected one of \"dark\", \"light\", \"system\"");
    row("no switch", "keep_list = 1", "keep_list: expected true or false");
    row("a key of none", "leave_key = \"Hyper+Frob\"", "leave_key: expected a key");
    row("no duration", "hold = 5", "hold: expected a duration");
    row("too bright", "[dimming]\nbrightness = 0", ":2: dimming.brightness: expected a whole");
    row("no time", "[dimming]\nfrom = \"8pm\"\nto = \"06:00\"",
        ":2: dimming.from: expected a time");
    row("half a span", "[dimming]\nfrom = \"20:00\"", "dimming: expected both from and to");
    row("a severity", "[sound]\nseverities = [\"fatal\"]", "sound.severities: expected an array");
    row("no rooms", "rooms = []", "rooms: expected an array");
    row("no screens", "screen = 3", "screen: expected [[screen]] tables");
    row("a screen's key", "[[screen]]\nnme = \"A\"", ":2: screen[0].nme: there is no such key");
    row("a page's key", "[[screen]]\n[[screen.page]]\nvew = \"A\"",
        ":3: page[0].vew: there is no such key");
    row("a page's view", "[[screen]]\n[[screen.page]]\nview = \"map\"",
        "view: expected one of \"incidents\", \"monitors\", \"activity\"");
    row("a filter", "[[screen]]\n[[screen.page]]\nfilter = \"severity:fatal\"",
        ":3: page[0].filter: ");
    row("a screen twice", "[[screen]]\nname = \"A\"\n[[screen]]\nname = \"A\"",
        "“A” is there twice");
}

void KioskConfigurationTest::saysWhatIsWrongAndWhere()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, expected);
    const auto read = this->read(text);
    QVERIFY(!read);
    const QString message = read.error().message;
    QVERIFY2(message.startsWith(m_directory.path()), qPrintable(message));
    QVERIFY2(message.contains(expected), qPrintable(message));
}

void KioskConfigurationTest::saysAllThatIsWrong()
{
    const auto read = this->read("theme = \"pink\"\nhold = 1\n[[screen]]\ntext = 7\n");
    QVERIFY(!read);
    QCOMPARE(read.error().message.count(u'\n'), 2);
    const auto missing = KioskConfiguration::read(m_directory.filePath(u"none.toml"_s));
    QVERIFY(!missing);
    QVERIFY(missing.error().message.contains(u"none.toml cannot be read"_s));
}

void KioskConfigurationTest::keepsSecretsOutOfAddresses_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("a password") << QByteArray("wss://ann:geheim@h.example/ws");
    QTest::newRow("a token") << QByteArray("wss://h.example/ws?token=geheim");
    QTest::newRow("another scheme") << QByteArray("https://ann:geheim@h.example/ws?token=geheim");
    QTest::newRow("no address") << QByteArray("wss://ann:geheim@h.example:99999/ws");
}

void KioskConfigurationTest::keepsSecretsOutOfAddresses()
{
    QFETCH(const QByteArray, address);
    const auto read = this->read("server = [\"wss://h.example/ws\", \"" + address + "\"]");
    QVERIFY(!read);
    const QString message = read.error().message;
    QVERIFY2(message.contains(u":1: server: "), qPrintable(message));
    QVERIFY2(!message.contains(u"geheim"), qPrintable(message));
}

void KioskConfigurationTest::readsTheExample()
{
    QFile file(QStringLiteral(TOCSIN_SOURCE_DIR "/packaging/kiosk/kiosk.example.toml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    const auto asItIs = read(text);
    QVERIFY2(asItIs, asItIs ? "" : qPrintable(asItIs.error().message));
    // What it only mentions is right as well.
    QByteArray all;
    for (QByteArray line : text.split('\n'))
        all += (line.startsWith('#') && !line.startsWith("# ") ? line.mid(1) : line) + '\n';
    const auto withAll = read(all);
    QVERIFY2(withAll, withAll ? "" : qPrintable(withAll.error().message));
    QVERIFY(withAll->screens != asItIs->screens);
}

void KioskConfigurationTest::readsWhatThePackageBeginsWith()
{
    const auto begun
        = KioskConfiguration::read(QStringLiteral(TOCSIN_SOURCE_DIR "/packaging/kiosk/kiosk.toml"));
    QVERIFY2(begun, begun ? "" : qPrintable(begun.error().message));
    QCOMPARE(begun->tokenFile, u"/etc/tocsin/kiosk.token"_s);
    QCOMPARE(begun->screens.size(), 1);
    QCOMPARE(begun->screens[0].name, u"*"_s);
}

void KioskConfigurationTest::putsScreensInTheirPlaces_data()
{
    QTest::addColumn<QStringList>("configured");
    QTest::addColumn<QStringList>("connected");
    QTest::addColumn<QStringList>("shown");
    QTest::addColumn<QStringList>("missing");
    QTest::newRow("one for all") << QStringList{"*"} << QStringList{"A", "B"}
                                 << QStringList{"A=0", "B=0"} << QStringList();
    QTest::newRow("each its own") << QStringList{"B", "A"} << QStringList{"A", "B", "C"}
                                  << QStringList{"B=0", "A=1"} << QStringList();
    QTest::newRow("one and the others") << QStringList{"*", "B"} << QStringList{"A", "B", "C"}
                                        << QStringList{"B=1", "A=0", "C=0"} << QStringList();
    QTest::newRow("one is missing")
        << QStringList{"A", "B"} << QStringList{"A"} << QStringList{"A=0"} << QStringList{"B"};
    QTest::newRow("all are missing") << QStringList{"X", "Y"} << QStringList{"A", "B"}
                                     << QStringList{"A=0"} << QStringList{"X", "Y"};
    QTest::newRow("none is connected")
        << QStringList{"A", "*"} << QStringList() << QStringList() << QStringList{"A"};
}

void KioskConfigurationTest::putsScreensInTheirPlaces()
{
    QFETCH(const QStringList, configured);
    QFETCH(const QStringList, connected);
    QList<KioskScreen> screens;
    for (const QString &name : configured)
        screens.append({name, 100, {}});
    const ScreenPlan plan = ScreenPlan::of(screens, connected);
    QStringList shown;
    for (const ScreenPlan::Place &place : plan.places)
        shown.append(u"%1=%2"_s.arg(place.screen).arg(place.entry));
    QTEST(shown, "shown");
    QTEST(plan.missing, "missing");
}

QTEST_GUILESS_MAIN(KioskConfigurationTest)
#include "tst_kioskconfiguration.moc"
