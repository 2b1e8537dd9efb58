// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/commandledger.h"

#include <QTest>

#include <rapidcheck.h>

#include <deque>
#include <set>
#include <variant>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const MonotonicTime start{};
const QString me = u"ann"_s;
const Error refusal{ErrorCode::Forbidden, u"No."_s, {}};
const Error loss{ErrorCode::ConnectionLost, u"Lost."_s, {}};

Incident openIncident(const QString &uuid, qint64 version = 1)
{
    return {.uuid = uuid, .title = u"Disk full"_s, .version = version};
}

Incident acknowledged(Incident incident, const QString &by, qint64 version)
{
    incident.status = IncidentStatus::Acknowledged;
    incident.acknowledgedBy = by;
    incident.version = version;
    return incident;
}

/// A server and its one client, with everything between them on its way for as long as the test
/// wants. It says in its own words what becomes of a command.
class World
{
public:
    static constexpr int incidents = 3;

    World()
    {
        for (int i = 0; i < incidents; ++i)
            m_server.insert(QString::number(i), openIncident(QString::number(i)));
        m_client = m_server;
    }

    void step(int number)
    {
        const int choice = number / 16;
        switch (number % 16) {
        case 0:
        case 1:
        case 2:
        case 3: send(choice); break;
        case 4:
        case 5:
        case 6:
            serve(choice % 4 == 0 ? Fate::Refused : choice % 2 == 0 ? Fate::Told : Fate::Answered);
            break;
        case 7: changeByAnother(choice); break;
        case 8:
        case 9:
        case 10:
        case 11: deliver(); break;
        case 12:
        case 13: deliverReply(); break;
        case 14:
            m_now += std::chrono::seconds(choice % 9);
            m_ledger.tick(m_now);
            break;
        case 15:
            if (choice % 5 == 0)
                lose();
            break;
        }
        settle();
    }

    // Nothing more is done: what is on its way arrives, or is lost.
    void finish(bool lost)
    {
        if (lost)
            lose();
        while (!m_commands.empty())
            serve(Fate::Told);
        while (!m_wire.empty())
            deliver();
        // The last answers may never come.
        while (!m_replies.empty() && m_replies.size() % 3 != 0)
            deliverReply();
        while (const auto deadline = m_ledger.deadline()) {
            RC_ASSERT(*deadline >= m_now || m_ledger.size() == 0);
            m_now = *deadline;
            m_ledger.tick(m_now);
        }
        settle();
    }

    void check() const
    {
        RC_ASSERT(m_ledger.size() == 0U);
        RC_ASSERT(m_endedIds.size() == m_sent.size());
        RC_ASSERT(m_client == m_server);
        for (const Incident &incident : m_client) {
            RC_ASSERT(m_ledger.shown(incident, me) == incident);
            RC_ASSERT(!m_ledger.pendingOf(incident.uuid));
        }
    }

private:
    /// Done, it is first told to everybody or first answered: both orders are allowed.
    enum class Fate { Refused, Told, Answered };
    struct Sent {
        QString uuid;
        IncidentCommand command;
        qint64 versionBefore;
        /// What the server made of it; nothing while it has not got to it.
        std::optional<bool> carriedOut;
        bool replied = false;
        bool effectSeen = false;
    };
    struct Event {
        QString uuid;
        /// Absent: resolved.
        std::optional<Incident> incident;
    };
    struct Answer {
        CommandLedger::Id id;
        std::optional<qint64> version;
        std::optional<Error> error;
    };

    void send(int choice)
    {
        const QString uuid = QString::number(choice % incidents);
        const auto known = m_client.constFind(uuid);
        const IncidentCommand command{CommandKind(choice / incidents % 5),
            choice / (5 * incidents) % 2 ? u"ann"_s : u"bob"_s};
        const std::optional<qint64> version
            = known == m_client.cend() ? std::nullopt : std::optional(known->version);
        const auto id = m_ledger.add(uuid, command, version, m_now);
        RC_ASSERT(!m_sent.contains(id));
        m_sent[id] = {uuid, command, version.value_or(0), {}};
        m_commands.push_back(id);
    }

