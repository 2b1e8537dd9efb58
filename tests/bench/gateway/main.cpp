// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What the gateway costs beside a broadcaster made with Node's ws and one with QWebSocketServer,
// all with the same clients, in one run; and what ingest and a reconnection of all costs.
//
//   bench_gateway [--clients N] [--parts broadcast,echo,ingest,fanout,reconnect,soak]
//                 [--soak-minutes M]
//
// The soak ends with 1 where something was not told to everybody, or the gateway's memory grew.
#include "crowd.h"
#include "servers.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <sys/resource.h>
#include <thread>

using namespace tocsin::bench;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 120s;
const std::string join = R"({"type":"room.join","room":"account:default"})";

[[noreturn]] void die(const char *what)
{
    std::fprintf(stderr, "bench_gateway: %s\n", what);
    std::exit(1);
}

void must(bool condition, const char *what)
{
    if (!condition)
        die(what);
}

const char *nameOf(Server::Kind kind)
{
    switch (kind) {
    case Server::Kind::Gateway: return "gateway";
    case Server::Kind::Node: return "node";
    case Server::Kind::QtWebSockets: return "qt";
    }
    return "";
}

struct Broadcast {
    double microseconds = 0; // of processor, a message and client
    double kibibytes = 0; // at rest, a client
    std::size_t size = 0;
};

// One message after the other, each to everybody, the next when all have had the last.
Broadcast broadcast(Server::Kind kind, std::size_t clients, int messages, std::size_t size)
{
    const Server server(kind);
    Crowd crowd(server.port());
    const bool isGateway = kind == Server::Kind::Gateway;
    Poster poster(server.port());
    const auto say = [&](int message) {
        const std::string title = "Message " + std::to_string(message) + std::string(30, '.');
        if (isGateway) {
            must(poster.post("/ingest/incident", nativeIncident("one", title)) == 200,
                "a post was not taken");
            return;
        }
        std::string text = R"({"name":"incident.updated","data":{"title":")" + title;
        text.append(size > text.size() + 3 ? size - text.size() - 3 : 0, 'x');
        crowd.send(0, text + "\"}}");
    };
    crowd.connect(1, isGateway ? join : std::string());
    must(crowd.readUntil([&] { return !isGateway || crowd.frames() >= 2; }, patience), "no join");
    const double before = server.residentKiB();
    crowd.connect(clients - 1, isGateway ? join : std::string());
    must(crowd.readUntil(
             [&] { return !isGateway || crowd.frames() >= 2 * std::int64_t(clients); }, patience),
        "not everybody joined");
    Broadcast result{.kibibytes = (server.residentKiB() - before) / double(clients - 1)};
    const auto toAll = [&](int message) {
        const std::int64_t expected = crowd.incidents() + std::int64_t(clients);
        say(message);
        must(crowd.readUntil([&] { return crowd.incidents() >= expected; }, patience),
            "a message did not reach everybody");
    };
    toAll(0);
    const double cpu = server.cpuSeconds();
    for (int message = 1; message <= messages; ++message)
        toAll(message);
    result.microseconds = (server.cpuSeconds() - cpu) * 1e6 / (double(messages) * double(clients));
    result.size = crowd.incidentSize();
    return result;
}

void compareBroadcasts(std::size_t clients)
{
    std::printf("Broadcast to %zu clients, processor a message and client:\n", clients);
    const Broadcast gateway = broadcast(Server::Kind::Gateway, clients, 60, 0);
    const Broadcast node = broadcast(Server::Kind::Node, clients, 60, gateway.size);
    const Broadcast qt = broadcast(Server::Kind::QtWebSockets, clients, 6, gateway.size);
    for (const auto &[kind, result] : {std::pair(Server::Kind::Gateway, gateway),
             std::pair(Server::Kind::Node, node), std::pair(Server::Kind::QtWebSockets, qt)}) {
        std::printf("  %-8s %7.2f us, %zu bytes each, %.1f KiB a connection at rest\n",
            nameOf(kind), result.microseconds, result.size, result.kibibytes);
    }
    std::printf("  gateway / node %.2f (goal 0.90)   gateway / qt %.3f (goal 0.100)   "
                "%.1f KiB at rest (goal 8.0)\n",
        gateway.microseconds / node.microseconds, gateway.microseconds / qt.microseconds,
        gateway.kibibytes);
}

// One client asks, the others are silent.
double echo(std::size_t idle, int echoes)
{
    const Server server(Server::Kind::Gateway);
    Crowd crowd(server.port());
    crowd.connect(idle + 1, join);
    must(crowd.readUntil([&] { return crowd.frames() >= 2 * std::int64_t(idle + 1); }, patience),
        "not everybody joined");
    const double cpu = server.cpuSeconds();
    for (int i = 0; i < echoes; ++i) {
        const std::int64_t expected = crowd.frames() + 1;
        crowd.send(0, "2");
        must(crowd.readUntil([&] { return crowd.frames() >= expected; }, patience), "no answer");
    }
    return (server.cpuSeconds() - cpu) * 1e6 / echoes;
}

