// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/actionfinder.h"
#include "qml/actionmatch.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// How the words of a search describe what can be done.
class ActionMatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matches_data();
    void matches();
    void theBetterComesFirst_data();
    void theBetterComesFirst();
    void whatIsHinderedComesLater();
    void whatWasDoneComesFirst();
    void onlyWhatIsOffered();
    void whatIsGoneIsNotTaken();
};

namespace {

/// Belongs to `parent`.
DashboardAction *action(QObject *parent, const QString &text, const QString &obstacle = {})
{
    auto *const made = new DashboardAction(parent);
    made->setProperty("group", u"List"_s);
    made->setProperty("text", text);
    made->setProperty("obstacle", obstacle);
    return made;
}

/// As QML hands it over.
QVariant offered(QObject *object)
{
    return QVariant::fromValue(object);
}

QStringList texts(const ActionFinder &finder)
{
    QStringList all;
    for (int row = 0; row < finder.rowCount(); ++row)
        all += finder.index(row).data(ActionFinder::TextRole).toString();
    return all;
}

} // namespace

void ActionMatchTest::matches_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("match");
    const auto row = [](const char *name, const QString &query, const QString &text, bool match) {
        QTest::newRow(name) << query << text << match;
    };
    row("nothing", u""_s, u"Resolve"_s, true);
    row("blanks", u"  "_s, u"Resolve"_s, true);
    row("whole", u"resolve"_s, u"Resolve"_s, true);
    row("beginning", u"Res"_s, u"Resolve"_s, true);
    row("second word", u"new"_s, u"Sort by newest"_s, true);
    row("words in any order", u"newest sort"_s, u"Sort by newest"_s, true);
    row("one of two", u"sort wrong"_s, u"Sort by newest"_s, false);
    row("within", u"know"_s, u"Acknowledge"_s, true);
    row("initials", u"atm"_s, u"Assign to me"_s, true);
    row("initials of the first", u"at"_s, u"Assign to me"_s, true);
    row("scattered", u"akn"_s, u"Acknowledge"_s, true);
    row("scattered backwards", u"nka"_s, u"Acknowledge"_s, false);
    row("two letters scattered", u"ae"_s, u"Acknowledge"_s, false);
    row("accents of the text", u"losen"_s, u"Lösen"_s, true);
    row("accents of the query", u"lös"_s, u"Losen"_s, true);
    row("sharp s", u"gross"_s, u"Groß"_s, true);
    row("group", u"list"_s, u"Resolve"_s, true);
    row("within the group", u"ist"_s, u"Quux"_s, false);
    row("quotes", u"\"ours\""_s, u"Filter by “Ours”"_s, true);
    row("Cyrillic", u"ПОДТ"_s, u"Подтвердить"_s, true);
}

void ActionMatchTest::matches()
{
    QFETCH(const QString, query);
    QFETCH(const QString, text);
    QFETCH(const bool, match);
    QCOMPARE(matchAction(query, text, u"List"_s).has_value(), match);
}

void ActionMatchTest::theBetterComesFirst_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("order");
    QTest::newRow("the word before its beginning")
        << u"sort"_s << QStringList{u"Sort"_s, u"Sorting"_s, u"Resort"_s};
    QTest::newRow("the beginning of all before that of a word")
        << u"ackn"_s << QStringList{u"Acknowledge"_s, u"Not acknowledged"_s};
    QTest::newRow("initials before what is within")
        << u"at"_s << QStringList{u"Assign to me"_s, u"Look what"_s};
    QTest::newRow("within before scattered")
        << u"ack"_s << QStringList{u"Go back"_s, u"A big clock"_s};
    QTest::newRow("as given where equal") << u"s"_s << QStringList{u"Sz"_s, u"Sa"_s};
    QTest::newRow("as given without words") << QString() << QStringList{u"Sz"_s, u"Sa"_s};
}

void ActionMatchTest::theBetterComesFirst()
{
    QFETCH(const QString, query);
    QFETCH(const QStringList, order);
    ActionFinder finder;
    const QAbstractItemModelTester tester(
        &finder, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QObject owner;
    // Equals stay in the order they are offered in; others are turned around to show it.
    QVariantList actions;
    for (const QString &text : order)
        actions += offered(action(&owner, text));
    if (query.size() > 1)
        std::ranges::reverse(actions);
    finder.lookAmong(actions);
    finder.setQuery(query);
    QCOMPARE(texts(finder), order);
}

void ActionMatchTest::whatIsHinderedComesLater()
{
    ActionFinder finder;
    QObject owner;
    finder.lookAmong({offered(action(&owner, u"Sort a"_s, u"Not connected."_s)),
        offered(action(&owner, u"Sort b"_s))});
    finder.setQuery(u"sort"_s);
    QCOMPARE(texts(finder), (QStringList{u"Sort b"_s, u"Sort a"_s}));
    // Better described, it is first nevertheless: it is what is meant.
    finder.setQuery(u"sort a"_s);
    QCOMPARE(texts(finder), QStringList{u"Sort a"_s});
    QCOMPARE(finder.index(0).data(ActionFinder::ObstacleRole).toString(), u"Not connected."_s);
}

void ActionMatchTest::whatWasDoneComesFirst()
{
    ActionFinder finder;
    QObject owner;
    QVariantList actions;
    for (char letter = 'a'; letter < 'a' + 8; ++letter)
        actions += offered(action(&owner, u"Do "_s + QLatin1Char(letter)));
    finder.lookAmong(actions);
    for (int row = 0; row < 7; ++row)
        QVERIFY(finder.take(row));
    finder.lookAmong(actions);
    QCOMPARE(texts(finder).first(6),
        (QStringList{u"Do g"_s, u"Do f"_s, u"Do e"_s, u"Do d"_s, u"Do c"_s, u"Do a"_s}));
    // What describes it better goes before what was done.
    finder.setQuery(u"do h"_s);
    QCOMPARE(texts(finder).first(), u"Do h"_s);
}

void ActionMatchTest::onlyWhatIsOffered()
{
    ActionFinder finder;
    QObject owner;
    QObject another;
    DashboardAction *const hidden = action(&owner, u"hidden"_s);
    hidden->setProperty("inSight", false);
    DashboardAction *const off = action(&owner, u"off"_s);
    off->setProperty("enabled", false);
    DashboardAction *const local = action(&owner, u"local"_s);
    local->setProperty("local", true);
    finder.lookAmong({offered(hidden), offered(off), offered(local), offered(&another), QVariant(),
        offered(action(&owner, u"seen"_s))});
    QCOMPARE(texts(finder), QStringList{u"seen"_s});
    QCOMPARE(finder.take(-1), nullptr);
    QCOMPARE(finder.take(1), nullptr);
    int done = 0;
    for (DashboardAction *const one : {hidden, off, local, finder.take(0)}) {
        connect(one, &DashboardAction::activated, this, [&done] { ++done; });
        one->trigger();
    }
    QCOMPARE(done, 1);
}

void ActionMatchTest::whatIsGoneIsNotTaken()
{
    ActionFinder finder;
    auto owner = std::make_unique<QObject>();
    finder.lookAmong({offered(action(owner.get(), u"gone"_s))});
    owner.reset();
    QCOMPARE(texts(finder), QStringList{u"gone"_s});
    QCOMPARE(finder.take(0), nullptr);
}

QTEST_APPLESS_MAIN(ActionMatchTest)
#include "tst_actionmatch.moc"
