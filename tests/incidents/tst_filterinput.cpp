// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/filterinput.h"

#include <QSignalSpy>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

/// `text` with a `|` where the cursor is.
FilterCompletions completionsAt(const QString &marked)
{
    const auto known = [](const QString &field) -> QStringList {
        if (field == u"service")
            return {u"checkout"_s, u"orders-db"_s, u"order form"_s};
        if (field == u"label")
            return {u"env"_s, u"odd name"_s};
        if (field == u"label.env")
            return {u"production"_s, u"staging"_s};
        return {};
    };
    const auto cursor = marked.indexOf(u'|');
    return completeFilter(QString(marked).remove(u'|'), cursor, known);
}

} // namespace

class FilterInputTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void completes_data();
    void completes();
    void appliesWhatIsTyped();
    void appliesTheRestWhileAWordIsWrong();
    void goesOnWithNoFilterFromBefore_data();
    void goesOnWithNoFilterFromBefore();
    void appliesWhatHasRoomOfATextThatIsTooLong();
    void togglesSeverities();
    void togglesWhatIsMine();
    void togglesASpanOfTime();
    void puttingACompletionInKeepsTheRest();
    void offersWhatIsSeen();
};

void FilterInputTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void FilterInputTest::completes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("offers");
    QTest::addColumn<QString>("replaced");
    const auto row = [](const char *text, const char *offers, const char *replaced) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(offers)
                            << QString::fromUtf8(replaced);
    };
    row("|", "", "");
    row("se|", "severity|service", "se");
    row("disk -se|", "severity|service", "se");
    row("(lab|", "label.", "lab");
    row("disk|", "", "disk");
    row("status|", "status:|status=|status!=", "status");
    row("age|", "age>|age<|age>=|age<=", "age");
    row("severity:|", "critical|warning|unknown|info", "");
    row("severity:cr|", "critical", "cr");
    row("severity:critical,w|", "warning|unknown", "w");
    row("severity:critical|", "", "critical");
    row("service:ord|", "orders-db|\"order form\"", "ord");
    row("service:\"ord|", "orders-db|\"order form\"", "\"ord");
    row("SERVICE=che| disk", "checkout", "che");
    row("service:form|", "\"order form\"", "form");
    row("assignee:|", "@me", "");
    row("label.|", "label.env|label.\"odd name\"", "label.");
    row("label.e|", "label.env", "label.e");
    row("label.env|", "label.env:|label.env=|label.env!=|label.env~", "label.env");
    row("label.env:st|", "staging", "st");
    row("opened|", "opened:|opened>|opened<|opened>=|opened<=", "opened");
    row("age>1|", "15m|1h|1d|1w", "1");
    row("text~dis|", "", "text~dis");
    row("\"se|", "", "\"se");
    row("nobody:x|", "", "nobody:x");
}

void FilterInputTest::completes()
{
    QFETCH(const QString, text);
    const FilterCompletions completions = completionsAt(text);
    QStringList offers;
    for (const FilterCompletion &each : completions.items)
        offers.append(each.text);
    QTEST(offers.join(u'|'), "offers");
    QTEST(QString(text).remove(u'|').mid(completions.position, completions.length), "replaced");
}

void FilterInputTest::appliesWhatIsTyped()
{
    IncidentStore store;
    store.apply(u"r"_s, {.uuid = u"a"_s, .title = u"Disk full"_s});
    store.apply(u"r"_s, {.uuid = u"b"_s, .title = u"Latency"_s});
    IncidentModel model(store);
    FilterInput input;
    input.setIncidents(&model);
    QVERIFY(!input.isActive());
    QSignalSpy changed(&input, &FilterInput::textChanged);
    input.setText(u"di"_s);
    QCOMPARE(changed.size(), 1);
    QVERIFY(input.isActive());
    QCOMPARE(model.shownCount(), 1);
    input.clear();
    QCOMPARE(model.shownCount(), 2);
    QVERIFY(!input.isActive());
}

