// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/addressrotation.h"
#include "client/connectionmachine.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <random>
#include <rapidcheck.h>
#include <tuple>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Machine = ConnectionMachine;

namespace {

/// What any sequence of successes and failures may bring about, told independently of the order
/// that the rotation keeps.
class Reference
{
public:
    explicit Reference(std::size_t addresses)
        : m_standings(addresses)
    {
    }
    void chosen(std::size_t address, MonotonicTime now)
    {
        RC_ASSERT(address < m_standings.size());
        if (m_failedLast == address) {
            for (std::size_t other = 0; other < m_standings.size(); ++other)
                RC_ASSERT(other == address || !isRested(m_standings[other], now));
        }
        const bool anyRested = std::ranges::any_of(
            m_standings, [now](const Standing &standing) { return isRested(standing, now); });
        if (anyRested) {
            RC_ASSERT(isRested(m_standings[address], now));
        } else {
            // In turn: nobody has waited longer.
            for (const Standing &other : m_standings)
                RC_ASSERT(other.failedAs >= m_standings[address].failedAs);
        }
        if (m_stays != Stays::No)
            RC_ASSERT(m_chosen == address);
        m_chosen = address;
        if (m_stays == Stays::No)
            m_stays = Stays::UntilAnotherIsRested;
    }
    void failed(MonotonicTime now)
    {
        Standing &standing = m_standings[m_chosen];
        for (Standing &other : m_standings) {
            const bool passedOver = &other != &standing && isRested(other, now);
            other.passedOver = passedOver ? other.passedOver + 1 : 0;
            RC_ASSERT(other.passedOver < int(m_standings.size()));
        }
        const auto rest = AddressRotation::firstRest * (1LL << std::min(standing.failures, 20));
        standing.restsUntil
            = now + std::min<std::chrono::milliseconds>(rest, AddressRotation::longestRest);
        ++standing.failures;
        standing.failedAs = ++m_failures;
        m_failedLast = m_chosen;
        m_stays = Stays::No;
    }
    void worked()
    {
        m_standings[m_chosen] = {};
        m_failedLast.reset();
        m_stays = Stays::UntilItFails;
    }
    void forgiven()
    {
        for (Standing &standing : m_standings)
            standing.restsUntil = {};
        timePassed();
    }
    void timePassed()
    {
        if (m_stays == Stays::UntilAnotherIsRested)
            m_stays = Stays::No;
    }

private:
    enum class Stays { No, UntilAnotherIsRested, UntilItFails };
    struct Standing {
        int failures = 0;
        int failedAs = 0;
        int passedOver = 0;
        MonotonicTime restsUntil;
    };
    [[nodiscard]] static bool isRested(const Standing &standing, MonotonicTime now)
    {
        return now >= standing.restsUntil;
    }

    std::vector<Standing> m_standings;
    std::size_t m_chosen = 0;
    int m_failures = 0;
    std::optional<std::size_t> m_failedLast;
    Stays m_stays = Stays::No;
};

Backoff::Random seeded(quint32 seed)
{
    auto engine = std::make_shared<std::mt19937>(seed);
    return [engine] { return std::uniform_real_distribution<double>(0.0, 1.0)(*engine); };
}

/// A client whose addresses accept nobody, for an hour of its own clock: how often each is tried.
std::vector<int> anHourOfRefusals(std::size_t addresses, quint32 seed)
{
    Machine machine({}, seeded(seed), addresses);
    std::vector<int> tries(addresses);
    MonotonicTime now{1h};
    const MonotonicTime end = now + 1h;
    auto outputs = machine.handle(Machine::Connect{}, now);
    while (now < end) {
        AttemptId attempt = 0;
        for (const auto &output : outputs) {
            if (const auto *request = std::get_if<Machine::RequestCredentials>(&output))
                attempt = request->attempt;
        }
        for (const auto &output : machine.handle(Machine::CredentialsReady{attempt}, now)) {
            if (const auto *open = std::get_if<Machine::Open>(&output))
                ++tries[open->address];
        }
        std::ignore = machine.handle(Machine::Closed{attempt, {}}, now);
        now = *machine.deadline();
        outputs = machine.handle(Machine::Tick{}, now);
    }
    return tries;
}

/// A machine with several addresses, and its clock.
class Story
{
public:
    explicit Story(std::size_t addresses)
        : machine({}, seeded(1), addresses)
    {
        say(Machine::Connect{});
    }
    void say(const Machine::Input &input)
    {
        for (const auto &output : machine.handle(input, now)) {
            if (const auto *request = std::get_if<Machine::RequestCredentials>(&output))
                attempt = request->attempt;
            if (const auto *open = std::get_if<Machine::Open>(&output))
                address = open->address;
            if (const auto *retry = std::get_if<Machine::ReconnectScheduled>(&output))
                delay = retry->delay;
        }
    }
    /// The address that it goes to.
    std::size_t open()
    {
        if (machine.state() == Machine::State::Reconnecting) {
            now = *machine.deadline();
            say(Machine::Tick{});
        }
        say(Machine::CredentialsReady{attempt});
        return address;
    }
    void use()
    {
        say(Machine::Opened{attempt});
        say(Machine::Received{attempt, Machine::Life::Message});
    }
    void close(int code) { say(Machine::Closed{attempt, {.code = code}}); }

