// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentfilter.h"
#include "incidents/searchtext.h"
#include "incidents/substring.h"

#include <QTest>

#include <rapidcheck.h>

#include <functional>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const Timestamp now = timestampFromMilliseconds(1'700'000'000'000);

Incident example()
{
    return {.uuid = u"u"_s,
        .title = u"Disk /var 97% Full on DB-3"_s,
        .severity = Severity::Warning,
        .status = IncidentStatus::Acknowledged,
        .createdAt = now - std::chrono::hours(2),
        .source = u"alertmanager"_s,
        .service = u"orders-db"_s,
        .assignee = u"Anna"_s,
        .acknowledgedBy = u"Bob"_s,
        .count = 12,
        .labels = {{u"env"_s, u"Production"_s}, {u"odd name"_s, u"x"_s}},
        .annotations = {{u"summary"_s, u"The disk will be full \"soon\" (tm)"_s}}};
}

FilterVerdict judge(const IncidentFilter &filter, const Incident &incident)
{
    const std::string text = SearchText::textOf(incident);
    return filter.judge({incident, text, now, u"anna"_s});
}

IncidentFilter parsed(const QString &text)
{
    const auto filter = IncidentFilter::parse(text);
    if (!filter)
        qFatal("%s: %s", qPrintable(text), qPrintable(filter.error().error.message));
    return *filter;
}

} // namespace

class IncidentFilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lowersTextOfEveryAlphabet();
    void judges_data();
    void judges();
    void saysWhereAndWhatIsWrong_data();
    void saysWhereAndWhatIsWrong();
    void hasOneSpelling_data();
    void hasOneSpelling();
    void keepsALineBreakAtTheEndOfAValue();
    void showsWhatItCannotJudge();
    void givesUpOnAnExpressionThatTakesTooLong();
    void showsWhereAnExpressionSawAPartOnly();
    void readsTheTextAloneWhereThatIsEnough();
    void findsBytesWhereTheyAre();
    void takesAnyTextWithoutHarm();
    void equalsATreeOfTheSameTerms();
};

void IncidentFilterTest::judges_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("passes");
    const auto row = [](const char *text, bool passes) {
        QTest::newRow(text) << QString::fromUtf8(text) << passes;
    };
    row("", true);
    row("   ", true);
    row("disk", true);
    row("DISK full", true);
    row("disk nothing", false);
    row("\"97% full\"", true);
    row("\"full 97%\"", false);
    row("\"env=prod\"", true);
    row("production", true);
    row("db-3", true);
    row("-db-3", false);
    row("-nothing", true);
    row("severity:warning", true);
    row("severity:critical,WARNING", true);
    row("severity:critical", false);
    row("severity=warning", true);
    row("severity!=warning", false);
    row("severity>=warning", true);
    row("severity>warning", false);
    row("severity>info", true);
    row("severity<critical", true);
    row("severity<=unknown", false);
    row("status:acknowledged", true);
    row("status!=open", true);
    row("status:open,acknowledged", true);
    row("source:alertmanager", true);
    row("service:ORDERS-db", true);
    row("service:orders", false);
    row("service:orders*", true);
    row("service:*-db", true);
    row("service:o*s*b", true);
    row("service:web,orders-*", true);
    row("service=orders*", false);
    row("service!=web", true);
    row("-service:orders-db", false);
    row("assignee:@me", true);
    row("acknowledged-by:@me", false);
    row("assignee:*", true);
    row("assignee:\"\"", false);
    row("title:disk*", true);
    row("title~\"disk .* full\"", true);
    row("title~^full", false);
    row("text~(soon|later)", true);
    row("(text~soon)", true);
    row("text~^orders", true);
    row("text:nothing,soon", true);
    row("label.env:production", true);
    row("label.ENV:production", false);
    row("label.\"odd name\":x", true);
    row("label.absent:*", false);
    row("-label.env=staging", true);
    row("label.env~^prod", true);
    row("annotation.summary~soon", true);
    row("age>1h", true);
    row("age>2h", false);
    row("age>=120m", true);
    row("age<3h", true);
    row("age>1d", false);
    // The example began at 2023-11-14T20:13:20Z.
    row("opened:2023-11-14T20:13Z", true);
    row("opened:2023-11-14T20:12Z", false);
    row("opened:2023-11-14T20:00Z..2023-11-14T20:13Z", true);
    row("opened:2023-11-14T20:14Z..2023-11-14T20:29Z", false);
    row("opened:2023-11-14T21:00+01:00..2023-11-14t21:14+01:00", true);
    row("opened:2023-11-14T20:13:20Z", true);
    row("opened:2023-11-14T20:13:21Z", false);
    row("opened:*..2023-11-13", false);
    row("opened:2023-11-13..*", true);
    row("opened:2023-11-13..2023-11-15", true);
    row("opened>2023-11-14T20:12Z", true);
    row("opened>2023-11-14T20:13Z", false);
    row("opened>=2023-11-14T20:13Z", true);
    row("opened<2023-11-14T20:13Z", false);
    row("opened<=2023-11-14T20:13Z", true);
    row("count>=10", true);
    row("count:12", true);
    row("count!=12", false);
    row("count<12", false);
    row("nothing OR disk", true);
    row("nothing OR absent", false);
    row("disk nothing OR full", true);
    row("disk (nothing OR full)", true);
    row("(disk OR nothing) absent", false);
    row("disk AND full", true);
    row("-(nothing OR absent)", true);
    row("-(disk full)", false);
    row("--disk", true);
    row("\"OR\"", true);
    row("\"OR\" absent", false);
    row("severity:critical OR service:orders-db -label.env=staging", true);
    row("10.0.0.1:9090", false);
}

