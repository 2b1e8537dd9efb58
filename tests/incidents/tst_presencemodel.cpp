// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/presencemodel.h"
#include "protocol/messages.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

#include <map>
#include <set>

using namespace Qt::StringLiterals;
using namespace tocsin;

namespace {

User user(const QString &id, const QString &name = {}, const QString &role = {})
{
    return {.id = id, .name = name, .role = role};
}

QStringList names(const PresenceModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row).data(PresenceModel::NameRole).toString());
    return names;
}

QString shown(const PresenceModel &model, int row, PresenceModel::Role role)
{
    return model.index(row).data(role).toString();
}

/// Who is where, by the simplest means: no rows, no order, no differences.
struct World {
    std::map<QString, std::set<QString>> rooms;
    QString me;

    [[nodiscard]] QStringList others() const
    {
        std::set<QString> all;
        for (const auto &[room, people] : rooms)
            all.insert(people.begin(), people.end());
        all.erase(me);
        return {all.begin(), all.end()};
    }
};

PresenceData anyData()
{
    PresenceData data{.room = *rc::gen::element(u"a"_s, u"b"_s, u"c"_s), .users = {}};
    const auto people = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9));
    for (const int person : people)
        data.users.append(user(QString::number(person)));
    return data;
}

void step(World &world, PresenceModel &model)
{
    switch (*rc::gen::weightedElement<int>({{4, 0}, {4, 1}, {4, 2}, {1, 3}, {1, 4}, {1, 5}})) {
    case 0: {
        const PresenceData all = anyData();
        world.rooms[all.room].clear();
        for (const User &one : all.users)
            world.rooms[all.room].insert(one.id);
        model.setPeople(all);
        break;
    }
    case 1: {
        const PresenceData came = anyData();
        // Without the list before it, it would be a part that passes for the whole.
        if (const auto room = world.rooms.find(came.room); room != world.rooms.end()) {
            for (const User &one : came.users)
                room->second.insert(one.id);
        }
        model.addPeople(came);
        break;
    }
    case 2: {
        const PresenceData left = anyData();
        if (const auto room = world.rooms.find(left.room); room != world.rooms.end()) {
            for (const User &one : left.users)
                room->second.erase(one.id);
        }
        model.removePeople(left);
        break;
    }
    case 3: {
        const QString room = *rc::gen::element(u"a"_s, u"b"_s, u"c"_s);
        world.rooms.erase(room);
        model.removeRoom(room);
        break;
    }
    case 4:
        world = {};
        model.clear();
        break;
    default:
        world.me = QString::number(*rc::gen::inRange(0, 9));
        model.setMe(world.me);
        break;
    }
}

} // namespace

class PresenceModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void showsAPersonOnceAndLeavesOutOneself()
    {
        PresenceModel model;
        const QAbstractItemModelTester tester(&model);
        model.setMe(u"ann"_s);
        QCOMPARE(model.summary(), QString());
        model.setPeople({u"a"_s, {user(u"ann"_s), user(u"vic"_s, u"Vic Stone"_s, u"viewer"_s)}});
        model.setPeople({u"b"_s, {user(u"vic"_s, u"Vic Stone"_s, u"viewer"_s), user(u"bob"_s)}});
        QCOMPARE(names(model), QStringList({u"bob"_s, u"Vic Stone"_s}));
        QCOMPARE(model.summary(), u"2 others watching"_s);
        QCOMPARE(model.leadingInitials(), QStringList({u"B"_s, u"VS"_s}));
        QCOMPARE(shown(model, 1, PresenceModel::RoleWordRole), u"Viewer"_s);
        // Still in the other room.
        model.removePeople({u"a"_s, {user(u"vic"_s)}});
        QCOMPARE(model.count(), 2);
        model.removeRoom(u"b"_s);
        QCOMPARE(model.count(), 0);
    }

    void countsAllWhereNobodySaysWhoOneIs()
    {
        PresenceModel model;
        model.setPeople({u"a"_s, {user(u"ann"_s)}});
        QCOMPARE(model.summary(), u"1 person watching"_s);
        model.addPeople({u"a"_s, {user(u"bob"_s)}});
        QCOMPARE(model.summary(), u"2 people watching"_s);
        model.setMe(u"bob"_s);
        QCOMPARE(model.summary(), u"1 other watching"_s);
    }

    void takesADifferenceOnlyOnTopOfAList()
    {
        PresenceModel model;
        model.addPeople({u"a"_s, {user(u"ann"_s)}});
        QCOMPARE(model.count(), 0);
        model.setPeople({u"a"_s, {}});
        model.addPeople({u"a"_s, {user(u"ann"_s)}});
        QCOMPARE(model.count(), 1);
        model.clear();
        model.addPeople({u"a"_s, {user(u"bob"_s)}});
        QCOMPARE(model.count(), 0);
    }

    void abbreviatesNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("initials");
        QTest::newRow("two words") << u"anna karlsson"_s << u"AK"_s;
        QTest::newRow("three words") << u"Ada King Lovelace"_s << u"AL"_s;
        QTest::newRow("address") << u"max.frisch@example.com"_s << u"MC"_s;
        QTest::newRow("one word") << u"ops"_s << u"O"_s;
        QTest::newRow("beyond the first plane") << u"😀 x"_s << u"😀X"_s;
        QTest::newRow("only a sign") << u"-"_s << u"-"_s;
    }
    void abbreviatesNames()
    {
        QFETCH(QString, name);
        PresenceModel model;
        model.setPeople({u"a"_s, {user(u"x"_s, name)}});
        QTEST(shown(model, 0, PresenceModel::InitialsRole), "initials");
    }

    void tellsOfANameThatChanged()
    {
        PresenceModel model;
        model.setPeople({u"a"_s, {user(u"x"_s, u"Ann"_s), user(u"y"_s, u"Bob"_s)}});
        const QSignalSpy changed(&model, &PresenceModel::peopleChanged);
        const QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        model.addPeople({u"a"_s, {user(u"x"_s, u"Zoe"_s, u"admin"_s)}});
        QCOMPARE(names(model), QStringList({u"Bob"_s, u"Zoe"_s}));
        QCOMPARE(shown(model, 1, PresenceModel::RoleWordRole), u"Administrator"_s);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(changed.size(), 1);
        model.addPeople({u"a"_s, {user(u"x"_s, u"Zoe"_s, u"admin"_s)}});
        QCOMPARE(changed.size(), 1);
    }

    void agreesWithTheWorldAfterAnySequence()
    {
        QVERIFY(rc::check([] {
            World world;
            PresenceModel model;
            const QAbstractItemModelTester tester(
                &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
            const int steps = *rc::gen::inRange(1, 60);
            for (int i = 0; i < steps; ++i) {
                step(world, model);
                RC_ASSERT(names(model) == world.others());
                RC_ASSERT(model.summary().isEmpty() == world.others().isEmpty());
            }
        }));
    }
};

QTEST_MAIN(PresenceModelTest)
#include "tst_presencemodel.moc"