    void serve(Fate fate)
    {
        if (m_commands.empty())
            return;
        const auto id = m_commands.front();
        m_commands.pop_front();
        Sent &sent = m_sent[id];
        const auto incident = m_server.find(sent.uuid);
        const bool gone = incident == m_server.end();
        const bool allowedWhenGone = sent.command.kind == CommandKind::Comment
            || sent.command.kind == CommandKind::Resolve;
        if (fate == Fate::Refused || (gone && !allowedWhenGone)) {
            sent.carriedOut = false;
            m_wire.push_back(Answer{id, {}, refusal});
            return;
        }
        sent.carriedOut = true;
        if (gone) {
            m_wire.push_back(Answer{id, {}, {}});
            return;
        }
        const std::size_t before = m_wire.size();
        const qint64 version = apply(*incident, sent.command);
        const auto place
            = fate == Fate::Answered ? std::ptrdiff_t(before) : m_wire.end() - m_wire.begin();
        m_wire.insert(m_wire.begin() + place, Answer{id, version, {}});
    }

    // Returns the version; the incident is gone where it was resolved.
    qint64 apply(Incident &incident, const IncidentCommand &command)
    {
        const QString uuid = incident.uuid;
        const Incident before = incident;
        if (command.kind == CommandKind::Resolve) {
            const qint64 version = before.version + 1;
            m_server.remove(uuid);
            m_wire.push_back(Event{uuid, {}});
            return version;
        }
        if (command.kind == CommandKind::Acknowledge
            && incident.status != IncidentStatus::Acknowledged) {
            incident = acknowledged(incident, me, incident.version);
        } else if (command.kind == CommandKind::Unacknowledge) {
            incident.status = IncidentStatus::Open;
            incident.acknowledgedBy.clear();
        } else if (command.kind == CommandKind::Assign) {
            incident.assignee = command.text;
        }
        if (incident == before && command.kind != CommandKind::Comment)
            return before.version;
        ++incident.version;
        m_wire.push_back(Event{uuid, incident});
        return incident.version;
    }

    void changeByAnother(int choice)
    {
        const QString uuid = QString::number(choice % incidents);
        const auto incident = m_server.find(uuid);
        if (incident == m_server.end()) {
            m_server.insert(uuid, openIncident(uuid, 1'000 + choice));
            m_wire.push_back(Event{uuid, m_server[uuid]});
        } else {
            apply(*incident, {CommandKind(choice / incidents % 5), u"bob"_s});
        }
    }

    void deliver()
    {
        if (m_wire.empty())
            return;
        const auto item = m_wire.front();
        m_wire.pop_front();
        if (const auto *const answer = std::get_if<Answer>(&item))
            m_replies.push_back(*answer); // its future is handled in a later turn
        else
            see(std::get<Event>(item));
    }

    void see(const Event &event)
    {
        for (auto &[id, sent] : m_sent) {
            if (sent.uuid != event.uuid)
                continue;
            const bool effect = event.incident ? event.incident->version > sent.versionBefore
                    && isDone(sent.command, *event.incident)
                                               : sent.command.kind == CommandKind::Resolve;
            sent.effectSeen = sent.effectSeen || effect;
        }
        if (event.incident) {
            m_client.insert(event.uuid, *event.incident);
            m_ledger.changed(*event.incident);
        } else {
            m_client.remove(event.uuid);
            m_ledger.removed(event.uuid);
        }
    }

    void deliverReply()
    {
        if (m_replies.empty())
            return;
        const Answer answer = m_replies.front();
        m_replies.pop_front();
        Sent &sent = m_sent[answer.id];
        sent.replied = true;
        const auto known = m_client.constFind(sent.uuid);
        if (answer.error) {
            m_ledger.failed(answer.id, *answer.error);
        } else {
            m_ledger.succeeded(answer.id, answer.version,
                known == m_client.cend() ? std::nullopt : std::optional(known->version), m_now);
        }
    }

    // The session ends, and the next one begins with the list as it is. What had arrived stays.
    void lose()
    {
        m_commands.clear();
        m_wire.clear();
        while (!m_replies.empty())
            deliverReply();
        m_ledger.failAll(loss);
        RC_ASSERT(m_ledger.size() == 0U);
        for (int i = 0; i < incidents; ++i) {
            const QString uuid = QString::number(i);
            if (const auto now = m_server.constFind(uuid); now != m_server.cend())
                see({uuid, *now});
            else if (m_client.contains(uuid))
                see({uuid, {}});
        }
    }

    void settle()
    {
        for (const auto &ended : m_ledger.take()) {
            RC_ASSERT(m_endedIds.insert(ended.id).second);
            const Sent &sent = m_sent.at(ended.id);
            RC_ASSERT(ended.uuid == sent.uuid);
            RC_ASSERT(ended.command == sent.command);
            if (!ended.error)
                RC_ASSERT(sent.effectSeen || sent.carriedOut == std::optional(true));
            else if (ended.error == refusal)
                RC_ASSERT(sent.carriedOut == std::optional(false));
            else
                RC_ASSERT(!sent.replied);
        }
    }

    CommandLedger m_ledger;
    MonotonicTime m_now = start;
    QMap<QString, Incident> m_server;
    QMap<QString, Incident> m_client;
    std::map<CommandLedger::Id, Sent> m_sent;
    std::deque<CommandLedger::Id> m_commands;
    std::deque<std::variant<Event, Answer>> m_wire;
    std::deque<Answer> m_replies;
    std::set<CommandLedger::Id> m_endedIds;
};

} // namespace

class CommandLedgerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsEverythingAndShowsTheTruthAfterAnySequence();
    void showsWhatIsWanted_data();
    void showsWhatIsWanted();
    void waitsForTheChangeThatTheServerPromised();
    void doesNotWaitForItForEver();
    void takesTheChangeForAnAnswer();
    void doesNotTakeOneChangeForTwo();
    void doesNotTakeWhatWasBeforeForItsChange();
    void keepsWhoAcknowledgedIt();
    void givesUpWithoutAnAnswer();
};

