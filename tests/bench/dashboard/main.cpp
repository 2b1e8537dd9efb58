// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What the dashboard costs beside a page in Chromium that shows the same list from the same
// sender, in one run, both rendered by the processor; and whether its frames come in time.
//
//   bench_dashboard [--parts start,paced,blast,idle,frames] [--rounds R] [--messages N] …
//
// docs/performance.md has the goals. Ends with 1 where one is missed, with 2 where one could not
// be measured.
#include "figures.h"
#include "frames.h"
#include "processes.h"
#include "programs.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QGuiApplication>

#include <algorithm>
#include <cstdio>

using namespace tocsin::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 4'000;
constexpr int pacedRate = 10'000;
// Longer than the client waits for an answer, of which the sender gives none: what that draws is
// over.
constexpr std::chrono::seconds settling{12};

struct Outcome {
    double secondsToRows = 0;
    double memoryMiB = 0;
    double rate = 0;
    double microseconds = 0;
    double framesASecond = 0;
};

/// Ages change every second in the last minute, and once a minute later on.
std::int64_t sinceNow(std::chrono::seconds ago)
{
    return QDateTime::currentMSecsSinceEpoch() - std::chrono::milliseconds(ago).count();
}

Stream streamOf(std::int64_t messages, std::optional<int> rate = {}, int incidents = rows)
{
    return {.messages = messages,
        .rate = rate,
        .incidents = incidents,
        .newest = sinceNow(std::chrono::hours(2))};
}

void must(bool condition, const char *otherwise)
{
    if (condition)
        return;
    std::fprintf(stderr, "bench_dashboard: %s\n", otherwise);
    std::exit(3);
}

Outcome run(Program::Kind kind, Desktop &desktop, const Stream &stream)
{
    Program program(kind, desktop, stream);
    must(program.waitUntilPopulated(), "the rows were not seen");
    // What is done once behind the first frame is no cost of the messages.
    std::this_thread::sleep_for(settling);
    Outcome outcome{
        .secondsToRows = program.secondsToRows(), .memoryMiB = program.proportionalMiB()};
    if (stream.messages == 0)
        return outcome;
    const double before = program.cpuSeconds();
    const int framesBefore = program.frames();
    program.begin();
    must(program.waitUntilApplied(), "not every message was applied");
    const double messages = double(stream.messages);
    outcome.rate = messages / program.secondsToLast();
    outcome.framesASecond = (program.frames() - framesBefore) / program.secondsToLast();
    outcome.microseconds = (program.cpuSeconds() - before) * 1e6 / messages;
    return outcome;
}

struct Bench {
    Desktop &desktop;
    Figures &figures;
    int rounds;
    /// Why there is no page to compare with; empty where there is one.
    QString withoutPage;

    /// The two take turns, so that a busy machine is busy for both; the best of each is what it
    /// can do.
    template <typename Best>
    std::pair<Outcome, Outcome> compare(
        const Stream &ours, const Stream &pages, int times, Best better) const
    {
        std::pair<Outcome, Outcome> best;
        for (int round = 0; round < times; ++round) {
            const Outcome dashboard = run(Program::Kind::Dashboard, desktop, ours);
            if (round == 0 || better(dashboard, best.first))
                best.first = dashboard;
            if (!withoutPage.isEmpty())
                continue;
            const Outcome page = run(Program::Kind::Page, desktop, pages);
            if (round == 0 || better(page, best.second))
                best.second = page;
        }
        return best;
    }
    void share(const QString &what, double ours, double pages, double goal) const
    {
        if (withoutPage.isEmpty())
            figures.atMost(what + u", part of the page's"_s, ours / pages, goal, u"×"_s);
        else
            figures.notMeasured(what + u", part of the page's"_s, withoutPage);
    }
    void figure(const QString &what, double ours, double pages, const QString &unit) const
    {
        figures.note(what + u", dashboard"_s, ours, unit);
        if (withoutPage.isEmpty())
            figures.note(what + u", page"_s, pages, unit);
    }

