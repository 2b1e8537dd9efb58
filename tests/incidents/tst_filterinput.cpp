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
    void togglesSeverities();
    void togglesWhatIsMine();
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
    // Where nothing is right without it, the last filter stays.
    input.setText(u"(disk severity:"_s);
    QVERIFY(!input.errorText().isEmpty());
    QCOMPARE(model.filter().toString(), u"disk severity:info full"_s);
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
