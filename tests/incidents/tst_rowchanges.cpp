// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/rowchanges.h"

#include <QSet>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using Kind = RowChange::Kind;

namespace {

QStringList letters(const char *text)
{
    return QString::fromLatin1(text).split(QString(), Qt::SkipEmptyParts);
}

QStringList carriedOut(QStringList rows, const QStringList &after, const QList<RowChange> &steps)
{
    for (const RowChange &step : steps) {
        switch (step.kind) {
        case Kind::Insert:
            for (int i = 0; i < step.count; ++i)
                rows.insert(step.first + i, after[step.to + i]);
            break;
        case Kind::Remove: rows.remove(step.first, step.count); break;
        case Kind::Move: rows.move(step.first, step.to); break;
        }
    }
    return rows;
}

QStringList anyRows()
{
    const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 30));
    QStringList rows;
    for (const int number : numbers)
        rows.append(QString::number(number));
    rows.removeDuplicates();
    return rows;
}

// By trying all of them: how many rows at most can stay in their order.
qsizetype mostSteady(const QStringList &rows, const QStringList &after)
{
    std::vector<qsizetype> best;
    qsizetype most = 0;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        qsizetype length = 1;
        for (qsizetype j = 0; j < i; ++j) {
            if (after.indexOf(rows[j]) < after.indexOf(rows[i]))
                length = std::max(length, best[std::size_t(j)] + 1);
        }
        best.push_back(length);
        most = std::max(most, length);
    }
    return most;
}

} // namespace

class RowChangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesAndGoesInRanges()
    {
        const QList<RowChange> expected{
            {Kind::Remove, 4, 1}, {Kind::Remove, 0, 2}, {Kind::Insert, 2, 2, 2}};
        QCOMPARE(rowChanges(letters("abcde"), letters("cdxy")), expected);
    }

    void movesOnlyTheOneThatMoved()
    {
        QCOMPARE(rowChanges(letters("abcd"), letters("bcda")),
            QList<RowChange>({{Kind::Move, 0, 1, 3}}));
        QCOMPARE(rowChanges(letters("abcd"), letters("dabc")),
            QList<RowChange>({{Kind::Move, 3, 1, 0}}));
        QVERIFY(rowChanges(letters("abcd"), letters("abcd")).isEmpty());
    }

    void makesAnyRowsIntoAnyOthers()
    {
        QVERIFY(rc::check([] {
            const QStringList before = anyRows();
            const QStringList after = anyRows();
            const QList<RowChange> steps = rowChanges(before, after);
            RC_ASSERT(carriedOut(before, after, steps) == after);

            QStringList common = before;
            common.removeIf([&](const QString &key) { return !after.contains(key); });
            const auto moves = std::ranges::count(steps, Kind::Move, &RowChange::kind);
            RC_ASSERT(moves <= common.size() - mostSteady(common, after));
        }));
    }
};

QTEST_MAIN(RowChangesTest)
#include "tst_rowchanges.moc"
