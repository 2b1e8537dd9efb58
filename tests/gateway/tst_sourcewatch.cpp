// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sourcewatch_p.h"

#include <rapidcheck.h>

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Moment = SourceWatch::Moment;

Moment at(std::chrono::milliseconds time)
{
    return {std::chrono::steady_clock::time_point(time), Timestamp(1'000'000s + time)};
}

IncidentSource expected(std::chrono::milliseconds every = 60s)
{
    IncidentSource source{.name = u"eu"_s};
    source.expectEvery = every;
    source.rooms = {u"team:eu"_s};
    return source;
}

/// The only report that is to be told, taken as told.
std::optional<IncidentReport> tell(SourceWatch &watch, Moment now)
{
    const auto reports = watch.untold(now);
    watch.told(reports);
    return reports.size() == 1 ? std::optional(reports.first()) : std::nullopt;
}

const Error refused{ErrorCode::Unavailable, u"http://x cannot be read: refused."_s, {}};

} // namespace

class SourceWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void missesWhoIsSilent();
    void endsASilenceWhenTheSourceIsHeard();
    void saysItAgainUntilTheLogWasTold();
    void remembersFromBeforeTheStart();
    void endsASilenceFromBeforeTheStart();
    void endsNoSilenceByStartingAgain();
    void saysWhoCannotBeAsked();
    void endsWhatNobodyWatchesAnyMore();
    void toldIsAlwaysWhatIs();
};

void SourceWatchTest::missesWhoIsSilent()
{
    SourceWatch watch({expected()}, {}, at(0s));
    QVERIFY(watch.untold(at(59s)).isEmpty());
    const auto report = tell(watch, at(60s));
    QVERIFY(report);
    QCOMPARE(report->source, u"gateway"_s);
    QCOMPARE(report->fingerprint, u"silent:eu"_s);
    QCOMPARE(report->status, ReportStatus::Firing);
    QCOMPARE(report->severity, Severity::Critical);
    QCOMPARE(report->service, u"eu"_s);
    QCOMPARE(report->rooms, QStringList{u"team:eu"_s});
    QCOMPARE(report->startsAt, at(60s).wall);
    QVERIFY2(report->title.contains(u"1 minute"), qPrintable(report->title));
    QCOMPARE(watch.silentCount(), 1);
    QVERIFY(watch.untold(at(600s)).isEmpty());
}

void SourceWatchTest::endsASilenceWhenTheSourceIsHeard()
{
    SourceWatch watch({expected()}, {}, at(0s));
    QVERIFY(tell(watch, at(60s)));
    watch.heard(u"eu"_s, at(70s));
    const auto report = tell(watch, at(71s));
    QVERIFY(report);
    QCOMPARE(report->fingerprint, u"silent:eu"_s);
    QCOMPARE(report->status, ReportStatus::Resolved);
    QCOMPARE(watch.silentCount(), 0);
    QVERIFY(watch.untold(at(129s)).isEmpty());
    const auto again = tell(watch, at(130s));
    QVERIFY(again);
    QCOMPARE(again->status, ReportStatus::Firing);
    QCOMPARE(again->startsAt, at(130s).wall);
}

void SourceWatchTest::saysItAgainUntilTheLogWasTold()
{
    SourceWatch watch({expected()}, {}, at(0s));
    QCOMPARE(watch.untold(at(60s)).size(), 1);
    const auto second = watch.untold(at(65s));
    QCOMPARE(second.size(), 1);
    // The same silence, not another one: the log must know it again.
    QCOMPARE(second.first().startsAt, at(60s).wall);
    watch.heard(u"eu"_s, at(66s));
    watch.told(second);
    QCOMPARE(watch.untold(at(67s)).size(), 1);
}

void SourceWatchTest::remembersFromBeforeTheStart()
{
    const IncidentSource weekly = expected(24h * 7);
    const auto heard = at(0s).wall - 24h * 6;
    SourceWatch watch({weekly}, {{u"eu"_s, heard}}, at(0s));
    QVERIFY(watch.untold(at(23h)).isEmpty());
    QVERIFY(tell(watch, at(24h)));
    // It fell silent while nobody could hear it: it gets time to come back.
    SourceWatch late({weekly}, {{u"eu"_s, at(0s).wall - 24h * 30}}, at(0s));
    QVERIFY(late.untold(at(9min)).isEmpty());
    QVERIFY(tell(late, at(10min)));
    // The clock was put back: no longer than for one that was heard now.
    SourceWatch future({weekly}, {{u"eu"_s, at(0s).wall + 24h * 30}}, at(0s));
    QVERIFY(tell(future, at(24h * 7)));
}

void SourceWatchTest::endsASilenceFromBeforeTheStart()
{
    SourceWatch watch({expected()}, {{u"eu"_s, at(0s).wall - 1h}}, at(0s));
    watch.heard(u"eu"_s, at(1s));
    const auto report = tell(watch, at(2s));
    QVERIFY(report);
    QCOMPARE(report->status, ReportStatus::Resolved);
}

