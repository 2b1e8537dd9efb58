// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/rowchanges.h"

#include <QAbstractItemModelTester>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace Qt::StringLiterals;
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

struct Letter {
    QString key;
    int version = 0;
    friend bool operator==(const Letter &, const Letter &) = default;
};

class LetterModel : public QAbstractListModel
{
public:
    std::vector<Letter> rows;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(rows.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? rows.at(std::size_t(index.row())).key : QVariant();
    }
    bool follow(std::vector<Letter> next)
    {
        return followRows(*this, rows, std::move(next), [](const Letter &one) { return one.key; });
    }
};

std::vector<Letter> withVersions(const QStringList &keys)
{
    std::vector<Letter> rows;
    for (const QString &key : keys)
        rows.push_back({key, *rc::gen::inRange(0, 2)});
    return rows;
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

    void tellsAModelsViewsOfEachStep()
    {
        LetterModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const auto told = [&] {
            const QList<qsizetype> counts{
                inserted.count(), removed.count(), moved.count(), changed.count()};
            for (QSignalSpy *const spy : {&inserted, &removed, &moved, &changed})
                spy->clear();
            return counts;
        };
        QVERIFY(model.follow({{u"a"_s}, {u"b"_s}, {u"c"_s}}));
        QCOMPARE(told(), QList<qsizetype>({1, 0, 0, 0}));
        QVERIFY(model.follow({{u"b"_s}, {u"c"_s}, {u"a"_s}}));
        QCOMPARE(told(), QList<qsizetype>({0, 0, 1, 0}));
        QVERIFY(model.follow({{u"b"_s}, {u"c"_s, 1}, {u"a"_s}}));
        QCOMPARE(changed.value(0).value(0).toModelIndex().row(), 1);
        QCOMPARE(told(), QList<qsizetype>({0, 0, 0, 1}));
        QVERIFY(model.follow({{u"c"_s, 1}}));
        QCOMPARE(told(), QList<qsizetype>({0, 2, 0, 0}));
        QVERIFY(!model.follow({{u"c"_s, 1}}));
        QCOMPARE(told(), QList<qsizetype>({0, 0, 0, 0}));
    }

    // What a view holds on to stays with its row, or goes with it.
    void keepsAViewsPlaceOnAnyWay()
    {
        QVERIFY(rc::check([this] {
            LetterModel model;
            model.rows = withVersions(anyRows());
            const std::vector<Letter> before = model.rows;
            std::vector<QPersistentModelIndex> held;
            for (int row = 0; row < model.rowCount(); ++row)
                held.emplace_back(model.index(row));
            const QAbstractItemModelTester tester(
                &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            QSet<int> changed;
            QObject::connect(&model, &QAbstractItemModel::dataChanged, this,
                [&changed](const QModelIndex &first) { changed.insert(first.row()); });

            const std::vector<Letter> after = withVersions(anyRows());
            RC_ASSERT(model.follow(after) == (before != after));
            RC_ASSERT(model.rows == after);
            for (std::size_t i = 0; i < before.size(); ++i) {
                const auto place
                    = std::ranges::find(after, before[i].key, &Letter::key) - after.begin();
                const bool stayed = std::size_t(place) < after.size();
                RC_ASSERT(held[i].isValid() == stayed);
                if (!stayed)
                    continue;
                RC_ASSERT(held[i].row() == int(place));
                RC_ASSERT(changed.contains(int(place)) == (before[i] != after[std::size_t(place)]));
            }
        }));
    }
};

QTEST_MAIN(RowChangesTest)
#include "tst_rowchanges.moc"
