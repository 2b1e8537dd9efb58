// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// How the machine knows that an open connection still is one.
#include "client/connectionstory.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;
using Machine = ConnectionMachine;
using State = Machine::State;

class HeartbeatTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void declaresASilentPeerDead();
    void takesAnyFrameAsLife();
    void asksAgainAfterAStall();
    void probesAtOnceWhenItWoke();
    void seesThatItSleptInWhateverComesFirst();
    void isNotReassuredByWhatWaitedInTheSocket();
    void isReassuredByAServerThatOnlyTalks();
    void losesTheConnectionThatDidNotOutliveTheSleep();
    void doesNotCountTheSleepAsASession();
    void probesALiveConnectionWhenTheNetworkComesBack();
    void probesOnceHoweverOftenTheNetworkChanges();
    void waitsForAMessageThatKeepsComing();
    void doesNotWaitForEverForAMessageThatKeepsComing();
    void givesUpAMessageThatStopsComing();
    void saysThatItIsThereWhileAMessageKeepsComing();
    void isNotReassuredByPartOfAMessage();
};

void HeartbeatTest::declaresASilentPeerDead()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    QVERIFY(story.pass(4999ms).empty());
    const auto outputs = story.pass(1ms);
    QCOMPARE(find<Machine::Disconnected>(outputs)->code, 4000);
    QVERIFY(find<Machine::ErrorOccurred>(outputs)->error.code == ErrorCode::HeartbeatTimeout);
    QCOMPARE(story.machine.state(), State::Reconnecting);
}

void HeartbeatTest::takesAnyFrameAsLife()
{
    Story story;
    story.openSession();
    story.pass(25s);
    story.now += 4s;
    story.say(Machine::Received{story.attempt, Machine::Life::Frame});
    QVERIFY(story.pass(10s).empty());
    QCOMPARE(story.machine.state(), State::Connected);
}

void HeartbeatTest::asksAgainAfterAStall()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    // The program stood still for a minute: the answer may be waiting in the socket.
    const auto outputs = story.pass(60s);
    QVERIFY(find<Machine::SendHeartbeat>(outputs));
    QVERIFY(!find<Machine::Disconnected>(outputs));
    QVERIFY(find<Machine::Disconnected>(story.pass(5s)));
}

void HeartbeatTest::probesAtOnceWhenItWoke()
{
    Story story;
    story.openSession();
    story.now += 3s;
    auto outputs = story.say(Machine::Woke{});
    QVERIFY(find<Machine::Doubted>(outputs));
    QVERIFY(find<Machine::SendHeartbeat>(outputs));
    QCOMPARE(story.machine.state(), State::Connected);
    QVERIFY(*story.machine.deadline() == story.now + 5s);
    story.now += 40ms;
    outputs = story.say(Machine::Received{story.attempt, Machine::Life::HeartbeatAnswer});
    QVERIFY(find<Machine::Confirmed>(outputs));
    QVERIFY(find<Machine::RoundTrip>(outputs)->duration == 40ms);
}

void HeartbeatTest::seesThatItSleptInWhateverComesFirst()
{
    for (const bool frameFirst : {false, true}) {
        Story story;
        story.openSession();
        story.now += 25s + Machine::lateness + 1ms;
        const Machine::Input frame = Machine::Received{story.attempt, Machine::Life::Message};
        const auto outputs = story.say(frameFirst ? frame : Machine::Input(Machine::Tick{}));
        QVERIFY(find<Machine::Doubted>(outputs));
        QVERIFY(find<Machine::SendHeartbeat>(outputs));
        QVERIFY(!find<Machine::Confirmed>(outputs));
    }
    Story punctual;
    punctual.openSession();
    QVERIFY(!find<Machine::Doubted>(punctual.pass(25s + Machine::lateness)));
}

