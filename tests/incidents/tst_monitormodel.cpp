// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentfilter.h"
#include "incidents/monitormodel.h"
#include "incidents/searchtext.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

#include <map>
#include <set>
#include <tuple>

using namespace Qt::StringLiterals;
using namespace tocsin;

namespace {

constexpr std::array states{
    MonitorState::Up, MonitorState::Down, MonitorState::Degraded, MonitorState::Unknown};

MonitorStatus monitor(const QString &name, MonitorState status, qint64 changedAt = 1000)
{
    return {.monitorUuid = u"uptime-kuma:"_s + name,
        .name = name,
        .status = status,
        .changedAt = timestampFromMilliseconds(changedAt)};
}

// "web down 1000"
QStringList rows(const MonitorModel &model)
{
    static constexpr std::array words{"down", "degraded", "unknown", "up"};
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        rows.append(u"%1 %2 %3"_s.arg(index.data(MonitorModel::NameRole).toString(),
            QString::fromLatin1(words.at(index.data(MonitorModel::StateRole).toUInt())),
            QString::number(index.data(MonitorModel::SinceRole).toDateTime().toMSecsSinceEpoch())));
    }
    return rows;
}

FilterVerdict judge(const IncidentFilter &filter, const Incident &incident)
{
    const std::string text = SearchText::textOf(incident);
    return filter.judge({incident, text, timestampFromMilliseconds(5000), {}});
}

/// What should be shown, from all that was ever said: nothing is folded as it comes.
struct World {
    struct Word {
        int history;
        MonitorStatus status;
    };
    struct Known {
        std::set<QString> rooms;
        std::vector<Word> words;
    };
    std::map<QString, Known> monitors;
    int history = 0;

    void say(const QString &room, const MonitorStatus &status)
    {
        Known &known = monitors[status.monitorUuid];
        known.rooms.insert(room);
        known.words.push_back({history, status});
    }
    void remove(const QString &room, const QString &uuid)
    {
        const auto known = monitors.find(uuid);
        if (known == monitors.end())
            return;
        known->second.rooms.erase(room);
        if (known->second.rooms.empty())
            monitors.erase(known);
    }
    void leave(const QString &room, const std::set<QString> &kept = {})
    {
        for (auto it = monitors.begin(); it != monitors.end();) {
            if (!kept.contains(it->first))
                it->second.rooms.erase(room);
            it = it->second.rooms.empty() ? monitors.erase(it) : std::next(it);
        }
    }
    // Of the latest history that said anything, the latest change; of the same moment, the last.
    [[nodiscard]] static MonitorStatus shown(const Known &known)
    {
        Word best = known.words.front();
        for (const Word &word : known.words) {
            if (word.history > best.history
                || (word.history == best.history && word.status.changedAt >= best.status.changedAt))
                best = word;
        }
        return best.status;
    }
    [[nodiscard]] QStringList rows() const
    {
        std::set<std::tuple<int, QString, QString>> sorted;
        for (const auto &[uuid, known] : monitors) {
            const MonitorStatus status = shown(known);
            const std::map<MonitorState, std::pair<int, QString>> order{
                {MonitorState::Down, {0, u"down"_s}}, {MonitorState::Degraded, {1, u"degraded"_s}},
                {MonitorState::Unknown, {2, u"unknown"_s}}, {MonitorState::Up, {3, u"up"_s}}};
            const auto &[rank, word] = order.at(status.status);
            sorted.insert({rank, status.name,
                u"%1 %2 %3"_s.arg(
                    status.name, word, QString::number(toMilliseconds(status.changedAt)))});
        }
        QStringList result;
        for (const auto &[rank, name, text] : sorted)
            result.append(text);
        return result;
    }
};

MonitorStatus anyMonitor()
{
    return monitor(QString::number(*rc::gen::inRange(0, 8)), *rc::gen::elementOf(states),
        *rc::gen::inRange(0, 6));
}