void IncidentFilterTest::judges()
{
    QFETCH(const QString, text);
    QFETCH(const bool, passes);
    QCOMPARE(judge(parsed(text), example()), passes ? FilterVerdict::Yes : FilterVerdict::No);
}

void IncidentFilterTest::saysWhereAndWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *text, int position, int length, const char *says) {
        QTest::newRow(text) << QString::fromUtf8(text) << position << length
                            << QString::fromUtf8(says);
    };
    row("disk severity:", 14, 1, "compared");
    row("severity:bad", 0, 12, "critical, warning, unknown or info");
    row("a severity:critical,bad b", 2, 21, "“bad”");
    row("severity~x", 8, 1, "takes one of");
    row("status>open", 6, 1, "takes one of");
    row("status:gone", 0, 11, "open, acknowledged or resolved");
    row("age:1h", 3, 1, "takes one of");
    row("age>soon", 0, 8, "90s, 15m, 2h");
    row("opened=2027-01-15", 6, 1, "takes one of");
    row("opened:soon", 0, 11, "2026-11-27T14:00..2026-11-27T14:29");
    row("opened:2027-02-30", 0, 17, "A time is");
    row("opened:2027-01-15T24:61", 0, 23, "A time is");
    row("opened:2027-01-15..2027-01-14", 0, 29, "A time is");
    row("opened:2027-01-15,2027-01-16", 0, 28, "A time is");
    row("opened>2027-01-15..*", 0, 20, "A time is");
    row("count>many", 0, 10, "whole number");
    row("foo:bar", 0, 3, "no field");
    row("a http://x", 2, 4, "in quotes");
    row("service.x:y", 0, 9, "no field");
    row("label:x", 0, 5, "label.env");
    row("label.=x", 0, 6, "label.env");
    row("text~[", 0, 6, "regular expression");
    row("text~\"(*LIMIT_MATCH=9)x\"", 0, 24, "(*");
    row("a \"open", 2, 5, "not closed");
    row("service:\"open", 8, 5, "not closed");
    row("service:\"a\"b", 11, 1, "space");
    row("(a", 0, 1, "not closed");
    row("a)", 1, 1, "closes none");
    row("()", 0, 2, "nothing in these");
    row("a OR", 4, 1, "both sides");
    row("OR a", 0, 1, "both sides");
    row("a AND", 5, 1, "both sides");
    row("a - b", 2, 1, "left out");
    row("service:a,", 10, 1, "compared");
}

