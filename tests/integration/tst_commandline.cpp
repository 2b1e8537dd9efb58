// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "commandline.h"
#include "incidents/incidentfilter.h"

#include <QRegularExpression>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

Expected<CommandLine> parsed(const QStringList &arguments)
{
    return parseCommandLine(QStringList{u"tocsin"_s} + arguments);
}

} // namespace

class CommandLineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesAWordThatIsNoneOfThem_data();
    void refusesAWordThatIsNoneOfThem();
    void refusesAFilterAsItsParserDoes_data();
    void refusesAFilterAsItsParserDoes();
    void takesAFilterThatIsOne();
    void takesSeveralAddressesOfAServer();
    void refusesWhatIsNoAddressAmongSeveral();
    void refusesWhatAWallHasInItsFile();
    void keepsSecretsOutOfAddresses_data();
    void keepsSecretsOutOfAddresses();
    void takesALink();
    void asksForTheUsualDashboard_data();
    void asksForTheUsualDashboard();
};

void CommandLineTest::refusesAWordThatIsNoneOfThem_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("theme") << u"--theme"_s << QStringList{u"system"_s, u"dark"_s, u"light"_s};
    QTest::newRow("contrast") << u"--contrast"_s
                              << QStringList{u"system"_s, u"normal"_s, u"high"_s};
    QTest::newRow("colour vision") << u"--color-vision"_s << QStringList{u"usual"_s, u"limited"_s};
    QTest::newRow("direction") << u"--direction"_s
                               << QStringList{u"language"_s, u"ltr"_s, u"rtl"_s};
    QTest::newRow("language") << u"--language"_s << QStringList{u"system"_s, u"en"_s, u"de"_s};
    QTest::newRow("text size") << u"--text-scale"_s << QStringList{u"80"_s, u"300"_s};
}

// What is refused is told with all that is not: each word that is named is taken.
void CommandLineTest::refusesAWordThatIsNoneOfThem()
{
    QFETCH(const QString, option);
    QFETCH(const QStringList, words);
    for (const QString &wrong : {u"frobnicated"_s, words.first().toUpper() + u'x', QString()}) {
        const auto refused = parsed({option, wrong});
        QVERIFY2(!refused, qPrintable(wrong));
        const QString message = refused.error().message;
        QVERIFY2(message.startsWith(option + u' '), qPrintable(message));
        QVERIFY2(message.contains(u"“%1”"_s.arg(wrong)), qPrintable(message));
        for (const QString &word : words) {
            const QRegularExpression whole(u"\\b%1\\b"_s.arg(word));
            QVERIFY2(whole.match(message).hasMatch(), qPrintable(message));
        }
    }
    for (const QString &word : words) {
        const auto taken = parsed({option, word});
        QVERIFY2(taken, qPrintable(taken ? word : taken.error().message));
    }
}

void CommandLineTest::refusesAFilterAsItsParserDoes_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("character");
    QTest::newRow("no such severity") << u"disk severity:fatal"_s << 6;
    QTest::newRow("no such field") << u"disk colour:red"_s << 6;
    QTest::newRow("open parenthesis") << u"(disk OR memory"_s << 1;
    QTest::newRow("nothing to choose from") << u"disk OR"_s << 8;
    QTest::newRow("no expression") << u"-staging text~\"(\""_s << 10;
}

void CommandLineTest::refusesAFilterAsItsParserDoes()
{
    QFETCH(const QString, filter);
    QFETCH(const int, character);
    const auto reason = IncidentFilter::parse(filter);
    QVERIFY(!reason);
    const auto refused = parsed({u"--filter"_s, filter});
    QVERIFY(!refused);
    QCOMPARE(refused.error().message,
        u"--filter, character %1: %2"_s.arg(character).arg(reason.error().error.message));
}

void CommandLineTest::takesAFilterThatIsOne()
{
    const QString filter = u"severity:critical -label.env=staging"_s;
    const auto taken = parsed({u"--filter"_s, filter});
    QVERIFY(taken);
    QCOMPARE(taken->filter, filter);
}

void CommandLineTest::takesSeveralAddressesOfAServer()
{
    const auto one = parsed({u"--server"_s, u"wss://a.example.com/ws"_s});
    QVERIFY(one);
    QCOMPARE(one->server, u"wss://a.example.com/ws"_s);
    QCOMPARE(one->alternatives, QStringList());
    const auto three = parsed({u"--server"_s, u"wss://a.example.com/ws"_s, u"--server"_s,
        u"wss://b.example.com/ws"_s, u"--server"_s, u"wss://a.example.com/ws"_s, u"--server"_s,
        u"ws://c.example.com:8787/ws"_s});
    QVERIFY(three);
    QCOMPARE(three->server, u"wss://a.example.com/ws"_s);
    QCOMPARE(three->alternatives,
        (QStringList{u"wss://b.example.com/ws"_s, u"ws://c.example.com:8787/ws"_s}));
}