QString anyRoom()
{
    return *rc::gen::element(u"a"_s, u"b"_s, u"c"_s);
}

void step(World &world, MonitorModel &model)
{
    const QString room = anyRoom();
    switch (*rc::gen::weightedElement<int>({{8, 0}, {3, 1}, {1, 2}, {1, 3}, {1, 4}, {2, 5}})) {
    case 0: {
        const MonitorStatus status = anyMonitor();
        world.say(room, status);
        model.apply(room, status);
        break;
    }
    case 1: {
        QList<MonitorStatus> list;
        std::set<QString> kept;
        const int length = *rc::gen::inRange(0, 6);
        for (int i = 0; i < length; ++i) {
            list.append(anyMonitor());
            kept.insert(list.last().monitorUuid);
            world.say(room, list.last());
        }
        world.leave(room, kept);
        model.replaceRoom(room, list);
        break;
    }
    case 2:
        world.leave(room);
        model.removeRoom(room);
        break;
    case 3:
        ++world.history;
        model.beginHistory();
        break;
    case 5: {
        const QString uuid = anyMonitor().monitorUuid;
        world.remove(room, uuid);
        model.removeMonitor(room, uuid);
        break;
    }
    default:
        world = {};
        model.clear();
        break;
    }
}

} // namespace

class MonitorModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void sortsWhatIsDownAboveEverything()
    {
        MonitorModel model;
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.worst(), int(MonitorModel::State::Up));
        model.replaceRoom(u"a"_s,
            {monitor(u"b"_s, MonitorState::Up), monitor(u"Web"_s, MonitorState::Down),
                monitor(u"odd"_s, MonitorState::Unknown), monitor(u"A"_s, MonitorState::Up),
                monitor(u"slow"_s, MonitorState::Degraded)});
        model.settle();
        QCOMPARE(rows(model),
            QStringList({u"Web down 1000"_s, u"slow degraded 1000"_s, u"odd unknown 1000"_s,
                u"A up 1000"_s, u"b up 1000"_s}));
        QCOMPARE(model.summary(), u"1 down · 1 degraded · 1 unknown · 2 up"_s);
        QCOMPARE(model.worst(), int(MonitorModel::State::Down));
    }

    void countsInNamesAsAPersonDoes()
    {
        MonitorModel model;
        model.replaceRoom(u"a"_s,
            {monitor(u"web-10"_s, MonitorState::Up), monitor(u"web-2"_s, MonitorState::Up),
                monitor(u"Web-1"_s, MonitorState::Up)});
        model.settle();
        QCOMPARE(rows(model),
            QStringList({u"Web-1 up 1000"_s, u"web-2 up 1000"_s, u"web-10 up 1000"_s}));
    }

    void movesOneThatChangesAndKeepsTheOthers()
    {
        MonitorModel model;
        model.replaceRoom(u"a"_s,
            {monitor(u"a"_s, MonitorState::Up), monitor(u"b"_s, MonitorState::Up),
                monitor(u"c"_s, MonitorState::Up)});
        model.settle();
        const QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.apply(u"a"_s, monitor(u"c"_s, MonitorState::Down, 2000));
        QTRY_COMPARE(model.downCount(), 1); // with the next frame, by itself
        QCOMPARE(rows(model), QStringList({u"c down 2000"_s, u"a up 1000"_s, u"b up 1000"_s}));
        QCOMPARE(moved.size(), 1);
        QCOMPARE(inserted.size() + removed.size(), 0);
        QCOMPARE(model.upCount(), 2);
    }

    void neverLetsAnOlderChangeReplaceANewerOne()
    {
        MonitorModel model;
        model.apply(u"a"_s, monitor(u"web"_s, MonitorState::Down, 2000));
        model.apply(u"a"_s, monitor(u"web"_s, MonitorState::Up, 1000));
        model.replaceRoom(u"b"_s, {monitor(u"web"_s, MonitorState::Up, 1999)});
        model.settle();
        QCOMPARE(rows(model), QStringList{u"web down 2000"_s});
        // A restored server knows only the older, and it is right.
        model.beginHistory();
        model.replaceRoom(u"b"_s, {monitor(u"web"_s, MonitorState::Up, 1999)});
        model.settle();
        QCOMPARE(rows(model), QStringList{u"web up 1999"_s});
    }

    void forgetsOneThatTheServerForgets()
    {
        MonitorModel model;
        model.apply(u"a"_s, monitor(u"web"_s, MonitorState::Down));
        model.apply(u"b"_s, monitor(u"web"_s, MonitorState::Down));
        model.apply(u"a"_s, monitor(u"db"_s, MonitorState::Up, 2000));
        model.removeMonitor(u"a"_s, u"uptime-kuma:web"_s);
        model.removeMonitor(u"a"_s, u"uptime-kuma:db"_s);
        model.removeMonitor(u"a"_s, u"uptime-kuma:never heard of"_s);
        model.settle();
        QCOMPARE(rows(model), QStringList{u"web down 1000"_s}); // in the other room
        // One that comes back is as it is told then, be that from before.
        model.apply(u"a"_s, monitor(u"db"_s, MonitorState::Down, 500));
        model.settle();
        QCOMPARE(rows(model), QStringList({u"db down 500"_s, u"web down 1000"_s}));
    }

    void showsTwoThousandAndFollowsAStorm()
    {
        MonitorModel model;
        QList<MonitorStatus> all;
        for (int i = 0; i < 2000; ++i)
            all.append(monitor(u"m%1"_s.arg(i), MonitorState::Up));
        model.replaceRoom(u"a"_s, all);
        model.settle();
        const QSignalSpy changed(&model, &MonitorModel::monitorsChanged);
        for (int i = 0; i < 2000; i += 2)
            model.apply(u"a"_s, monitor(u"m%1"_s.arg(i), MonitorState::Down, 2000));
        QCOMPARE(changed.size(), 0);
        model.settle();
        QCOMPARE(changed.size(), 1); // and not a thousand times
        QCOMPARE(model.downCount(), 1000);
        QCOMPARE(model.upCount(), 1000);
    }

    void findsTheIncidentsOfAMonitor()
    {
        MonitorModel model;
        model.apply(u"a"_s, monitor(u"Shop \"front\", 2"_s, MonitorState::Down));
        model.apply(u"a"_s, {.monitorUuid = u"plain"_s, .name = u"p"_s});
        model.settle();
        const auto filter
            = IncidentFilter::parse(model.index(0).data(MonitorModel::FilterRole).toString());
        QVERIFY(filter);
        Incident incident{.uuid = u"u"_s, .title = u"t"_s, .source = u"uptime-kuma"_s};
        incident.labels.insert(u"monitor"_s, u"Shop \"front\", 2"_s);
        QCOMPARE(judge(*filter, incident), FilterVerdict::Yes);
        incident.labels.insert(u"monitor"_s, u"Shop"_s);
        QCOMPARE(judge(*filter, incident), FilterVerdict::No);
        QCOMPARE(model.index(1).data(MonitorModel::FilterRole).toString(), QString());
    }

    void agreesWithAllThatWasSaidAfterAnySequence()
    {
        QVERIFY(rc::check([] {
            World world;
            MonitorModel model;
            const QAbstractItemModelTester tester(
                &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
            const int steps = *rc::gen::inRange(1, 80);
            for (int i = 0; i < steps; ++i) {
                step(world, model);
                if (*rc::gen::arbitrary<bool>())
                    continue;
                model.settle();
                RC_ASSERT(rows(model) == world.rows());
                RC_ASSERT(model.count()
                    == model.downCount() + model.degradedCount() + model.unknownCount()
                        + model.upCount());
            }
        }));
    }
};

QTEST_MAIN(MonitorModelTest)
#include "tst_monitormodel.moc"