    Machine machine;
    MonotonicTime now{1h};
    AttemptId attempt = 0;
    std::size_t address = 0;
    std::chrono::milliseconds delay{0};
};

} // namespace

/// Which of several addresses is tried, and when.
class AddressRotationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsItsInvariantsForAnySequence();
    void beginsAnywhere();
    void asksForNoRandomNumberWhereThereIsNoChoice();
    void neverBecomesABusyLoop();
    void goesElsewhereAtOnceAndGrowsOnlyWhenAllFail();
    void returnsToWhereItWas();
    void holdsARefusedTokenAgainstNoAddress();
    void holdsMissingCredentialsAgainstNoAddress();
    void holdsTheNetworkAgainstNoAddress();
};

void AddressRotationTest::holdsItsInvariantsForAnySequence()
{
    const bool held = rc::check("invariants", [] {
        const auto addresses = *rc::gen::inRange<std::size_t>(1, 7);
        AddressRotation rotation(addresses, seeded(*rc::gen::arbitrary<quint32>()));
        Reference reference(addresses);
        const auto numbers
            = *rc::gen::container<std::vector<quint32>>(rc::gen::inRange<quint32>(0, 1'000'000));
        MonotonicTime now{1h};
        std::size_t chosen = rotation.choose(now);
        reference.chosen(chosen, now);
        for (const quint32 number : numbers) {
            switch (number % 8) {
            case 0:
                rotation.worked(chosen);
                reference.worked();
                break;
            case 1:
                if (number % 3 == 0) {
                    rotation.forgive();
                    reference.forgiven();
                }
                break;
            case 2:
            case 3:
                now += std::chrono::milliseconds(number % 30'000);
                reference.timePassed();
                break;
            default:
                rotation.failed(chosen, now);
                reference.failed(now);
                break;
            }
            chosen = rotation.choose(now);
            reference.chosen(chosen, now);
        }
    });
    QVERIFY(held);
}

void AddressRotationTest::beginsAnywhere()
{
    // A fixed seed: the distribution is the shuffle's, not this run's luck.
    const auto random = seeded(42);
    constexpr std::size_t addresses = 4;
    constexpr int samples = 40'000;
    std::array<std::array<int, addresses>, addresses> places{};
    for (int i = 0; i < samples; ++i) {
        AddressRotation rotation(addresses, random);
        for (std::size_t place = 0; place < addresses; ++place) {
            const std::size_t chosen = rotation.choose({});
            ++places[place][chosen];
            rotation.failed(chosen, {});
        }
    }
    for (const auto &counts : places) {
        // Chi-squared with 3 degrees of freedom: above 16.3 once in a thousand.
        double chiSquared = 0;
        constexpr double expected = double(samples) / addresses;
        for (const int count : counts)
            chiSquared += (count - expected) * (count - expected) / expected;
        QVERIFY2(chiSquared < 16.3, qPrintable(QString::number(chiSquared)));
    }
}

void AddressRotationTest::asksForNoRandomNumberWhereThereIsNoChoice()
{
    int asked = 0;
    AddressRotation rotation(1, [&asked] { return double(++asked); });
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(rotation.choose({}), 0);
        QVERIFY(!rotation.isAnotherRested(0, {}));
        rotation.failed(0, {});
    }
    QCOMPARE(asked, 0);
}

