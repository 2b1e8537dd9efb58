// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logbook_p.h"
#include "gateway/logline.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto someTime = std::chrono::sys_time<std::chrono::milliseconds>(1'764'171'845'123ms);

LogRecord recordOf(const QString &message, const QString &category = u"tocsin.gateway"_s)
{
    return {.level = LogLevel::Warning, .category = category, .message = message, .at = someTime};
}

QString textOf(const std::vector<char16_t> &units)
{
    return QString::fromUtf16(units.data(), qsizetype(units.size()));
}

// Texts of everything that could break a line, and of what is usual.
rc::Gen<QString> anyText()
{
    const auto unit = rc::gen::weightedOneOf<char16_t>({
        {6, rc::gen::inRange<char16_t>(u' ', u'\x7f')},
        {3,
            rc::gen::element<char16_t>(u'"', u'\\', u'=', u' ', u'\n', u'\r', u'\t', u'\0', u'\x1b',
                u'\x7f', u'\x85', u'\x9b', u'\u2028', u'\u2029', u'\u202e', u'\u200f', u'\ufeff')},
        {1, rc::gen::arbitrary<char16_t>()},
    });
    return rc::gen::map(rc::gen::container<std::vector<char16_t>>(unit), textOf);
}

} // namespace

class LogLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isLogfmt();
    void leavesOutWhatIsEmpty();
    void quotesWhatLooksLikeANumber();
    void cutsWhatNobodyWouldRead();
    void cannotBeForged();
    void saysTheSameAsJson();
    void hasTimeAndLevelOnAStream();
    void hasAPriorityInTheJournal();
    void takesInMessagesOfOthers();
    void limitsLinesOfAKind();
    void limiterLosesNoCount();
    void tellsAnOutageAsItGoes();
};

void LogLineTest::isLogfmt()
{
    QCOMPARE(
        logLine("session.closed",
            {{"name", u"ann"_s}, {"code", 4008}, {"reason", "too slow"}, {"port", quint16(1)}}),
        u"event=session.closed name=ann code=4008 reason=\"too slow\" port=1"_s);
}

void LogLineTest::leavesOutWhatIsEmpty()
{
    QCOMPARE(logLine("x", {{"a", QString()}, {"b", "y"}, {"c", 0}}), u"event=x b=y c=0"_s);
}

void LogLineTest::quotesWhatLooksLikeANumber()
{
    QCOMPARE(logLine("x", {{"a", "12"}, {"b", "-3"}, {"c", "1.5"}}),
        u"event=x a=\"12\" b=\"-3\" c=1.5"_s);
}