void IncidentFilterTest::saysWhereAndWhatIsWrong()
{
    QFETCH(const QString, text);
    const auto filter = IncidentFilter::parse(text);
    QVERIFY(!filter);
    const FilterError &error = filter.error();
    QTEST(int(error.position), "position");
    QTEST(int(error.length), "length");
    QFETCH(const QString, says);
    QVERIFY2(error.error.message.contains(says), qPrintable(error.error.message));
    QCOMPARE(error.error.where, u"character %1"_s.arg(error.position + 1));
}

void IncidentFilterTest::hasOneSpelling_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("spelling");
    const auto row = [](const char *text, const char *spelling) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(spelling);
    };
    row("  a   b ", "a b");
    row("a AND (b c)", "a b c");
    row("opened:2023-11-14T20:00Z..*", "opened:2023-11-14T20:00Z..*");
    row("(a OR b) OR c", "a OR b OR c");
    row("(a OR b) c", "(a OR b) c");
    row("a OR (b c)", "a OR b c");
    row("-(a b)", "-(a b)");
    row("--a", "a");
    row("SEVERITY:critical", "severity:critical");
    row("label.\"a b\":x", "label.\"a b\":x");
    row("text~\"disk .* full\"", "text~\"disk .* full\"");
    row("text~\\d+", "text~\"\\\\d+\"");
    row("service:\"a\",b", "service:a,b");
    row("\"or\"", "or");
    row("\"OR\"", "\"OR\"");
    row("\"-x\"", "\"-x\"");
}

void IncidentFilterTest::hasOneSpelling()
{
    QFETCH(const QString, text);
    const IncidentFilter filter = parsed(text);
    QTEST(filter.toString(), "spelling");
    QCOMPARE(parsed(filter.toString()).toString(), filter.toString());
    QCOMPARE(parsed(filter.toString()), filter);
}

void IncidentFilterTest::keepsALineBreakAtTheEndOfAValue()
{
    const IncidentFilter filter = parsed(u"label.x=\"abc\n\""_s);
    QCOMPARE(filter.toString(), u"label.x=\"abc\n\""_s);
    QCOMPARE(parsed(filter.toString()), filter);
    Incident incident = example();
    incident.labels = {{u"x"_s, u"abc\n"_s}};
    QCOMPARE(judge(parsed(filter.toString()), incident), FilterVerdict::Yes);
    // Where none belongs, it is not taken.
    QVERIFY(!IncidentFilter::parse(u"opened:\"2027-01-15\n\""_s));
    QVERIFY(!IncidentFilter::parse(u"age>\"1h\n\""_s));
}

void IncidentFilterTest::showsWhatItCannotJudge()
{
    Incident incident = example();
    incident.createdAt.reset();
    QCOMPARE(judge(parsed(u"age>1h"_s), incident), FilterVerdict::Unsure);
    QCOMPARE(judge(parsed(u"-age>1h"_s), incident), FilterVerdict::Unsure);
    QCOMPARE(judge(parsed(u"opened:2027-01-15"_s), incident), FilterVerdict::Unsure);
    QCOMPARE(judge(parsed(u"age>1h nothing"_s), incident), FilterVerdict::No);
    QCOMPARE(judge(parsed(u"age>1h OR disk"_s), incident), FilterVerdict::Yes);
}

