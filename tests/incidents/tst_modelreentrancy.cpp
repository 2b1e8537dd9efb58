// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "modelrows.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <rapidcheck.h>

#include <functional>
#include <memory>
#include <vector>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

using Answer = std::function<void(IncidentModel &)>;
/// Has something called when the model tells something.
using Hook
    = std::function<void(IncidentModel &model, QObject &context, const std::function<void()> &)>;

template <typename Signal>
Hook on(Signal signal)
{
    return [signal](IncidentModel &model, QObject &context, const std::function<void()> &call) {
        QObject::connect(&model, signal, &context, call);
    };
}

const std::vector<std::pair<QByteArray, Answer>> answers{
    {"flush", [](IncidentModel &model) { model.flush(); }},
    {"filter", [](IncidentModel &model) { model.setFilter(filterOf(u"severity:warning"_s)); }},
    {"order", [](IncidentModel &model) { model.setOrder(incidentview::Order::Oldest); }},
    {"group", [](IncidentModel &model) { model.setGroup(incidentview::Group::Severity); }},
    {"me", [](IncidentModel &model) { model.setMe(u"Anna"_s); }},
};
const std::vector<std::pair<QByteArray, Hook>> hooks{
    {"dataChanged", on(&IncidentModel::dataChanged)},
    {"rowsAboutToBeInserted", on(&IncidentModel::rowsAboutToBeInserted)},
    {"rowsInserted", on(&IncidentModel::rowsInserted)},
    {"rowsAboutToBeRemoved", on(&IncidentModel::rowsAboutToBeRemoved)},
    {"rowsRemoved", on(&IncidentModel::rowsRemoved)},
    {"rowsAboutToBeMoved", on(&IncidentModel::rowsAboutToBeMoved)},
    {"rowsMoved", on(&IncidentModel::rowsMoved)},
    {"modelAboutToBeReset", on(&IncidentModel::modelAboutToBeReset)},
    {"modelReset", on(&IncidentModel::modelReset)},
    {"countChanged", on(&IncidentModel::countChanged)},
};

/// It has each row once, where it belongs, and no other.
bool isAsANewOne(IncidentModel &model, IncidentStore &store)
{
    while (model.isBehind())
        model.flush();
    IncidentModel fresh(store);
    fresh.setMe(model.me());
    fresh.setFilter(model.filter());
    fresh.setOrder(model.order());
    fresh.setGroup(model.group());
    const QStringList rows = uuids(model);
    for (int row = 0; row < rows.size(); ++row) {
        if (model.rowOf(rows[row]) != row)
            return false;
    }
    return rows == uuids(fresh) && model.count() == fresh.count()
        && model.criticalCount() == fresh.criticalCount()
        && model.hiddenCriticalCount() == fresh.hiddenCriticalCount();
}

void raise(IncidentStore &store, int number, Severity severity, qint64 version = 1)
{
    store.apply(room, incident(QString::number(number), severity, number, version));
}

/// Something of everything: others above and below, others of another severity, and some gone.
void change(IncidentStore &store, qint64 version)
{
    for (int i = 0; i < 5; ++i)
        raise(store, i, i % 2 != 0 ? Severity::Critical : Severity::Info, version);
    store.resolve(u"8"_s, version);
    store.resolve(u"9"_s, version);
    for (int i = 0; i < 6; ++i)
        raise(store, int(version) * 100 + i, Severity(i % 4));
}

} // namespace

/// A model that is asked for something by who answers what it tells.
class ModelReentrancyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void carriesOutBehindWhatItTells_data();
    void carriesOutBehindWhatItTells();
    void saysAtOnceWhatIsWanted();
    void takesTheLastOfSeveral();
    void goesOnWhileAnAnswerRunsAnEventLoop();
    void saysOnlyOfRowsThatAreThereWhereTheyAre();
    void mayBeDestroyedWhenItsCountsChange();
    void isAsANewOneWhateverIsAnswered();
};

void ModelReentrancyTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void ModelReentrancyTest::carriesOutBehindWhatItTells_data()
{
    QTest::addColumn<Hook>("hook");
    QTest::addColumn<Answer>("answer");
    for (const auto &[told, hook] : hooks) {
        for (const auto &[wanted, answer] : answers)
            QTest::newRow(wanted + " in " + told) << hook << answer;
    }
}

void ModelReentrancyTest::carriesOutBehindWhatItTells()
{
    QFETCH(const Hook, hook);
    QFETCH(const Answer, answer);
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    const ToldRows view(model);
    for (int i = 0; i < 10; ++i)
        raise(store, i, Severity::Warning);
    model.setFilter(filterOf(u"severity>=warning OR assignee:@me"_s));
    model.flush();
    bool answered = false;
    QObject context;
    hook(model, context, [&] {
        if (!std::exchange(answered, true))
            answer(model);
    });
    change(store, 2);
    model.flush();
    model.setFilter(filterOf(u"-severity:info"_s));
    QVERIFY(answered);
    QVERIFY(isAsANewOne(model, store));
    change(store, 3);
    QVERIFY(isAsANewOne(model, store));
    QVERIFY(view.areTheModels());
}