void SourceWatchTest::endsNoSilenceByStartingAgain()
{
    SourceWatch watch({expected()}, {{u"eu"_s, at(0s).wall - 1h}}, at(0s));
    for (auto time = 0s; time < 60s; ++time)
        QVERIFY(watch.untold(at(time)).isEmpty());
    QCOMPARE(tell(watch, at(60s)).value().status, ReportStatus::Firing);
}

void SourceWatchTest::saysWhoCannotBeAsked()
{
    IncidentSource source = expected(0s);
    SourceWatch watch({source}, {}, at(0s));
    watch.asked(u"eu"_s, refused, at(1s));
    watch.asked(u"eu"_s, refused, at(2s));
    watch.asked(u"eu"_s, {}, at(3s));
    QCOMPARE(tell(watch, at(3s)).value().status, ReportStatus::Resolved);
    watch.asked(u"eu"_s, refused, at(4s));
    watch.asked(u"eu"_s, refused, at(5s));
    QVERIFY(watch.untold(at(5s)).isEmpty());
    watch.asked(u"eu"_s, refused, at(6s));
    const auto report = tell(watch, at(7s));
    QVERIFY(report);
    QCOMPARE(report->fingerprint, u"unreachable:eu"_s);
    QCOMPARE(report->status, ReportStatus::Firing);
    QCOMPARE(report->severity, Severity::Warning);
    QCOMPARE(report->startsAt, at(4s).wall);
    QCOMPARE(report->annotations.value(u"description"_s), refused.message);
    watch.asked(u"eu"_s, refused, at(8s));
    QVERIFY(watch.untold(at(9s)).isEmpty());
    watch.asked(u"eu"_s, {}, at(10s));
    QCOMPARE(tell(watch, at(10s)).value().status, ReportStatus::Resolved);
    QVERIFY(watch.untold(at(24h)).isEmpty());
}

void SourceWatchTest::endsWhatNobodyWatchesAnyMore()
{
    IncidentSource asked{.name = u"us"_s, .apiUrls = {QUrl(u"http://am:9093"_s)}};
    const SourceWatch watch({expected(), asked}, {}, at(0s));
    const auto reports = watch.abandoned({u"silent:eu"_s, u"unreachable:eu"_s, u"silent:us"_s,
        u"unreachable:us"_s, u"silent:gone"_s});
    QStringList ended;
    for (const IncidentReport &report : reports) {
        QCOMPARE(report.status, ReportStatus::Resolved);
        QCOMPARE(report.source, u"gateway"_s);
        ended.append(report.fingerprint);
    }
    QCOMPARE(ended, (QStringList{u"unreachable:eu"_s, u"silent:us"_s, u"silent:gone"_s}));
}

void SourceWatchTest::toldIsAlwaysWhatIs()
{
    const bool held = rc::check("any sequence of posts, readings and failing logs", [] {
        SourceWatch watch({expected(60s)}, {}, at(0s));
        auto now = 0s;
        auto heard = 0s;
        bool wasHeard = false;
        int failures = 0;
        bool wasAsked = false;
        QHash<QString, bool> log;
        const auto steps = *rc::gen::container<std::vector<std::uint8_t>>(
            rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint8_t>(0, 64)));
        for (const std::uint8_t step : steps) {
            now += std::chrono::seconds(step / 4);
            switch (step % 4) {
            case 0:
                watch.heard(u"eu"_s, at(now));
                heard = now;
                wasHeard = true;
                break;
            case 1:
                watch.asked(u"eu"_s, refused, at(now));
                ++failures;
                break;
            case 2:
                watch.asked(u"eu"_s, {}, at(now));
                failures = 0;
                wasAsked = true;
                break;
            case 3:
                // The log could not be written.
                static_cast<void>(watch.untold(at(now)));
                continue;
            }
            const auto reports = watch.untold(at(now));
            watch.told(reports);
            for (const IncidentReport &report : reports) {
                const bool isFiring = report.status == ReportStatus::Firing;
                RC_ASSERT(
                    !log.contains(report.fingerprint) || log.value(report.fingerprint) != isFiring);
                log.insert(report.fingerprint, isFiring);
            }
            const bool isSilent = now - heard >= 60s;
            RC_ASSERT(log.value(u"silent:eu"_s) == isSilent);
            RC_ASSERT(log.contains(u"silent:eu"_s) == (wasHeard || isSilent));
            RC_ASSERT(log.value(u"unreachable:eu"_s) == (failures >= 3));
            RC_ASSERT(!wasAsked || log.contains(u"unreachable:eu"_s));
            RC_ASSERT(watch.silentCount() == int(isSilent));
        }
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(SourceWatchTest)
#include "tst_sourcewatch.moc"