void CommandLedgerTest::endsEverythingAndShowsTheTruthAfterAnySequence()
{
    std::size_t steps = 0;
    const bool held = rc::check("each ends once, and what is shown is true in the end", [&] {
        World world;
        const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 16));
        for (const int number : numbers)
            world.step(number);
        steps += numbers.size();
        world.finish(*rc::gen::arbitrary<bool>());
        world.check();
    });
    QVERIFY(held);
    QVERIFY(steps > 1'000);
}

void CommandLedgerTest::showsWhatIsWanted_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("assignee");
    const auto row = [](const char *name, CommandKind kind, const QString &text,
                         IncidentStatus status, const QString &by, const QString &assignee) {
        QTest::newRow(name) << int(kind) << text << int(status) << by << assignee;
    };
    using enum CommandKind;
    row("acknowledge", Acknowledge, {}, IncidentStatus::Acknowledged, me, u"bob"_s);
    row("resolve", Resolve, {}, IncidentStatus::Resolved, {}, u"bob"_s);
    row("assign", Assign, u"ann"_s, IncidentStatus::Open, {}, u"ann"_s);
    row("to nobody", Assign, {}, IncidentStatus::Open, {}, {});
    row("comment", Comment, u"hello"_s, IncidentStatus::Open, {}, u"bob"_s);
    row("unacknowledge", Unacknowledge, {}, IncidentStatus::Open, {}, u"bob"_s);
}

void CommandLedgerTest::showsWhatIsWanted()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    CommandLedger ledger;
    Incident incident = openIncident(u"u"_s);
    incident.assignee = u"bob"_s;
    const auto id = ledger.add(u"u"_s, {CommandKind(kind), text}, 1, start);
    QCOMPARE(ledger.pendingOf(u"u"_s), CommandKind(kind));
    QVERIFY(!ledger.pendingOf(u"v"_s));
    const Incident shown = ledger.shown(incident, me);
    QTEST(int(shown.status), "status");
    QTEST(shown.acknowledgedBy, "by");
    QTEST(shown.assignee, "assignee");
    QVERIFY(ledger.shown(openIncident(u"v"_s), me) == openIncident(u"v"_s));
    ledger.failed(id, refusal);
    QVERIFY(ledger.shown(incident, me) == incident);
    QCOMPARE(ledger.take().at(0).error, refusal);
}

