// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What one, two and three gateways over one Redis make of the same work, as ratios within one run;
// and what Redis costs beside a gateway's own file.
//
//   bench_cluster [--clients N] [--parts delay,fanout,ingest]
//
// Ends with 1 where a goal is missed.
#include "crowd.h"
#include "redis.h"
#include "servers.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <memory>
#include <sys/resource.h>
#include <thread>

using namespace tocsin::bench;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 120s;
constexpr int mostGateways = 3;
const std::string join = R"({"type":"room.join","room":"account:default"})";

[[noreturn]] void die(const char *what)
{
    std::fprintf(stderr, "bench_cluster: %s\n", what);
    std::exit(1);
}

void must(bool condition, const char *what)
{
    if (!condition)
        die(what);
}

bool goalsAreKept = true;

/// Says whether a goal is kept, at the end of its line.
const char *judged(bool kept)
{
    goalsAreKept = goalsAreKept && kept;
    return kept ? "kept" : "MISSED";
}

using Gateways = std::vector<std::unique_ptr<Server>>;

Gateways startGateways(int count, const QString &redis)
{
    Gateways gateways;
    for (int i = 0; i < count; ++i)
        gateways.push_back(std::make_unique<Server>(Server::Kind::Gateway, redis));
    return gateways;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// A POST on one gateway and a client on another, or on the same one.
struct Delay {
    std::vector<double> answered;
    std::vector<double> told;
};

void measureDelay(Delay &delay, const Server &posted, Crowd &watcher, int round, int posts)
{
    Poster poster(posted.port());
    for (int i = 0; i < posts; ++i) {
        const std::int64_t expected = watcher.incidents() + 1;
        const std::string mark = "d" + std::to_string(round) + "-" + std::to_string(i);
        std::atomic<bool> isTaken = false;
        double answered = 0;
        const double begin = now();
        std::thread sender([&] {
            must(poster.post("/ingest/alertmanager", alertmanagerPayload(1, mark)) == 200,
                "a post was not taken");
            answered = now() - begin;
            isTaken = true;
        });
        must(watcher.readUntil([&] { return watcher.incidents() >= expected; }, patience),
            "a post was not told");
        const double told = now() - begin;
        sender.join();
        must(isTaken, "a post was not answered");
        delay.answered.push_back(answered);
        delay.told.push_back(told);
    }
}

/// Taken in turns, so that what else the machine does is in all of them alike.
void compareDelays()
{
    constexpr int rounds = 10;
    constexpr int posts = 50;
    constexpr double goalMilliseconds = 3;
    const Redis redis;
    const auto file = startGateways(1, {});
    const auto shared = startGateways(2, redis.url());
    const auto watching = [](const Server &server) {
        auto crowd = std::make_unique<Crowd>(server.port());
        crowd->connect(1, join);
        must(crowd->readUntil([&] { return crowd->frames() >= 2; }, patience), "no join");
        return crowd;
    };
    const auto ofFile = watching(*file.front());
    const auto ofSame = watching(*shared[0]);
    const auto ofOther = watching(*shared[1]);
    Delay withFile;
    Delay same;
    Delay other;
    for (int round = 0; round < rounds; ++round) {
        measureDelay(withFile, *file.front(), *ofFile, round, posts);
        measureDelay(same, *shared[0], *ofSame, 2 * round, posts);
        // It has been told of those as well, and reads them first.
        const std::int64_t all = std::int64_t(2 * round + 1) * posts;
        must(ofOther->readUntil([&] { return ofOther->incidents() >= all; }, patience), "not told");
        measureDelay(other, *shared[0], *ofOther, 2 * round + 1, posts);
        must(ofSame->readUntil([&] { return ofSame->incidents() >= all + posts; }, patience),
            "not told");
    }
    const auto print = [](const char *name, const Delay &delay) {
        std::printf("  %-34s answered after %.2f ms, told after %.2f ms\n", name,
            median(delay.answered) * 1e3, median(delay.told) * 1e3);
    };
    std::printf("A POST of one alert to a client, medians of %d:\n", rounds * posts);
    print("its own file", withFile);
    print("Redis, told by the same gateway", same);
    print("Redis, told by another gateway", other);
    const double added = (median(other.told) - median(withFile.told)) * 1e3;
    const double addedAnswer = (median(same.answered) - median(withFile.answered)) * 1e3;
    std::printf(
        "  Redis adds %.2f ms until it is told on another gateway, %.2f ms until the answer "
        "(goal 3.00: %s)\n",
        added, addedAnswer, judged(added < goalMilliseconds && addedAnswer < goalMilliseconds));
}

struct Share {
    double gateway = 0; // microseconds of processor a message, of one gateway
    double redis = 0;
};

/// One message after the other on one gateway, each to clients that are on all of them.
Share fanOut(int count, std::size_t clients, int messages)
{
    const Redis redis;
    const auto gateways = startGateways(count, redis.url());
    std::vector<std::unique_ptr<Crowd>> crowds;
    for (const auto &gateway : gateways) {
        crowds.push_back(std::make_unique<Crowd>(gateway->port()));
        Crowd &crowd = *crowds.back();
        const std::size_t share = clients / std::size_t(count);
        crowd.connect(share, join);
        must(crowd.readUntil([&] { return crowd.frames() >= 2 * std::int64_t(share); }, patience),
            "not everybody joined");
    }
    Poster poster(gateways.front()->port());
    const auto toAll = [&](int message) {
        const std::string title = "Message " + std::to_string(message) + std::string(30, '.');
        must(poster.post("/ingest/incident", nativeIncident("one", title)) == 200, "not taken");
        for (const auto &crowd : crowds) {
            const std::int64_t expected = std::int64_t(message + 1) * std::int64_t(crowd->size());
            must(crowd->readUntil([&] { return crowd->incidents() >= expected; }, patience),
                "a message did not reach everybody");
        }
    };
    toAll(0);
    double before = 0;
    for (const auto &gateway : gateways)
        before += gateway->cpuSeconds();
    const double redisBefore = redis.cpuSeconds();
    for (int message = 1; message <= messages; ++message)
        toAll(message);
    double after = 0;
    for (const auto &gateway : gateways)
        after += gateway->cpuSeconds();
    return {.gateway = (after - before) * 1e6 / messages / count,
        .redis = (redis.cpuSeconds() - redisBefore) * 1e6 / messages};
}

void compareFanOut(std::size_t clients)
{
    constexpr int messages = 400;
    constexpr double slack = 1.25;
    std::printf("A message to %zu clients on so many gateways, processor a message:\n", clients);
    double alone = 0;
    for (int count = 1; count <= mostGateways; ++count) {
        const Share share = fanOut(count, clients, messages);
        if (count == 1) {
            alone = share.gateway;
            std::printf("  1: the gateway %6.0f us; Redis %.0f us\n", alone, share.redis);
            continue;
        }
        const double ratio = share.gateway / alone;
        std::printf(
            "  %d: each gateway %6.0f us, %.2f of one alone (goal %.2f: %s); Redis %.0f us\n",
            count, share.gateway, ratio, slack / count, judged(ratio <= slack / count),
            share.redis);
    }
}

struct Intake {
    double posts = 0; // a second
    double gateways = 0; // microseconds of processor a post, of all
    double redis = 0;
};

Intake ingest(int count, const Redis *redis)
{
    constexpr int senders = 12;
    constexpr auto duration = 4s;
    const auto gateways = startGateways(count, redis ? redis->url() : QString());
    std::atomic<std::int64_t> taken = 0;
    std::vector<std::thread> threads;
    const auto cpu = [&] {
        double all = 0;
        for (const auto &gateway : gateways)
            all += gateway->cpuSeconds();
        return all;
    };
    const double before = cpu();
    const double redisBefore = redis ? redis->cpuSeconds() : 0;
    const double begin = now();
    for (int sender = 0; sender < senders; ++sender) {
        threads.emplace_back([&, sender] {
            Poster poster(gateways[std::size_t(sender % count)]->port());
            for (int i = 0; now() - begin < std::chrono::duration<double>(duration).count(); ++i) {
                const std::string mark = std::to_string(count) + "s" + std::to_string(sender) + "-"
                    + std::to_string(i);
                must(poster.post("/ingest/alertmanager", alertmanagerPayload(1, mark)) == 200,
                    "a post was not taken");
                ++taken;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const double seconds = now() - begin;
    return {.posts = double(taken) / seconds,
        .gateways = (cpu() - before) * 1e6 / double(taken),
        .redis = redis ? (redis->cpuSeconds() - redisBefore) * 1e6 / double(taken) : 0};
}

void compareIngest()
{
    std::printf("POSTs of one alert from 12 senders:\n");
    const Intake file = ingest(1, nullptr);
    std::printf("  its own file:   %6.0f/s, gateway %.0f us of processor a post\n", file.posts,
        file.gateways);
    double alone = 0;
    for (int count = 1; count <= mostGateways; ++count) {
        const Redis redis;
        const Intake intake = ingest(count, &redis);
        if (count == 1)
            alone = intake.posts;
        std::printf(
            "  %d over Redis:   %6.0f/s, gateways %.0f us and Redis %.0f us a post; %.2f of one "
            "over Redis, %.2f of a file\n",
            count, intake.posts, intake.gateways, intake.redis, intake.posts / alone,
            intake.posts / file.posts);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    QCommandLineParser parser;
    parser.addOption({u"clients"_s, u"Connected clients."_s, u"N"_s, u"3000"_s});
    parser.addOption({u"parts"_s, u"What to measure."_s, u"LIST"_s, u"delay,fanout,ingest"_s});
    parser.addHelpOption();
    parser.process(application);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const auto clients = std::size_t(parser.value(u"clients"_s).toULongLong());
    if (clients < 10 || clients + 100 > limit.rlim_cur)
        die("--clients must be at least 10, and each needs a file descriptor (ulimit -n)");
    const QStringList parts = parser.value(u"parts"_s).split(u',');
    if (parts.contains(u"delay"))
        compareDelays();
    if (parts.contains(u"fanout"))
        compareFanOut(clients);
    if (parts.contains(u"ingest"))
        compareIngest();
    return goalsAreKept ? 0 : 1;
}
