// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/presenceboard_p.h"
#include "protocol/envelope.h"

#include <rapidcheck.h>

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

/// Runs what is asked for when the test says that its time has come.
class ManualLoop : public EventLoop
{
public:
    void post(std::function<void()> task) override { m_tasks.push_back(std::move(task)); }
    void after(std::chrono::milliseconds, std::function<void()> task) override
    {
        m_tasks.push_back(std::move(task));
    }
    int run()
    {
        const auto tasks = std::exchange(m_tasks, {});
        for (const auto &task : tasks)
            task();
        return int(tasks.size());
    }

private:
    std::vector<std::function<void()>> m_tasks;
};

/// A client that keeps the list as the protocol says.
class Member : public Subscriber
{
public:
    void deliver(const QByteArray &frame) override
    {
        ++frames;
        JsonReader reader;
        const auto message = decodeEnvelope(
            reader, {frame.constData(), std::size_t(frame.size())}, timestampNow());
        const auto data
            = decodeData<PresenceData>(dataReader, message->envelope.name, message->data);
        if (message->envelope.name == PresenceChanged.name)
            users.clear();
        for (const User &user : data->users) {
            if (message->envelope.name == PresenceLeft.name)
                users.remove(user.id);
            else
                users.insert(user.id, user);
        }
    }
    qint64 backlog() const override { return 0; }

    QMap<QString, User> users;
    int frames = 0;
    JsonReader dataReader;
};

User userOf(int number, const QString &role = u"viewer"_s)
{
    const QString id = u"u%1"_s.arg(number);
    return {.id = id, .name = u"User "_s + id, .role = role};
}

} // namespace

class PresenceBoardTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyoneKnowsWhoIsThere();
    void tellsOfManyAtOnce();
    void tellsOfManyByTheirDifferences();
    void tellsNothingWhereItIsOff();
    void saysWhoIsHereWhenThatChanges();
};

// Whoever comes and goes, in short rooms and long ones.
void PresenceBoardTest::everyoneKnowsWhoIsThere()
{
    const bool held = rc::check("all have the same list, the true one", [] {
        ManualLoop loop;
        PresenceBoard presence(loop, {u"r*"_s});
        std::vector<std::unique_ptr<Member>> members;
        QMap<Member *, User> in;
        // On two other gateways.
        QList<PresenceData> elsewhere;
        const int people = *rc::gen::element(3, 70);
        const int steps = *rc::gen::inRange(1, 200);
        for (int step = 0; step < steps; ++step) {
            const int what = *rc::gen::inRange(0, 11);
            if (what < 6) {
                members.push_back(std::make_unique<Member>());
                const User user = userOf(*rc::gen::inRange(0, people));
                in.insert(members.back().get(), user);
                presence.enter(u"room"_s, members.back().get(), user);
            } else if (what < 8 && !in.isEmpty()) {
                const auto who = std::next(in.begin(), *rc::gen::inRange(0, int(in.size())));
                presence.leave(u"room"_s, who.key());
                in.erase(who);
            } else if (what == 8 && !in.isEmpty()) {
                // The same person with another role, in all of their sessions.
                const QString id = in.first().id;
                for (auto it = in.begin(); it != in.end(); ++it) {
                    if (it->id == id) {
                        it->role = QString::number(step);
                        presence.enter(u"room"_s, it.key(), *it);
                    }
                }
            } else if (what == 9) {
                elsewhere = {{.room = u"room"_s, .users = {}}, {.room = u"room"_s, .users = {}}};
                for (PresenceData &gateway : elsewhere) {
                    for (int i = *rc::gen::inRange(0, people); i > 0; i /= 2)
                        gateway.users.append(userOf(i));
                }
                presence.setElsewhere(elsewhere);
            } else {
                loop.run();
            }
        }
        loop.run();
        QMap<QString, User> there;
        for (const PresenceData &gateway : std::as_const(elsewhere)) {
            for (const User &user : gateway.users)
                there.insert(user.id, user);
        }
        for (const User &user : std::as_const(in))
            there.insert(user.id, user);
        for (auto it = in.cbegin(); it != in.cend(); ++it) {
            // Sessions of one person that were entered with different roles cannot agree.
            RC_ASSERT(it.key()->users.keys() == there.keys());
        }
    });
    QVERIFY(held);
}

void PresenceBoardTest::tellsOfManyAtOnce()
{
    ManualLoop loop;
    PresenceBoard presence(loop, {u"room"_s});
    std::vector<Member> members(2'000);
    for (int i = 0; i < 2'000; ++i)
        presence.enter(u"room"_s, &members[std::size_t(i)], userOf(i));
    QCOMPARE(loop.run(), 1);
    for (const Member &member : members) {
        QCOMPARE(member.frames, 1);
        QCOMPARE(member.users.size(), 2'000);
    }
    QCOMPARE(loop.run(), 0); // nothing more to tell
}

void PresenceBoardTest::tellsOfManyByTheirDifferences()
{
    ManualLoop loop;
    PresenceBoard presence(loop, {u"room"_s});
    std::vector<Member> members(60);
    for (int i = 0; i < 59; ++i)
        presence.enter(u"room"_s, &members[std::size_t(i)], userOf(i));
    loop.run();
    presence.enter(u"room"_s, &members[59], userOf(59));
    presence.leave(u"room"_s, &members[0]);
    loop.run();
    QCOMPARE(members[5].frames, 3); // the list, who came, who went
    QCOMPARE(members[59].frames, 1); // the list
    QCOMPARE(members[5].users.keys(), members[59].users.keys());
    QVERIFY(!members[5].users.contains(u"u0"_s));
    // Another session of somebody who is there is news to nobody but itself.
    Member second;
    presence.enter(u"room"_s, &second, userOf(7));
    loop.run();
    QCOMPARE(members[5].frames, 3);
    QCOMPARE(second.users.size(), 59);
}

void PresenceBoardTest::tellsNothingWhereItIsOff()
{
    ManualLoop loop;
    PresenceBoard presence(loop, {u"team:*"_s});
    Member member;
    presence.enter(u"account:default"_s, &member, userOf(1));
    presence.leave(u"account:default"_s, &member);
    QCOMPARE(loop.run(), 0);
    PresenceBoard nowhere(loop, {});
    nowhere.enter(u"team:x"_s, &member, userOf(1));
    QCOMPARE(loop.run(), 0);
}

void PresenceBoardTest::saysWhoIsHereWhenThatChanges()
{
    ManualLoop loop;
    PresenceBoard presence(loop, {u"team:*"_s});
    QCOMPARE(presence.takeHere().has_value(), false);
    Member member;
    Member again;
    presence.enter(u"team:x"_s, &member, userOf(1));
    presence.enter(u"team:x"_s, &again, userOf(1));
    presence.setElsewhere({{.room = u"team:x"_s, .users = {userOf(2)}}});
    const auto here = presence.takeHere();
    QVERIFY(here);
    QCOMPARE(here->size(), 1);
    QCOMPARE(here->first().room, u"team:x"_s);
    QCOMPARE(here->first().users, QList<User>{userOf(1)});
    QCOMPARE(presence.takeHere().has_value(), false);
    presence.leave(u"team:x"_s, &member);
    presence.leave(u"team:x"_s, &again);
    QVERIFY(presence.takeHere()->isEmpty());
}

QTEST_GUILESS_MAIN(PresenceBoardTest)
#include "tst_presenceboard.moc"
