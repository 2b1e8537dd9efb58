// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What a filter over many incidents costs, beside QString::contains() over the fields of each; and
// what the model makes of a new filter, a new order, and a flood of updates under a filter.
//
//   bench_filter [INCIDENTS]
//
// Goal: a word, over 100,000 rows, within 4 ms.
#include "incidents/incidentmodel.h"
#include "incidents/searchtext.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <limits>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 15;

Incident example(int number)
{
    static const QStringList services{u"orders-db"_s, u"checkout"_s, u"search"_s, u"billing"_s};
    static const QStringList troubles{u"Disk /var is 97 % full"_s, u"Latency above 800 ms"_s,
        u"Replication is behind by 40 s"_s, u"Certificate expires in 6 days"_s};
    return {.uuid = QString::number(number),
        .title = u"%1 on host-%2"_s.arg(troubles[number % 4]).arg(number),
        .severity = Severity(number / 4 % 4),
        .createdAt
        = timestampFromMilliseconds(1'700'000'000'000 + qint64(number) * 7'919 % 86'400'000),
        .source = u"alertmanager"_s,
        .service = services[number / 16 % 4],
        .labels = {{u"env"_s, number % 3 == 0 ? u"staging"_s : u"production"_s},
            {u"cluster"_s, u"eu-%1"_s.arg(number % 10)},
            {u"instance"_s, u"10.0.%1.%2:9100"_s.arg(number / 250 % 250).arg(number % 250)}},
        .annotations = {{u"summary"_s, u"See the runbook of the team that owns it."_s}}};
}

bool naiveContains(const Incident &incident, const QString &word)
{
    const auto in = [&](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
    return in(incident.title) || in(incident.service) || in(incident.source)
        || std::ranges::any_of(incident.labels, in)
        || std::ranges::any_of(incident.annotations, in);
}

/// The best of some rounds, in milliseconds: what it costs when nobody else wants the processor.
template <typename Function>
double best(Function function)
{
    double result = std::numeric_limits<double>::max();
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        function();
        result = std::min(result, double(timer.nsecsElapsed()) / 1e6);
    }
    return result;
}

IncidentFilter parsed(const QString &text)
{
    return IncidentFilter::parse(text).value();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? std::max(1, QString::fromLocal8Bit(argv[1]).toInt()) : 100'000;
    IncidentStore store;
    IncidentModel model(store);
    QList<Incident> incidents;
    for (int i = 0; i < count; ++i)
        incidents.append(example(i));
    store.replaceRoom(u"r"_s, incidents);
    while (model.count() < count)
        model.flush();

    std::printf("%d incidents, best of %d\n", count, rounds);
    for (const QString &word : {u"host-4711"_s, u"replication"_s, u"nowhere"_s, u"e"_s}) {
        int found = 0;
        const double ours = best([&] { found = model.countMatching(parsed(word)); });
        const double naive = best([&] {
            found = int(std::ranges::count_if(
                incidents, [&](const Incident &each) { return naiveContains(each, word); }));
        });
        std::printf("  %-42s %7.2f ms  %6d found  QString::contains %7.2f ms  %5.1f times\n",
            qPrintable(word), ours, found, naive, naive / ours);
    }
    for (const QString &text : {u"severity:critical service:orders-db -label.env=staging"_s,
             u"text~\"disk .* full\""_s, u"age>1h count>=1"_s}) {
        int found = 0;
        const double ours = best([&] { found = model.countMatching(parsed(text)); });
        std::printf("  %-42s %7.2f ms  %6d found\n", qPrintable(text), ours, found);
    }

    int turn = 0;
    qint64 version = 1;
    const double typed
        = best([&] { model.setFilter(parsed(++turn % 2 != 0 ? u"host-4"_s : u"host-47"_s)); });
    std::printf("a letter typed, with its rows                %7.2f ms\n", typed);
    model.setFilter({});
    turn = int(model.order());
    const double sorted = best([&] { model.setOrder(incidentview::Order(++turn % 4)); });
    std::printf("another order                                %7.2f ms\n", sorted);
    model.setOrder(incidentview::Order::Severity);

    for (const QString &text : {QString(), u"env=production"_s.prepend(u'"').append(u'"')}) {
        model.setFilter(parsed(text));
        constexpr int updates = 20'000;
        const double flood = best([&] {
            ++version;
            for (int i = 0; i < updates; ++i) {
                Incident &each = incidents[i * 5 % count];
                each.version = version;
                each.count = version;
                store.apply(u"r"_s, each);
            }
            for (int frames = 0; frames < 20; ++frames)
                model.flush();
        });
        std::printf("%d updates, %-16s                %7.2f ms  %.0f a second\n", updates,
            text.isEmpty() ? "unfiltered" : "filtered", flood, updates / flood * 1'000);
    }
    return 0;
}