    void start() const
    {
        std::printf("From the start to %d incidents, best of %d:\n", rows, rounds);
        // Once unmeasured: the files are read from memory after it.
        const auto [ours, pages] = compare(
            streamOf(0), streamOf(0), rounds + 1, [](const Outcome &one, const Outcome &other) {
                return one.secondsToRows < other.secondsToRows;
            });
        figure(u"first frame with rows"_s, ours.secondsToRows * 1e3, pages.secondsToRows * 1e3,
            u"ms"_s);
        share(u"first frame with rows"_s, ours.secondsToRows, pages.secondsToRows, 0.2);
        figure(u"memory (PSS)"_s, ours.memoryMiB, pages.memoryMiB, u"MiB"_s);
        share(u"memory"_s, ours.memoryMiB, pages.memoryMiB, 0.2);
    }
    void paced(int seconds) const
    {
        std::printf("%d messages a second for %d s:\n", pacedRate, seconds);
        const Stream stream = streamOf(std::int64_t(seconds) * pacedRate, pacedRate);
        const auto [ours, pages]
            = compare(stream, stream, 1, [](const Outcome &, const Outcome &) { return true; });
        figure(u"processor a message"_s, ours.microseconds, pages.microseconds, u"us"_s);
        share(u"processor a message"_s, ours.microseconds, pages.microseconds, 0.25);
    }
    void blast(std::int64_t messages) const
    {
        std::printf("A blast of %lld messages (the page: a tenth), best of %d:\n",
            static_cast<long long>(messages), rounds);
        const auto [ours, pages] = compare(streamOf(messages), streamOf(messages / 10), rounds,
            [](const Outcome &one, const Outcome &other) { return one.rate > other.rate; });
        figure(u"messages applied"_s, ours.rate, pages.rate, u"/s"_s);
        figures.note(u"frames meanwhile, dashboard"_s, ours.framesASecond, u"/s"_s);
        if (withoutPage.isEmpty())
            figures.atLeast(
                u"messages applied, times the page's"_s, ours.rate / pages.rate, 20, u"×"_s);
        else
            figures.notMeasured(u"messages applied, times the page's"_s, withoutPage);
        figure(u"processor a message"_s, ours.microseconds, pages.microseconds, u"us"_s);
        share(u"processor a message"_s, ours.microseconds, pages.microseconds, 0.05);
    }
    /// Of 50 incidents, where nothing comes.
    void idle(int seconds) const
    {
        std::printf("Idle for %d s with 50 incidents:\n", seconds);
        const auto framesWith = [&](std::chrono::seconds age) {
            Stream stream = streamOf(0, {}, 50);
            stream.newest = sinceNow(age);
            Program program(Program::Kind::Dashboard, desktop, stream);
            must(program.waitUntilPopulated(), "the rows were not seen");
            std::this_thread::sleep_for(settling);
            const int before = program.frames();
            std::this_thread::sleep_for(std::chrono::seconds(seconds));
            return program.frames() - before;
        };
        figures.atMost(u"frames a second while ages tick"_s,
            double(framesWith(std::chrono::seconds(0))) / seconds, 1, u"/s"_s);
        // Each is a second older than the one before: none of them turns its minute here.
        figures.atMost(u"frames while none does"_s,
            framesWith(std::chrono::minutes(90) + std::chrono::seconds(3600 * 24 * 3)), 0, {});
    }
};

} // namespace

int main(int argc, char *argv[])
{
    // In this process only: the programs get an X server.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption(
        {u"parts"_s, u"What to measure."_s, u"LIST"_s, u"start,paced,blast,idle,frames"_s});
    parser.addOption({u"rounds"_s, u"Rounds of the start and the blast."_s, u"R"_s, u"3"_s});
    parser.addOption({u"messages"_s, u"Messages of the blast."_s, u"N"_s, u"4000000"_s});
    parser.addOption({u"seconds"_s, u"Length of each other part."_s, u"S"_s, u"10"_s});
    parser.addOption({u"incidents"_s, u"Rows of the part \"frames\"."_s, u"N"_s, u"100000"_s});
    parser.addOption({u"without-page"_s, u"Measure the dashboard alone."_s});
    parser.addHelpOption();
    parser.process(application);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const auto number = [&parser](const QString &name) { return parser.value(name).toInt(); };
    const QStringList parts = parser.value(u"parts"_s).split(u',');
    const int seconds = std::max(1, number(u"seconds"_s));

    adoptOrphans();
    Figures figures;
    if (parts.contains(u"frames")) {
        measureFrames(
            {.incidents = std::max(1'000, number(u"incidents"_s)), .seconds = seconds}, figures);
    }
    if (parts != QStringList{u"frames"_s}) {
        Desktop desktop;
        must(desktop.screen.isThere(), "Xvfb does not start");
        const Bench bench{.desktop = desktop,
            .figures = figures,
            .rounds = std::max(1, number(u"rounds"_s)),
            .withoutPage = parser.isSet(u"without-page"_s) ? u"nobody asked for the page"_s
                : chromium().isEmpty()                     ? u"there is no Chromium"_s
                                                           : QString()};
        if (parts.contains(u"start"))
            bench.start();
        if (parts.contains(u"paced"))
            bench.paced(seconds);
        if (parts.contains(u"blast"))
            bench.blast(std::max(1'000, number(u"messages"_s)));
        if (parts.contains(u"idle"))
            bench.idle(seconds);
    }
    std::printf("%d goals missed, %d not measured.\n", figures.missed(), figures.unmeasured());
    return figures.missed() > 0 ? 1 : figures.unmeasured() > 0 ? 2 : 0;
}