void CommandLineTest::refusesWhatAWallHasInItsFile()
{
    for (const auto &[option, value] :
        {std::pair{u"--text-scale"_s, u"150"_s}, {u"--filter"_s, u"severity:critical"_s}}) {
        QVERIFY(parsed({option, value}));
        const auto refused = parsed({u"--kiosk"_s, option, value});
        QVERIFY2(!refused, qPrintable(option));
        const QString message = refused.error().message;
        QVERIFY2(message.startsWith(option + u" is not for --kiosk"_s), qPrintable(message));
    }
    const auto taken = parsed({u"--kiosk"_s, u"--contrast"_s, u"high"_s, u"--color-vision"_s,
        u"limited"_s, u"--theme"_s, u"light"_s});
    QVERIFY(taken);
}

void CommandLineTest::keepsSecretsOutOfAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("a password") << u"wss://ann:geheim@h.example/ws"_s;
    QTest::newRow("a token") << u"wss://h.example/ws?token=geheim"_s;
    QTest::newRow("another scheme") << u"https://ann:geheim@h.example/ws?token=geheim"_s;
    QTest::newRow("no address") << u"wss://ann:geheim@h.example:99999/ws"_s;
}

void CommandLineTest::keepsSecretsOutOfAddresses()
{
    QFETCH(const QString, address);
    const auto refused = parsed({u"--server"_s, u"wss://h.example/ws"_s, u"--server"_s, address});
    QVERIFY(!refused);
    QVERIFY2(!refused.error().message.contains(u"geheim"), qPrintable(refused.error().message));
}

void CommandLineTest::takesALink()
{
    QCOMPARE(parsed({u"tocsin://incident/0b9e"_s})->incident, u"0b9e"_s);
    QCOMPARE(parsed({u"tocsin:"_s})->incident, QString());
    // Whoever makes a link must not be able to say anything else with it.
    for (const QStringList &wrong : {QStringList{u"tocsin://incident/a --data-dir=/"_s},
             {u"tocsin://incident/a"_s, u"tocsin://incident/b"_s}, {u"https://a"_s},
             {u"--kiosk"_s, u"tocsin://incident/a"_s}})
        QVERIFY2(!parsed(wrong), qPrintable(wrong.join(u' ')));
}

void CommandLineTest::asksForTheUsualDashboard_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("usual");
    QTest::newRow("nothing") << QStringList{} << true;
    QTest::newRow("a link") << QStringList{u"tocsin://incident/a"_s} << true;
    QTest::newRow("a theme") << QStringList{u"--theme"_s, u"dark"_s} << true;
    QTest::newRow("a server") << QStringList{u"--server"_s, u"ws://a/ws"_s} << false;
    QTest::newRow("other data") << QStringList{u"--data-dir"_s, u"/a"_s} << false;
    QTest::newRow("a wall") << QStringList{u"--kiosk"_s} << false;
    QTest::newRow("no display") << QStringList{u"--offscreen"_s} << false;
    QTest::newRow("a picture") << QStringList{u"--screenshot"_s, u"a.png"_s} << false;
    QTest::newRow("a test") << QStringList{u"--self-test"_s} << false;
}

void CommandLineTest::asksForTheUsualDashboard()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const bool, usual);
    QCOMPARE(asksForUsualDashboard(*parsed(arguments)), usual);
}

void CommandLineTest::refusesWhatIsNoAddressAmongSeveral()
{
    const auto wrong = parsed(
        {u"--server"_s, u"wss://a.example.com/ws"_s, u"--server"_s, u"https://b.example.com"_s});
    QVERIFY(!wrong);
    QVERIFY(wrong.error().message.contains(u"“https://b.example.com”"));
    const auto empty = parsed({u"--server"_s, u"wss://a.example.com/ws"_s, u"--server"_s, u""_s});
    QVERIFY(!empty);
    for (const QString &option : {u"--token-file"_s, u"--data-dir"_s})
        QVERIFY2(!parsed({option, u""_s}), qPrintable(option));
    QVERIFY(!parsed({u"--help-all"_s}));
    QStringList many;
    for (int i = 0; i < 17; ++i)
        many += {u"--server"_s, u"ws://gw-%1.example.com/ws"_s.arg(i)};
    const auto refused = parsed(many);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"at most 16"));
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