void LogLineTest::cutsWhatNobodyWouldRead()
{
    const QString line = logLine("x", {{"a", QString(100'000, u'y')}});
    QVERIFY2(line.size() < 1'100, qPrintable(QString::number(line.size())));
    QVERIFY(line.endsWith(u"y…\""_s));
}

void LogLineTest::cannotBeForged()
{
    const bool holds = rc::check("a line stays one line with its fields", [] {
        const QString first = *anyText();
        const QString second = *anyText();
        const QString line = logLine("it", {{"first", first}, {"second", second}, {"end", 7}});
        for (const QChar c : line) {
            const QChar::Category category = c.category();
            RC_ASSERT(category != QChar::Other_Control && category != QChar::Other_Format
                && category != QChar::Separator_Line && category != QChar::Separator_Paragraph);
        }
        // Read by other means than the code's own: what is quoted is a JSON string.
        static const QRegularExpression shape(
            uR"(^event=it(?: first=(?<first>"(?:[^"\\]|\\.)*"|[^" ]+))?)"
            uR"((?: second=(?<second>"(?:[^"\\]|\\.)*"|[^" ]+))? end=7$)"_s);
        const auto match = shape.match(line);
        RC_ASSERT(match.hasMatch());
        for (const auto &[key, text] :
            {std::pair(u"first"_s, first), std::pair(u"second"_s, second)}) {
            QString value = match.captured(key);
            if (value.startsWith(u'"'))
                value
                    = QJsonDocument::fromJson('[' + value.toUtf8() + ']').array().at(0).toString();
            // Half of a pair is no text; JSON's reader replaces it, and so does UTF-8.
            RC_ASSERT(value.toUtf8() == text.toUtf8());
        }
    });
    QVERIFY(holds);
}

void LogLineTest::saysTheSameAsJson()
{
    const bool holds = rc::check("JSON has the same fields", [] {
        const QString text = *anyText();
        const QByteArray json
            = renderLogRecord(recordOf(logLine("it", {{"text", text}, {"n", -4}})), LogFormat::Json,
                LogTarget::Stream);
        RC_ASSERT(json.count('\n') == 1 && json.endsWith('\n'));
        const QJsonObject object = QJsonDocument::fromJson(json).object();
        RC_ASSERT(object.value(u"event"_s) == u"it"_s);
        RC_ASSERT(object.value(u"level"_s) == u"warning"_s);
        RC_ASSERT(object.value(u"time"_s) == u"2025-11-26T15:44:05.123Z"_s);
        RC_ASSERT(object.value(u"n"_s) == -4);
        RC_ASSERT(object.contains(u"text"_s) == !text.isEmpty());
    });
    QVERIFY(holds);
    const QByteArray json
        = renderLogRecord(recordOf(logLine("it", {{"text", u"a \"b\"\n\x1b[2J"_s}})),
            LogFormat::Json, LogTarget::Stream);
    QCOMPARE(
        QJsonDocument::fromJson(json).object().value(u"text"_s).toString(), u"a \"b\"\n\x1b[2J"_s);
}

void LogLineTest::hasTimeAndLevelOnAStream()
{
    QCOMPARE(renderLogRecord(recordOf(u"event=it a=b"_s), LogFormat::Text, LogTarget::Stream),
        "time=2025-11-26T15:44:05.123Z level=warning event=it a=b\n"_ba);
}

void LogLineTest::hasAPriorityInTheJournal()
{
    for (const auto &[level, priority] :
        {std::pair(LogLevel::Debug, "<7>"_ba), std::pair(LogLevel::Info, "<6>"_ba),
            std::pair(LogLevel::Warning, "<4>"_ba), std::pair(LogLevel::Error, "<3>"_ba)}) {
        LogRecord record = recordOf(u"event=it"_s);
        record.level = level;
        QCOMPARE(
            renderLogRecord(record, LogFormat::Text, LogTarget::Journal), priority + "event=it\n");
        const QByteArray json = renderLogRecord(record, LogFormat::Json, LogTarget::Journal);
        QVERIFY(json.startsWith(priority + "{"));
        QVERIFY(!json.contains("\"time\""));
    }
}

void LogLineTest::takesInMessagesOfOthers()
{
    const QString forged = u"event=gateway.ready\n<3>event=x"_s;
    QCOMPARE(
        renderLogRecord(recordOf(forged, u"qt.network"_s), LogFormat::Text, LogTarget::Journal),
        "<4>event=message category=qt.network text=\"event=gateway.ready\\n<3>event=x\"\n"_ba);
    // Of the gateway's category, but no line of logLine().
    QCOMPARE(renderLogRecord(recordOf(u"a sentence"_s), LogFormat::Text, LogTarget::Journal),
        "<4>event=message category=tocsin.gateway text=\"a sentence\"\n"_ba);
}

void LogLineTest::limitsLinesOfAKind()
{
    LineLimiter limiter;
    const LineLimiter::Moment begin{100s};
    for (int i = 0; i < LineLimiter::mostLines; ++i)
        QVERIFY(limiter.admit("a"_ba, begin));
    QVERIFY(!limiter.admit("a"_ba, begin + 1s));
    QVERIFY(limiter.admit("b"_ba, begin + 1s));
    QVERIFY(limiter.takeSuppressed(begin + 9s).isEmpty());
    const auto suppressed = limiter.takeSuppressed(begin + LineLimiter::window);
    QCOMPARE(suppressed.size(), 1);
    QCOMPARE(suppressed.first().kind, "a"_ba);
    QCOMPARE(suppressed.first().lines, 1);
    QVERIFY(limiter.admit("a"_ba, begin + LineLimiter::window));
    QVERIFY(limiter.takeSuppressed(begin + 100s).isEmpty());
}

void LogLineTest::limiterLosesNoCount()
{
    const bool holds = rc::check("written and suppressed are all", [] {
        LineLimiter limiter;
        LineLimiter::Moment now{1s};
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4'000));
        qint64 admitted = 0;
        qint64 told = 0;
        for (const int step : steps) {
            now += std::chrono::milliseconds(step < 3'500 ? step / 100 : step);
            admitted += limiter.admit("a"_ba, now) ? 1 : 0;
            if (step % 7 == 0) {
                for (const auto &suppressed : limiter.takeSuppressed(now))
                    told += suppressed.lines;
            }
        }
        for (const auto &suppressed : limiter.takeSuppressed(now + LineLimiter::window))
            told += suppressed.lines;
        RC_ASSERT(admitted + told == qint64(steps.size()));
    });
    QVERIFY(holds);
}

void LogLineTest::tellsAnOutageAsItGoes()
{
    Outage outage;
    const Outage::Moment begin{100s};
    QVERIFY(!outage.worked(begin));
    QCOMPARE(outage.failed(begin).value_or(Outage::Report()).failures, 1);
    QVERIFY(!outage.failed(begin + 59s));
    const auto report = outage.failed(begin + 60s);
    QVERIFY(report);
    QCOMPARE(report->failures, 3);
    QCOMPARE(report->lasted, 60s);
    QVERIFY(!outage.failed(begin + 61s));
    const auto end = outage.worked(begin + 90s);
    QVERIFY(end);
    QCOMPARE(end->failures, 4);
    QCOMPARE(end->lasted, 90s);
    QVERIFY(!outage.worked(begin + 91s));
    QVERIFY(outage.failed(begin + 92s));
}

QTEST_GUILESS_MAIN(LogLineTest)
#include "tst_logline.moc"