void IncidentFilterTest::givesUpOnAnExpressionThatTakesTooLong()
{
    Incident incident = example();
    incident.title = QString(2'000, u'a') + u'!';
    QCOMPARE(judge(parsed(u"title~^(a+)+$"_s), incident), FilterVerdict::Unsure);
    QCOMPARE(judge(parsed(u"title~^a+!$"_s), incident), FilterVerdict::Yes);
}

void IncidentFilterTest::showsWhereAnExpressionSawAPartOnly()
{
    // In UTF-8, each of these is three bytes, and as much is seen of them.
    for (const QChar letter : {QChar(u'x'), QChar(0x20ac)}) {
        Incident incident = example();
        incident.title = QString(8'100, letter) + u" near"_s + QString(900, letter) + u" far"_s;
        QCOMPARE(judge(parsed(u"title~near"_s), incident), FilterVerdict::Yes);
        QCOMPARE(judge(parsed(u"text~near"_s), incident), FilterVerdict::Yes);
        for (const QString &unsure : {u"title~far"_s, u"-title~far"_s, u"text~far"_s,
                 u"title~nowhere"_s, u"title~%1$"_s.arg(letter), u"-title~%1$"_s.arg(letter)})
            QCOMPARE(judge(parsed(unsure), incident), FilterVerdict::Unsure);
        // A word is looked for in all of it.
        QCOMPARE(judge(parsed(u"far"_s), incident), FilterVerdict::Yes);
        incident.title = QString(8'192, letter);
        QCOMPARE(judge(parsed(u"title~far"_s), incident), FilterVerdict::No);
        QCOMPARE(judge(parsed(u"title~%1$"_s.arg(letter)), incident), FilterVerdict::Yes);
    }
}

void IncidentFilterTest::readsTheTextAloneWhereThatIsEnough()
{
    QVERIFY(IncidentFilter().readsOnlyText());
    QVERIFY(parsed(u"a -b OR text~c"_s).readsOnlyText());
    QVERIFY(!parsed(u"a service:b"_s).readsOnlyText());
    QVERIFY(parsed(u"a OR -age>1h"_s).dependsOnTime());
    QVERIFY(!parsed(u"a"_s).dependsOnTime());
    const std::string text = SearchText::textOf(example());
    QCOMPARE(parsed(u"disk -nothing"_s).judgeText(text), FilterVerdict::Yes);
}

void IncidentFilterTest::findsBytesWhereTheyAre()
{
    const bool held = rc::check("containsBytes == find", [] {
        const auto letters = rc::gen::inRange('a', 'd');
        const auto text = *rc::gen::container<std::string>(letters);
        const auto longer = text + text + *rc::gen::container<std::string>(letters);
        const auto needle = *rc::gen::resize(8, rc::gen::container<std::string>(letters));
        RC_ASSERT(containsBytes(text, needle) == (text.find(needle) != std::string::npos));
        RC_ASSERT(containsBytes(longer, needle) == (longer.find(needle) != std::string::npos));
        // Each part of a text is in it, also the first and the last.
        for (std::size_t at = 0; at + 3 <= longer.size(); ++at)
            RC_ASSERT(containsBytes(longer, std::string_view(longer).substr(at, 3)));
    });
    QVERIFY(held);
}

void IncidentFilterTest::takesAnyTextWithoutHarm()
{
    const bool held = rc::check("parse ends, and what it takes has one spelling", [] {
        static const std::vector<QString> pieces{u"a"_s, u"severity"_s, u"service"_s, u"label."_s,
            u":"_s, u"="_s, u"!="_s, u"~"_s, u">"_s, u"<="_s, u"\""_s, u"\\"_s, u"("_s, u")"_s,
            u"-"_s, u" "_s, u" OR "_s, u" AND "_s, u","_s, u"*"_s, u"critical"_s, u"age>1h"_s,
            u"."_s, u"@me"_s, u"ß"_s, u"\t"_s, u"[a-z]+"_s};
        QString text;
        for (const int piece :
            *rc::gen::container<std::vector<int>>(rc::gen::inRange<int>(0, int(pieces.size()))))
            text += pieces[std::size_t(piece)];
        const auto filter = IncidentFilter::parse(text);
        if (!filter) {
            RC_ASSERT(filter.error().position >= 0 && filter.error().position <= text.size());
            RC_ASSERT(!filter.error().error.message.isEmpty());
            return;
        }
        const auto again = IncidentFilter::parse(filter->toString());
        RC_ASSERT(again.has_value());
        RC_ASSERT(again->toString() == filter->toString());
        RC_ASSERT(judge(*again, example()) == judge(*filter, example()));
    });
    QVERIFY(held);
    QVERIFY(!IncidentFilter::parse(QString(2'001, u'a')));
    QVERIFY(!IncidentFilter::parse(QString(1'000, u'(') + u'a'));
    QVERIFY(!IncidentFilter::parse(QString(1'000, u'-') + u'a'));
}

// A reference that knows nothing of texts, needles or trees of ours: a function for each term.
void IncidentFilterTest::equalsATreeOfTheSameTerms()
{
    struct Term {
        QString text;
        std::function<bool(const Incident &)> holds;
    };
    static const std::vector<Term> terms{
        {u"severity:critical"_s,
            [](const Incident &i) { return i.severity == Severity::Critical; }},
        {u"severity>=warning"_s,
            [](const Incident &i) {
                return i.severity == Severity::Critical || i.severity == Severity::Warning;
            }},
        {u"service:s*"_s, [](const Incident &i) { return i.service.startsWith(u's'); }},
        {u"label.env!=x"_s, [](const Incident &i) { return i.labels.value(u"env"_s) != u"x"; }},
        {u"count>=3"_s, [](const Incident &i) { return i.count >= 3; }},
        {u"disk"_s,
            [](const Incident &i) { return i.title.contains(u"disk", Qt::CaseInsensitive); }},
    };
    const bool held = rc::check("filter == the same tree of functions", [] {
        const auto numbers = *rc::gen::container<std::vector<int>>(8, rc::gen::inRange(0, 1'000));
        Incident incident;
        incident.uuid = u"u"_s;
        incident.title = numbers[0] % 2 != 0 ? u"A Disk"_s : u"A plate"_s;
        incident.severity = Severity(numbers[1] % 4);
        incident.service = numbers[2] % 2 != 0 ? u"shop"_s : u"web"_s;
        incident.count = numbers[3] % 5;
        if (numbers[4] % 2 != 0)
            incident.labels.insert(u"env"_s, u"x"_s);

        QString text;
        bool any = false;
        bool all = true;
        const auto tree = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 64));
        for (const int number : tree) {
            const Term &term = terms[std::size_t(number) % terms.size()];
            const bool negated = number / 8 % 2 != 0;
            if (!text.isEmpty() && number / 16 % 2 != 0) {
                text += u" OR"_s;
                any = any || all;
                all = true;
            }
            text += (negated ? u" -"_s : u" "_s) + term.text;
            all = all && term.holds(incident) != negated;
        }
        const bool expected = any || all;
        RC_ASSERT((judge(parsed(text), incident) == FilterVerdict::Yes) == expected);
    });
    QVERIFY(held);
}

// What is ASCII is lowered by itself, so that both ways must come to the same.
void IncidentFilterTest::lowersTextOfEveryAlphabet()
{
    const QStringList parts{u"Disk FULL on WEB-1 [~_@`{}]"_s, u"ÄRGER in der STRAẞE"_s,
        u"ΣΊΣΥΦΟΣ"_s, u"İstanbul"_s, u"ДИСК"_s, QString::fromUtf8("\U00010400 \U0001F525 FIRE"),
        u"a\0B"_s, QString(), u"MIX Ünd"_s};
    for (const QString &part : parts) {
        Incident incident;
        incident.title = part;
        incident.service = part + u"/S"_s;
        incident.source = u"Source"_s;
        incident.labels = {{u"Env"_s, part}, {part + u'K', u"V"_s}};
        incident.annotations = {{u"Name"_s, part}};
        QStringList lines{part, part + u"/S"_s, u"Source"_s};
        for (auto it = incident.labels.cbegin(); it != incident.labels.cend(); ++it)
            lines.append(it.key() + u'=' + it.value());
        if (!part.isEmpty())
            lines.append(part);
        QCOMPARE(SearchText::textOf(incident), lines.join(u'\n').toLower().toStdString());
    }
}

QTEST_APPLESS_MAIN(IncidentFilterTest)
#include "tst_incidentfilter.moc"