void HeartbeatTest::isNotReassuredByWhatWaitedInTheSocket()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    story.say(Machine::Woke{}); // the answer to that heartbeat may have come before we slept
    story.now += 1ms;
    const auto say
        = [&](Machine::Life life) { return story.say(Machine::Received{story.attempt, life}); };
    QVERIFY(say(Machine::Life::Message).empty());
    QVERIFY(say(Machine::Life::HeartbeatAnswer).empty());
    const auto outputs = say(Machine::Life::HeartbeatAnswer);
    QVERIFY(find<Machine::Confirmed>(outputs));
    QVERIFY(find<Machine::RoundTrip>(outputs)->duration == 1ms);
}

void HeartbeatTest::isReassuredByAServerThatOnlyTalks()
{
    Story story;
    story.openSession();
    story.say(Machine::Woke{});
    story.now += Machine::backlog + 1ms;
    QVERIFY(find<Machine::Confirmed>(
        story.say(Machine::Received{story.attempt, Machine::Life::Message})));
    QVERIFY(story.pass(5s).empty());
}

void HeartbeatTest::losesTheConnectionThatDidNotOutliveTheSleep()
{
    Story story;
    story.openSession();
    story.say(Machine::Woke{});
    story.now += 1ms;
    // What waited in the socket does not keep a dead connection.
    QVERIFY(story.say(Machine::Received{story.attempt, Machine::Life::Message}).empty());
    const auto outputs = story.passToDeadline();
    QCOMPARE(find<Machine::Disconnected>(outputs)->code, 4000);
    QVERIFY(!find<Machine::Confirmed>(outputs));
}

void HeartbeatTest::doesNotCountTheSleepAsASession()
{
    Story story;
    story.openSession(Machine::Life::Frame);
    story.now += 1h;
    story.say(Machine::Woke{});
    story.close(1006);
    story.passToDeadline();
    story.say(Machine::CredentialsReady{story.attempt});
    QVERIFY(!find<Machine::Connected>(story.say(Machine::Opened{story.attempt}))->reconnected);
}

void HeartbeatTest::probesALiveConnectionWhenTheNetworkComesBack()
{
    Story story;
    story.openSession();
    const auto outputs = story.say(Machine::ReachabilityChanged{Machine::Reachability::Online});
    QVERIFY(find<Machine::SendHeartbeat>(outputs));
    QVERIFY(find<Machine::Disconnected>(story.pass(5s)));
}

void HeartbeatTest::probesOnceHoweverOftenTheNetworkChanges()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.say(Machine::NetworkChanged{})));
    for (int i = 0; i < 4; ++i) {
        QVERIFY(story.pass(1s).empty());
        QVERIFY(story.say(Machine::NetworkChanged{}).empty());
    }
    QVERIFY(find<Machine::Disconnected>(story.pass(1s)));
    // And what waits for its next attempt does not wait any longer.
    QVERIFY(find<Machine::RequestCredentials>(story.say(Machine::NetworkChanged{})));
}

void HeartbeatTest::waitsForAMessageThatKeepsComing()
{
    // Half a mebibyte at 64 KiB a second, and the heartbeat's answer behind it.
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    for (int i = 0; i < 9; ++i) {
        QVERIFY(story.pass(500ms).empty());
        QVERIFY(story.part().empty());
    }
    // Alive, but nothing says that what is shown still is true.
    auto outputs = story.pass(500ms);
    QCOMPARE(outputs.size(), 1U);
    QVERIFY(find<Machine::Doubted>(outputs));
    for (int i = 0; i < 6; ++i) {
        QVERIFY(story.part().empty());
        QVERIFY(story.pass(500ms).empty());
    }
    outputs = story.say(Machine::Received{story.attempt, Machine::Life::Message});
    QCOMPARE(outputs.size(), 1U);
    QVERIFY(find<Machine::Confirmed>(outputs));
    outputs = story.say(Machine::Received{story.attempt, Machine::Life::HeartbeatAnswer});
    QVERIFY(find<Machine::RoundTrip>(outputs)->duration == 8s);
    QVERIFY(story.pass(16s).empty());
    QCOMPARE(story.machine.state(), State::Connected);
}