void FilterInputTest::appliesTheRestWhileAWordIsWrong()
{
    IncidentStore store;
    IncidentModel model(store);
    FilterInput input;
    input.setIncidents(&model);
    input.setText(u"disk severity: full"_s);
    QCOMPARE(input.errorPosition(), 14);
    QVERIFY(!input.errorText().isEmpty());
    QCOMPARE(model.filter().toString(), u"disk full"_s);
    input.setText(u"disk severity:info full"_s);
    QCOMPARE(input.errorText(), QString());
    QCOMPARE(model.filter().toString(), u"disk severity:info full"_s);
    // Closed where a person has not come to it yet.
    input.setText(u"-(disk severity:"_s);
    QVERIFY(!input.errorText().isEmpty());
    QCOMPARE(model.filter().toString(), u"-disk"_s);
}

void FilterInputTest::goesOnWithNoFilterFromBefore_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("applied");
    const auto row = [](const char *text, int position, const char *applied) {
        QTest::newRow(text) << QString::fromUtf8(text) << position << QString::fromUtf8(applied);
    };
    row("foo:a bar:b severity:critical", 0, "severity:critical");
    row("(severity:foo OR severity:critical)", 1, "severity:critical");
    row("severity:critical OR severity:warnin", 21, "severity:critical");
    row("severity:critical OR", 20, "severity:critical");
    row("OR severity:critical", 0, "severity:critical");
    row("AND severity:critical", 4, "severity:critical");
    row("a OR foo:x AND b", 5, "a OR b");
    row("a AND foo:x OR b", 6, "a OR b");
    row("(a OR ) b", 6, "a b");
    row("a (foo:x OR (bar:y)) OR b", 3, "a OR b");
    row("(severity:) OR disk", 10, "disk");
    row("a) b", 1, "a b");
    row("a - b", 2, "a b");
    row("foo:\"a b\" disk", 0, "disk");
    row("text~(a|b) foo:(c|d) e", 11, "text~\"(a|b)\" c|d e");
    row("label.x~a(b severity:critical", 0, "severity:critical");
    row("disk \"severity:critical", 5, "disk");
    // An alternative that is not understood must not turn into its opposite.
    row("-(severity:inf", 2, "");
    row("-(severity:inf OR a)", 2, "-a");
    row("-severity:inf", 1, "");
    row("foo:a", 0, "");
    row("()", 0, "");
}

void FilterInputTest::goesOnWithNoFilterFromBefore()
{
    QFETCH(const QString, text);
    IncidentStore store;
    IncidentModel model(store);
    FilterInput input;
    input.setIncidents(&model);
    input.setText(u"severity:info"_s);
    input.setText(text);
    QVERIFY(!input.errorText().isEmpty());
    // What is said of it is of the text as it was typed.
    QTEST(input.errorPosition(), "position");
    QTEST(model.filter().toString(), "applied");
    QCOMPARE(input.isActive(), !model.filter().isEmpty());
}