void AddressRotationTest::neverBecomesABusyLoop()
{
    for (quint32 seed = 0; seed < 20; ++seed) {
        const int alone = anHourOfRefusals(1, seed).front();
        // The waits' mean is ten seconds, once they have grown.
        QVERIFY2(alone > 250 && alone < 550, qPrintable(QString::number(alone)));
        for (const std::size_t addresses : {2U, 3U, 10U}) {
            const auto tries = anHourOfRefusals(addresses, seed);
            int all = 0;
            for (const int count : tries) {
                all += count;
                // Nobody is forgotten, and nobody is asked more often than his rest allows.
                QVERIFY2(count > alone / int(addresses) / 4, qPrintable(QString::number(count)));
            }
            // Besides what one address gets, each is tried once a rest at most.
            const int bound = alone * 3 / 2 + int(addresses) * (3600 / 60 + 5);
            QVERIFY2(all < bound, qPrintable(u"%1 of %2"_s.arg(all).arg(bound)));
        }
    }
}

void AddressRotationTest::goesElsewhereAtOnceAndGrowsOnlyWhenAllFail()
{
    Story story(3);
    std::vector<std::size_t> tried;
    for (int i = 0; i < 2; ++i) {
        tried.push_back(story.open());
        story.close(1006);
        QVERIFY(story.delay < 500ms);
    }
    tried.push_back(story.open());
    story.close(1006);
    std::ranges::sort(tried);
    QCOMPARE(tried, (std::vector<std::size_t>{0, 1, 2}));
    // From here on it is as with one address: 500 ms, 1 s, 2 s … are the ceilings.
    std::chrono::milliseconds longest{0};
    for (int i = 0; i < 8; ++i) {
        story.open();
        story.close(1006);
        longest = std::max(longest, story.delay);
    }
    QVERIFY(longest > 500ms);
}

void AddressRotationTest::returnsToWhereItWas()
{
    Story story(5);
    const std::size_t first = story.open();
    story.close(1001);
    const std::size_t second = story.open();
    QVERIFY(first != second);
    story.use();
    story.now += 10min;
    story.say(Machine::Disconnect{});
    story.say(Machine::Connect{});
    QCOMPARE(story.open(), second);
}

void AddressRotationTest::holdsARefusedTokenAgainstNoAddress()
{
    Story story(3);
    const std::size_t first = story.open();
    story.say(Machine::Opened{story.attempt});
    story.close(4001);
    QCOMPARE(story.open(), first);
    story.close(4029);
    QCOMPARE(story.open(), first);
    story.close(4003);
    QCOMPARE(story.machine.state(), Machine::State::Disconnected);
}

void AddressRotationTest::holdsMissingCredentialsAgainstNoAddress()
{
    Story story(3);
    std::chrono::milliseconds longest{0};
    for (int i = 0; i < 10; ++i) {
        story.say(Machine::CredentialsFailed{story.attempt, {}});
        longest = std::max(longest, story.delay);
        story.now = *story.machine.deadline();
        story.say(Machine::Tick{});
    }
    // It is not the address that another one would help against.
    QVERIFY(longest > 500ms);
    const std::size_t first = story.open();
    story.use();
    story.now += 1s;
    story.say(Machine::Disconnect{});
    story.say(Machine::Connect{});
    QCOMPARE(story.open(), first);
}

void AddressRotationTest::holdsTheNetworkAgainstNoAddress()
{
    Story story(3);
    const std::size_t first = story.open();
    story.use();
    story.say(Machine::ReachabilityChanged{Machine::Reachability::Offline});
    story.say(Machine::ReachabilityChanged{Machine::Reachability::Online});
    QCOMPARE(story.open(), first);
    story.use();
    // What failed in one network is not left alone in the next.
    story.close(1006);
    const std::size_t second = story.open();
    story.close(1006);
    QVERIFY(second != first);
    story.say(Machine::NetworkChanged{});
    const std::size_t third = story.open();
    QVERIFY(third != first && third != second);
    story.close(1006);
    QCOMPARE(story.open(), first);
    QVERIFY(story.delay < 500ms);
}

QTEST_GUILESS_MAIN(AddressRotationTest)
#include "tst_addressrotation.moc"