void HeartbeatTest::doesNotWaitForEverForAMessageThatKeepsComing()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    for (int i = 1; i < 60; ++i) {
        QVERIFY(!find<Machine::Disconnected>(story.pass(1s)));
        QVERIFY(story.part().empty());
    }
    const auto outputs = story.pass(1s);
    QCOMPARE(find<Machine::Disconnected>(outputs)->code, 4000);
    const auto *error = find<Machine::ErrorOccurred>(outputs);
    QCOMPARE(error->error.code, ErrorCode::HeartbeatTimeout);
    QVERIFY2(error->error.message.contains(u"no whole message for 60000 ms"), // not "nothing"
        qPrintable(error->error.message));
}

void HeartbeatTest::givesUpAMessageThatStopsComing()
{
    Story story;
    story.openSession();
    // What came before the heartbeat says nothing of the time after it.
    story.now += 24s;
    QVERIFY(story.part().empty());
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(1s)));
    story.now += 4s;
    QVERIFY(story.part().empty());
    QVERIFY(find<Machine::Doubted>(story.pass(1s)));
    QVERIFY(story.pass(3999ms).empty());
    QCOMPARE(find<Machine::Disconnected>(story.pass(1ms))->code, 4000);

    Story silent;
    silent.openSession();
    silent.now += 24s;
    QVERIFY(silent.part().empty());
    QVERIFY(find<Machine::SendHeartbeat>(silent.pass(1s)));
    QVERIFY(find<Machine::Disconnected>(silent.pass(5s)));
}

void HeartbeatTest::saysThatItIsThereWhileAMessageKeepsComing()
{
    // A server that gives up those who are silent must not take the wait for silence.
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    int heartbeats = 0;
    for (int i = 1; i <= 55; ++i) {
        heartbeats += find<Machine::SendHeartbeat>(story.pass(1s)) ? 1 : 0;
        story.part();
    }
    QCOMPARE(heartbeats, 2);
    // Each is answered, and the first answer is the first one's.
    auto outputs = story.say(Machine::Received{story.attempt, Machine::Life::HeartbeatAnswer});
    QVERIFY(find<Machine::Confirmed>(outputs));
    QVERIFY(find<Machine::RoundTrip>(outputs)->duration == 55s);
    outputs = story.say(Machine::Received{story.attempt, Machine::Life::HeartbeatAnswer});
    QVERIFY(!find<Machine::RoundTrip>(outputs));
}

void HeartbeatTest::isNotReassuredByPartOfAMessage()
{
    Story story;
    story.openSession();
    story.say(Machine::Woke{});
    // May have waited in the socket: the connection may be dead all the same.
    story.now += Machine::backlog;
    QVERIFY(story.part().empty());
    story.now += 4s;
    QVERIFY(find<Machine::Disconnected>(story.say(Machine::Tick{})));

    Story slow;
    slow.openSession();
    slow.say(Machine::Woke{});
    for (int i = 0; i < 20; ++i) {
        slow.now += 1s + 1ms;
        QVERIFY(slow.part().empty());
        QVERIFY(slow.say(Machine::Tick{}).empty());
    }
    QVERIFY(find<Machine::Confirmed>(
        slow.say(Machine::Received{slow.attempt, Machine::Life::Message})));
    // Nor is a session usable for it.
    Story unusable;
    unusable.openSession(Machine::Life::Frame);
    unusable.part();
    unusable.close(1006);
    unusable.passToDeadline();
    unusable.say(Machine::CredentialsReady{unusable.attempt});
    QVERIFY(
        !find<Machine::Connected>(unusable.say(Machine::Opened{unusable.attempt}))->reconnected);
}

QTEST_GUILESS_MAIN(HeartbeatTest)
#include "tst_heartbeat.moc"