void FilterInputTest::appliesWhatHasRoomOfATextThatIsTooLong()
{
    FilterInput input;
    IncidentStore store;
    IncidentModel model(store);
    input.setIncidents(&model);
    input.setText(u"severity:info "_s + QString(3'000, u'a'));
    QCOMPARE(model.filter().toString(), u"severity:info"_s);
    // Nothing of it is right, and that is found out in no time.
    for (const QString &text : {QString(100'000, u'('), QString(100'000, u'-'),
             u"foo:bar "_s.repeated(10'000), u"OR "_s.repeated(10'000), u"-("_s.repeated(900)}) {
        input.setText(text);
        QVERIFY(!input.errorText().isEmpty());
        QVERIFY(model.filter().isEmpty());
    }
}

void FilterInputTest::togglesSeverities()
{
    FilterInput input;
    input.setText(u"disk OR full"_s);
    input.toggleSeverity(u"critical"_s);
    QCOMPARE(input.text(), u"severity:critical (disk OR full)"_s);
    QCOMPARE(input.severityBits(), 1 << int(Severity::Critical));
    input.toggleSeverity(u"info"_s);
    QCOMPARE(input.text(), u"severity:critical,info (disk OR full)"_s);
    input.toggleSeverity(u"critical"_s);
    input.toggleSeverity(u"info"_s);
    QCOMPARE(input.text(), u"(disk OR full)"_s);
    QCOMPARE(input.severityBits(), 0);
}

void FilterInputTest::togglesWhatIsMine()
{
    FilterInput input;
    input.toggleMine();
    input.toggleUnacknowledged();
    QCOMPARE(input.text(), u"assignee:@me status:open"_s);
    QVERIFY(input.isMineOnly());
    QVERIFY(input.isUnacknowledgedOnly());
    input.toggleMine();
    QCOMPARE(input.text(), u"status:open"_s);
    QVERIFY(!input.isMineOnly());
}

void FilterInputTest::togglesASpanOfTime()
{
    FilterInput input;
    const QDateTime from(QDate(2026, 11, 27), QTime(14, 0));
    input.setText(u"disk"_s);
    QVERIFY(!input.openedFrom().isValid());
    input.toggleOpened(from, from.addSecs(1800));
    QCOMPARE(input.text(), u"disk opened:2026-11-27T14:00..2026-11-27T14:29"_s);
    QCOMPARE(input.errorText(), QString());
    QCOMPARE(input.openedFrom(), from);
    QCOMPARE(input.openedTo(), from.addSecs(1800));
    // Another one takes its place; the same is taken away, and so is one that a person wrote.
    input.toggleOpened(from, from.addSecs(3600));
    QCOMPARE(input.text(), u"disk opened:2026-11-27T14:00..2026-11-27T14:59"_s);
    input.toggleOpened(from, from.addSecs(3600));
    QCOMPARE(input.text(), u"disk"_s);
    input.setText(u"opened:2026-11-27T14:05 disk"_s);
    input.toggleOpened(from, from.addSecs(3600));
    QCOMPARE(input.text(), u"disk opened:2026-11-27T14:00..2026-11-27T14:59"_s);
    // What has no end is no such span, and stays.
    input.setText(u"opened:2026-11-27..*"_s);
    QVERIFY(!input.openedFrom().isValid());
    // The hour that a clock shows twice is told apart.
    for (int quarter = 0; quarter < 24 * 4 * 365; quarter += 4) {
        const QDateTime begin
            = QDateTime::fromMSecsSinceEpoch(1'800'000'000'000 + quarter * 900'000LL);
        input.clear();
        input.toggleOpened(begin, begin.addSecs(900));
        QCOMPARE(input.openedFrom().toMSecsSinceEpoch(), begin.toMSecsSinceEpoch());
        QCOMPARE(input.openedTo().toMSecsSinceEpoch(), begin.addSecs(900).toMSecsSinceEpoch());
    }
}

void FilterInputTest::puttingACompletionInKeepsTheRest()
{
    FilterInput input;
    input.setText(u"-sev disk"_s);
    QVERIFY(input.completions().isEmpty());
    input.offerCompletions(4);
    QCOMPARE(input.completions(), QStringList{u"severity"_s});
    QCOMPARE(input.currentCompletion(), -1);
    input.setCurrentCompletion(7);
    QCOMPARE(input.currentCompletion(), 0);
    QCOMPARE(input.complete(0), 9);
    QCOMPARE(input.text(), u"-severity disk"_s);
    // And goes on with the signs, then the values.
    QCOMPARE(input.completions().first(), u"severity:"_s);
    QCOMPARE(input.complete(0), 10);
    QCOMPARE(input.completions().first(), u"critical"_s);
    QCOMPARE(input.complete(0), 18);
    QCOMPARE(input.text(), u"-severity:critical disk"_s);
    QVERIFY(input.completions().isEmpty());
}

void FilterInputTest::offersWhatIsSeen()
{
    IncidentStore store;
    for (const QString &service : {u"web"_s, u"Api"_s, QString(), u"web"_s})
        store.apply(
            u"r"_s, {.uuid = QString::number(store.size()), .title = u"x"_s, .service = service});
    IncidentModel model(store);
    FilterInput input;
    input.setIncidents(&model);
    input.setText(u"service:"_s);
    input.offerCompletions(8);
    QCOMPARE(input.completions(), (QStringList{u"Api"_s, u"web"_s}));
    input.dropCompletions();
    QVERIFY(input.completions().isEmpty());
}

QTEST_GUILESS_MAIN(FilterInputTest)
#include "tst_filterinput.moc"