void CommandLedgerTest::waitsForTheChangeThatTheServerPromised()
{
    CommandLedger ledger;
    const auto id = ledger.add(u"u"_s, {CommandKind::Assign, u"ann"_s}, 1, start);
    ledger.succeeded(id, 3, 1, start);
    QVERIFY(ledger.take().empty());
    // Somebody else's, in between: the row must not fall back.
    ledger.changed(openIncident(u"u"_s, 2));
    QCOMPARE(ledger.shown(openIncident(u"u"_s, 2), me).assignee, u"ann"_s);
    ledger.changed(openIncident(u"u"_s, 3));
    QCOMPARE(ledger.take().size(), 1U);
    QCOMPARE(ledger.size(), 0U);
}

void CommandLedgerTest::doesNotWaitForItForEver()
{
    CommandLedger ledger;
    const auto id = ledger.add(u"u"_s, {CommandKind::Acknowledge}, 1, start);
    ledger.succeeded(id, 2, 1, start);
    QCOMPARE(ledger.deadline(), start + CommandLedger::settling);
    ledger.tick(start + CommandLedger::settling - 1ms);
    QCOMPARE(ledger.size(), 1U);
    ledger.tick(start + CommandLedger::settling);
    const auto ended = ledger.take();
    QCOMPARE(ended.size(), 1U);
    QVERIFY(!ended[0].error); // the server had said that it is done
}

void CommandLedgerTest::takesTheChangeForAnAnswer()
{
    CommandLedger ledger;
    const auto id = ledger.add(u"u"_s, {CommandKind::Acknowledge}, 1, start);
    ledger.changed(acknowledged(openIncident(u"u"_s), me, 2));
    QCOMPARE(ledger.size(), 0U);
    QVERIFY(!ledger.take().at(0).error);
    // The connection is lost before the answer, which nobody misses.
    ledger.failed(id, loss);
    QVERIFY(ledger.take().empty());
}

void CommandLedgerTest::doesNotTakeOneChangeForTwo()
{
    CommandLedger ledger;
    ledger.add(u"u"_s, {CommandKind::Acknowledge}, 1, start);
    ledger.add(u"u"_s, {CommandKind::Unacknowledge}, 1, start);
    ledger.add(u"u"_s, {CommandKind::Acknowledge}, 1, start);
    ledger.changed(acknowledged(openIncident(u"u"_s), me, 2));
    QCOMPARE(ledger.take().size(), 1U);
    QCOMPARE(ledger.size(), 2U);
}

void CommandLedgerTest::doesNotTakeWhatWasBeforeForItsChange()
{
    CommandLedger ledger;
    ledger.add(u"u"_s, {CommandKind::Unacknowledge}, 2, start);
    // Late, from before: another room's copy of what was known already.
    ledger.changed(openIncident(u"u"_s, 1));
    QCOMPARE(ledger.size(), 1U);
}

void CommandLedgerTest::keepsWhoAcknowledgedIt()
{
    CommandLedger ledger;
    ledger.add(u"u"_s, {CommandKind::Acknowledge}, 1, start);
    const Incident byBob = acknowledged(openIncident(u"u"_s), u"bob"_s, 2);
    QCOMPARE(ledger.shown(byBob, me).acknowledgedBy, u"bob"_s);
}

void CommandLedgerTest::givesUpWithoutAnAnswer()
{
    CommandLedger ledger;
    QVERIFY(!ledger.deadline());
    const auto id = ledger.add(u"u"_s, {CommandKind::Resolve}, 1, start);
    QCOMPARE(ledger.deadline(), start + CommandLedger::patience);
    ledger.tick(start + CommandLedger::patience);
    QCOMPARE(ledger.take().at(0).error->code, ErrorCode::TimedOut);
    ledger.succeeded(id, 2, 1, start); // too late
    QVERIFY(ledger.take().empty());
}

QTEST_GUILESS_MAIN(CommandLedgerTest)
#include "tst_commandledger.moc"