void compareEchoes(std::size_t clients)
{
    constexpr int echoes = 20'000;
    const double few = echo(clients / 10, echoes);
    const double many = echo(clients, echoes);
    std::printf("An answer to a heartbeat, with %zu and %zu idle clients:\n"
                "  %.1f us and %.1f us of processor: %.2f (goal 1.50)\n",
        clients / 10, clients, few, many, many / few);
}

double postsASecond(std::uint16_t port, const std::function<std::string(int, int)> &body)
{
    constexpr int senders = 16;
    constexpr auto duration = 3s;
    std::atomic<std::int64_t> taken = 0;
    std::vector<std::thread> threads;
    const double begin = now();
    for (int sender = 0; sender < senders; ++sender) {
        threads.emplace_back([&, sender] {
            Poster poster(port);
            for (int i = 0; now() - begin < std::chrono::duration<double>(duration).count(); ++i) {
                must(poster.post("/ingest/alertmanager", body(sender, i)) == 200,
                    "a post was not taken");
                ++taken;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return double(taken) / (now() - begin);
}

void ingest()
{
    const Server server(Server::Kind::Gateway);
    Poster poster(server.port());
    double storm = 0;
    for (int round = 0; round < 3; ++round) {
        must(poster.post("/ingest/alertmanager",
                 alertmanagerPayload(20'000, "storm" + std::to_string(round)))
                == 200,
            "the storm was not taken");
        storm = std::max(storm, poster.lastWait());
    }
    std::printf("A POST of 20,000 alerts, from its last byte to the answer:\n"
                "  %.2f s, the slowest of 3 (goal 1.00)\n",
        storm);
    // The same work but for the log: the end of what never began is nothing to write down.
    const double without = postsASecond(server.port(), [](int sender, int i) {
        return alertmanagerPayload(
            1, "n" + std::to_string(sender) + "-" + std::to_string(i), "resolved");
    });
    const double with = postsASecond(server.port(), [](int sender, int i) {
        return alertmanagerPayload(1, "s" + std::to_string(sender) + "-" + std::to_string(i));
    });
    std::printf(
        "POSTs of one alert from 16 senders:\n  %.0f/s, %.0f/s where there is nothing to log: "
        "%.2f (goal 0.33)\n",
        with, without, with / without);
}

// What everybody must have missed: they join with the place they had.
void reconnect(std::size_t clients)
{
    constexpr int missed = 100;
    const Server server(Server::Kind::Gateway);
    Poster poster(server.port());
    must(poster.post("/ingest/incident", nativeIncident("one", "First")) == 200, "not taken");
    Crowd crowd(server.port());
    crowd.connect(clients, join);
    must(crowd.readUntil([&] { return crowd.frames() >= 2 * std::int64_t(clients); }, patience),
        "not everybody joined");
    const double resident = server.residentKiB();
    crowd.disconnect();
    for (int i = 0; i < missed; ++i) {
        must(poster.post("/ingest/incident", nativeIncident("one", "Again " + std::to_string(i)))
                == 200,
            "not taken");
    }
    const std::string epoch = poster.get("/api/incidents?room=account:default", "epoch");
    const double begin = now();
    crowd.connect(clients,
        R"({"type":"room.join","room":"account:default","since":{"epoch":")" + epoch
            + R"(","seq":1}})");
    double most = server.residentKiB();
    must(crowd.readUntil(
             [&] {
                 most = std::max(most, server.residentKiB());
                 return crowd.incidents() >= std::int64_t(clients) * missed;
             },
             patience),
        "not everybody recovered");
    const double seconds = now() - begin;
    must(crowd.clientsWith(missed) == clients, "somebody was not told of everything");
    std::printf("%zu clients come back at once, each %d messages behind:\n  all of them live after "
                "%.1f s (goal 30), the gateway grew from %.0f to %.0f MiB\n",
        clients, missed, seconds, resident / 1024, most / 1024);
}

// What a POST waits while so many are told of each: fifty a second, so that it is not the
// processor's whole work that is measured.
void fanOut(std::size_t watchers)
{
    static constexpr int posts = 250;
    static constexpr auto pause = 20ms;
    const auto median = [](std::size_t count) {
        const Server server(Server::Kind::Gateway);
        Crowd crowd(server.port());
        crowd.connect(count, join);
        must(count == 0
                || crowd.readUntil(
                    [&] { return crowd.frames() >= 2 * std::int64_t(count); }, patience),
            "not everybody joined");
        std::vector<double> waits;
        std::atomic<bool> isPosting = true;
        std::thread poster([&] {
            Poster single(server.port());
            auto next = std::chrono::steady_clock::now();
            for (int i = 0; i < posts; ++i) {
                std::this_thread::sleep_until(next += pause);
                const double begin = now();
                must(single.post(
                         "/ingest/alertmanager", alertmanagerPayload(1, "f" + std::to_string(i)))
                        == 200,
                    "a post was not taken");
                waits.push_back(now() - begin);
            }
            isPosting = false;
        });
        must(crowd.readUntil(
                 [&] {
                     return !isPosting
                         && crowd.incidents() >= std::int64_t(posts) * std::int64_t(count);
                 },
                 patience),
            "not everybody was told of every post");
        poster.join();
        std::ranges::sort(waits);
        return waits[waits.size() / 2];
    };
    const double alone = median(0);
    const double watched = median(watchers);
    std::printf("A POST, of fifty a second, until its answer:\n"
                "  %.2f ms unwatched, %.2f ms watched by %zu clients that are told of each: %.2f "
                "(goal 2.00)\n",
        alone * 1e3, watched * 1e3, watchers, watched / alone);
}

[[nodiscard]] bool soak(int minutes)
{
    constexpr int eventsASecond = 500;
    // What the first tenth of the time has not needed, a leak needs.
    constexpr double allowedGrowthMiB = 8;
    double settledMiB = 0;
    const Server server(Server::Kind::Gateway);
    Crowd crowd(server.port());
    crowd.connect(100, join);
    Poster poster(server.port());
    std::printf("%d events a second to 100 clients for %d minutes:\n", eventsASecond, minutes);
    const double begin = now();
    std::int64_t posted = 0;
    double nextReport = 0;
    while (now() - begin < 60.0 * minutes) {
        // Ten incidents come and go, so that the list does not grow.
        const std::string which = std::to_string(posted % 10);
        must(poster.post(
                 "/ingest/incident", nativeIncident(which, "Event " + std::to_string(posted)))
                == 200,
            "not taken");
        ++posted;
        (void)crowd.readUntil([&] { return double(posted) / eventsASecond <= now() - begin; }, 1s);
        if (settledMiB == 0 && now() - begin > 6.0 * minutes)
            settledMiB = server.residentKiB() / 1024;
        if (now() - begin >= nextReport) {
            std::printf("  %4.0f s  %6.1f MiB resident  %.1f %% of a processor\n", now() - begin,
                server.residentKiB() / 1024, 100 * server.cpuSeconds() / (now() - begin + 1e-9));
            nextReport += 60;
        }
    }
    const bool all = crowd.readUntil([&] { return crowd.incidents() >= 100 * posted; }, patience);
    std::printf("  %4.0f s  %6.1f MiB resident; %lld events, %s\n", now() - begin,
        server.residentKiB() / 1024, static_cast<long long>(posted),
        all ? "each told to everybody" : "NOT all told to everybody");
    const double grownMiB = server.residentKiB() / 1024 - settledMiB;
    std::printf("  %.1f MiB more than after a tenth of the time (at most %.1f)\n", grownMiB,
        allowedGrowthMiB);
    return all && grownMiB <= allowedGrowthMiB;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (QCoreApplication::arguments().value(1) == u"--qt-server")
        return broadcastWithQt();
    QCommandLineParser parser;
    parser.addOption({u"clients"_s, u"Connected clients."_s, u"N"_s, u"10000"_s});
    parser.addOption({u"parts"_s, u"What to measure."_s, u"LIST"_s,
        u"broadcast,echo,ingest,fanout,reconnect"_s});
    parser.addOption({u"soak-minutes"_s, u"How long the part \"soak\" takes."_s, u"M"_s, u"10"_s});
    parser.addHelpOption();
    parser.process(application);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const auto clients = std::size_t(parser.value(u"clients"_s).toULongLong());
    if (clients < 10 || clients + 100 > limit.rlim_cur)
        die("--clients must be at least 10, and each needs a file descriptor (ulimit -n)");
    const QStringList parts = parser.value(u"parts"_s).split(u',');
    if (parts.contains(u"broadcast"))
        compareBroadcasts(clients);
    if (parts.contains(u"echo"))
        compareEchoes(clients);
    if (parts.contains(u"ingest"))
        ingest();
    if (parts.contains(u"fanout"))
        fanOut(std::min<std::size_t>(clients, 200));
    if (parts.contains(u"reconnect"))
        reconnect(clients);
    if (parts.contains(u"soak") && !soak(parser.value(u"soak-minutes"_s).toInt()))
        return 1;
    return 0;
}