void ModelReentrancyTest::saysAtOnceWhatIsWanted()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy filterChanged(&model, &IncidentModel::filterChanged);
    QSignalSpy orderChanged(&model, &IncidentModel::orderChanged);
    const IncidentFilter wanted = filterOf(u"severity:critical"_s);
    bool said = false;
    connect(&model, &IncidentModel::rowsInserted, &model, [&] {
        model.setFilter(wanted);
        model.setOrder(incidentview::Order::Newest);
        model.setGroup(incidentview::Group::Service);
        model.setMe(u"Anna"_s);
        said = model.filter() == wanted && model.order() == incidentview::Order::Newest
            && model.group() == incidentview::Group::Service && model.me() == u"Anna"
            && filterChanged.isEmpty();
    });
    raise(store, 1, Severity::Critical);
    raise(store, 2, Severity::Info);
    model.flush();
    QVERIFY(said);
    QCOMPARE(uuids(model), QStringList{u"1"_s});
    QCOMPARE(filterChanged.size(), 1);
    QCOMPARE(orderChanged.size(), 1);
}

void ModelReentrancyTest::takesTheLastOfSeveral()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy reset(&model, &IncidentModel::modelReset);
    connect(&model, &IncidentModel::rowsInserted, &model, [&] {
        for (const QString &severity : {u"critical"_s, u"warning"_s, u"info"_s})
            model.setFilter(filterOf(u"severity:"_s + severity));
    });
    for (int i = 0; i < 4; ++i)
        raise(store, i, Severity(i));
    model.flush();
    QCOMPARE(uuids(model), QStringList{QString::number(int(Severity::Info))});
    QCOMPARE(reset.size(), 1);
}

// A program that says it in a modal dialog.
void ModelReentrancyTest::goesOnWhileAnAnswerRunsAnEventLoop()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    const ToldRows view(model);
    int changes = 0;
    QTimer changing;
    connect(&changing, &QTimer::timeout, &model, [&] {
        ++changes;
        raise(store, 100 + changes, Severity(changes % 4));
        raise(store, 100 + changes / 2, Severity(changes % 3), changes + 1);
        if (changes % 3 == 0)
            store.resolve(QString::number(100 + changes - 3), changes + 2);
    });
    int open = 0;
    int most = 0;
    int closed = 0;
    const auto runsALoop = [&] {
        most = std::max(most, ++open);
        const int until = changes + 8;
        QVERIFY(QTest::qWaitFor([&] { return changes >= until; }));
        --open;
        ++closed;
    };
    QObject context;
    connect(&model, &IncidentModel::rowsInserted, &context, runsALoop);
    connect(&model, &IncidentModel::rowsRemoved, &context, runsALoop);
    changing.start(1);
    QTRY_VERIFY_WITH_TIMEOUT(closed >= 20, 30'000);
    changing.stop();
    QObject::disconnect(&model, nullptr, &context, nullptr);
    // By itself: what came in the last loop has woken the next frame.
    QTRY_VERIFY(!model.isBehind());
    QCOMPARE(most, 1);
    QVERIFY(isAsANewOne(model, store));
    QVERIFY(view.areTheModels());
}

void ModelReentrancyTest::saysOnlyOfRowsThatAreThereWhereTheyAre()
{
    IncidentStore store;
    IncidentModel model(store);
    for (int i = 0; i < 20; i += 2)
        raise(store, i, Severity::Warning);
    model.flush();
    // The new ones come one by one, each between two that are there.
    for (int i = 1; i < 20; i += 2)
        raise(store, i, Severity::Warning);
    int wrong = 0;
    connect(&model, &IncidentModel::rowsInserted, &model, [&] {
        const QStringList rows = uuids(model);
        for (int i = 0; i < 20; ++i) {
            const QString uuid = QString::number(i);
            wrong += int(model.rowOf(uuid) != rows.indexOf(uuid));
        }
    });
    model.flush();
    QCOMPARE(model.rowCount(), 20);
    QCOMPARE(wrong, 0);
}

void ModelReentrancyTest::mayBeDestroyedWhenItsCountsChange()
{
    IncidentStore store;
    auto model = std::make_unique<IncidentModel>(store);
    connect(model.get(), &IncidentModel::countChanged, &store, [&] { model.reset(); });
    raise(store, 1, Severity::Critical);
    model->flush();
    QVERIFY(!model);
}

void ModelReentrancyTest::isAsANewOneWhateverIsAnswered()
{
    static const QStringList filters{QString(), u"severity:critical,info"_s,
        u"count>=2 OR severity>=warning"_s, u"\"title of 1\""_s};
    const bool held = rc::check("model == a new one, whatever is answered", [] {
        IncidentStore store;
        IncidentModel model(store);
        const QAbstractItemModelTester tester(&model);
        const ToldRows view(model);
        const auto numbers
            = *rc::gen::container<std::vector<quint32>>(rc::gen::inRange<quint32>(0, 1U << 20));
        std::size_t next = 0;
        qint64 version = 1;
        // Also from within each other; with the numbers it has an end.
        const auto answer = [&] {
            if (next >= numbers.size())
                return;
            const quint32 number = numbers[next++];
            const QString uuid = QString::number(number / 16 % 12);
            switch (number % 16) {
            case 0:
            case 1: store.resolve(uuid, ++version); break;
            case 2: model.setFilter(filterOf(filters[number / 512 % filters.size()])); break;
            case 3: model.setOrder(incidentview::Order(number / 512 % 4)); break;
            case 4: model.setGroup(incidentview::Group(number / 512 % 4)); break;
            case 5:
            case 6:
            case 7: model.flush(); break;
            default:
                store.apply(room,
                    incident(uuid, Severity(number / 512 % 4), number / 2048 % 16, ++version));
            }
        };
        QObject context;
        for (const auto &[told, hook] : hooks)
            hook(model, context, answer);
        while (next < numbers.size())
            answer();
        RC_ASSERT(isAsANewOne(model, store));
        RC_ASSERT(view.areTheModels());
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(ModelReentrancyTest)
#include "tst_modelreentrancy.moc"
