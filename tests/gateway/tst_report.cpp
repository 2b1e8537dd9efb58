// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/report.h"

#include <rapidcheck.h>

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

Timestamp at(int second)
{
    return Timestamp(std::chrono::seconds(second));
}

IncidentReport report(ReportStatus status, int startsAt)
{
    return {.source = QStringLiteral("s"),
        .fingerprint = QStringLiteral("f"),
        .status = status,
        .title = QStringLiteral("t"),
        .severity = Severity::Warning,
        .startsAt = at(startsAt)};
}

bool isOpen(const std::optional<StoredIncident> &stored)
{
    return stored && stored->incident.status != IncidentStatus::Resolved;
}

// One report or command, drawn as a byte so that 100,000 sequences stay quick.
struct Step {
    enum Kind { Fire, Resolve, Acknowledge, Unacknowledge, Close, Comment, Assign } kind;
    int startsAt;

    explicit Step(std::uint8_t drawn)
        : kind(std::array{
              Fire, Fire, Resolve, Acknowledge, Unacknowledge, Close, Comment, Assign}[drawn % 8])
        , startsAt(drawn / 8 % 4)
    {
    }
};

// Written against the invariants in report.h, one after the other.
class Checker
{
public:
    void step(const Step &step)
    {
        // The wall clock may go back.
        m_now += step.startsAt == 3 ? -2 : 1;
        const auto before = m_latest;
        const QString uuid = QString::number(++m_uuids);
        FoldResult result;
        switch (step.kind) {
        case Step::Fire: {
            const auto fired = report(ReportStatus::Firing, step.startsAt);
            result = foldReport(m_latest, fired, at(m_now), uuid);
            const bool isOver = before && !isOpen(before) && fired.startsAt <= before->startsAt;
            RC_ASSERT(result.change.has_value() != isOver);
            m_reports += isOver ? 0 : 1;
            break;
        }
        case Step::Resolve:
            result = foldReport(
                m_latest, report(ReportStatus::Resolved, step.startsAt), at(m_now), uuid);
            RC_ASSERT(result.change.has_value() == isOpen(before));
            if (result.stored) {
                RC_ASSERT(result.stored->startsAt == std::min(before->startsAt, at(step.startsAt)));
            }
            break;
        default: result = act(step.kind);
        }
        RC_ASSERT(result.stored.has_value() == result.change.has_value());
        if (!result.stored)
            return;
        if (*result.change == IncidentChange::Created)
            checkCreated(before, *result.stored, uuid);
        else
            checkChanged(*before, *result.stored, *result.change, step.kind);
        m_latest = result.stored;
    }

private:
    FoldResult act(Step::Kind kind)
    {
        if (!m_latest)
            return {};
        using Kind = IncidentAction::Kind;
        const IncidentAction action = kind == Step::Acknowledge ? IncidentAction{Kind::Acknowledge}
            : kind == Step::Unacknowledge ? IncidentAction{Kind::Unacknowledge}
            : kind == Step::Comment       ? IncidentAction{Kind::Comment, QStringLiteral("hm")}
            : kind == Step::Assign
            ? IncidentAction{Kind::Assign, m_now % 2 ? QStringLiteral("bob") : QString()}
            : IncidentAction{Kind::Resolve};
        const auto result = foldAction(*m_latest, action, QStringLiteral("ann"), at(m_now));
        const bool mayFail
            = !isOpen(m_latest) && action.kind != Kind::Resolve && action.kind != Kind::Comment;
        RC_ASSERT(result.has_value() != mayFail);
        if (!result)
            return {};
        // Whatever a person changes, and every remark, has its entry; nothing else has.
        RC_ASSERT(result->entry.has_value()
            == (result->change.has_value() || action.kind == Kind::Comment));
        if (result->entry) {
            RC_ASSERT(result->entry->by == QStringLiteral("ann"));
            RC_ASSERT(result->entry->at == at(m_now));
        }
        return *result;
    }
    void checkCreated(const std::optional<StoredIncident> &before, const StoredIncident &after,
        const QString &uuid)
    {
        m_reports = 1;
        RC_ASSERT(!isOpen(before));
        RC_ASSERT(after.incident.uuid == uuid);
        RC_ASSERT(after.incident.version == 1);
        RC_ASSERT(after.incident.count == 1);
        RC_ASSERT(after.incident.status == IncidentStatus::Open);
        RC_ASSERT(!after.incident.resolvedAt);
        RC_ASSERT(after.incident.createdAt == after.startsAt);
    }
    void checkChanged(const StoredIncident &before, const StoredIncident &after,
        IncidentChange change, Step::Kind kind)
    {
        RC_ASSERT(isOpen(before));
        RC_ASSERT(after.incident.uuid == before.incident.uuid);
        RC_ASSERT(after.incident.version == before.incident.version + 1);
        RC_ASSERT(after.incident.count == m_reports);
        RC_ASSERT(after.incident.createdAt == before.incident.createdAt);
        RC_ASSERT(after.rooms == before.rooms);
        RC_ASSERT(*after.incident.updatedAt >= *before.incident.updatedAt);
        RC_ASSERT((change == IncidentChange::Resolved) == !isOpen(after));
        RC_ASSERT(after.incident.resolvedAt.has_value() == !isOpen(after));
        RC_ASSERT((after.incident.status == IncidentStatus::Acknowledged)
            == !after.incident.acknowledgedBy.isEmpty());
        if (kind == Step::Fire) {
            RC_ASSERT(after.startsAt >= before.startsAt);
            RC_ASSERT(after.incident.status == before.incident.status);
            RC_ASSERT(after.incident.acknowledgedBy == before.incident.acknowledgedBy);
        }
    }

    std::optional<StoredIncident> m_latest;
    int m_now = 100;
    int m_uuids = 0;
    int m_reports = 0;
};

} // namespace

class ReportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsItsPromisesForAnySequence();
    void doesNotHideAFiringBehindAnEarlierEnd();
    void keepsAnAcknowledgementThroughRepeats();
    void doesNotOpenAgainWhatEndedSinceItWasRead();
    void usesTheDefaultRoomWhereNoneIsNamed();
    void takesTheTimeOfTheEndFromTheSender();
    void doesNotCloseWhatBeganAfterTheEnd();
    void refusesToAcknowledgeWhatIsResolved();
    void takesRemarksAlsoAfterTheEnd();
    void refusesRemarksThatAreNone();
    void keepsTheIdOfARemark();
    void assignsToSomebodyAndToNobody();
    void tellsOfAnotherSeverity();
    void tellsTheWholeTimeline();
    void cutsWhatNobodyReads();
};

void ReportTest::keepsItsPromisesForAnySequence()
{
    const bool held = rc::check("any sequence of reports and commands", [] {
        const auto length
            = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(1, 13));
        const auto steps = *rc::gen::container<std::vector<std::uint8_t>>(
            length, rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint8_t>(0, 32)));
        Checker checker;
        for (const std::uint8_t drawn : steps)
            checker.step(Step(drawn));
    });
    QVERIFY(held);
}

void ReportTest::doesNotHideAFiringBehindAnEarlierEnd()
{
    // Two Alertmanagers, one of which saw the alert begin later, and the end that the other tells.
    auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    stored = foldReport(stored, report(ReportStatus::Firing, 5), at(11), {}).stored;
    stored = foldReport(stored, report(ReportStatus::Resolved, 1), at(12), {}).stored;
    const auto again
        = foldReport(stored, report(ReportStatus::Firing, 5), at(13), QStringLiteral("b"));
    QCOMPARE(again.change, IncidentChange::Created);
    QCOMPARE(again.stored->incident.uuid, QStringLiteral("b"));
}

void ReportTest::doesNotOpenAgainWhatEndedSinceItWasRead()
{
    auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    stored = foldReport(stored, report(ReportStatus::Resolved, 0), at(20), {}).stored;
    auto reading = report(ReportStatus::Firing, 1);
    reading.asOf = at(19); // and here only now
    QVERIFY(!foldReport(stored, reading, at(21), QStringLiteral("b")).change);
    reading.asOf = at(21);
    QCOMPARE(
        foldReport(stored, reading, at(22), QStringLiteral("b")).change, IncidentChange::Created);
}

void ReportTest::keepsAnAcknowledgementThroughRepeats()
{
    auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    stored = foldAction(*stored, {IncidentAction::Kind::Acknowledge}, QStringLiteral("ann"), at(11))
                 ->stored;
    auto repeat = report(ReportStatus::Firing, 1);
    repeat.severity = Severity::Critical;
    stored = foldReport(stored, repeat, at(12), {}).stored;
    QCOMPARE(stored->incident.status, IncidentStatus::Acknowledged);
    QCOMPARE(stored->incident.acknowledgedBy, QStringLiteral("ann"));
    QCOMPARE(stored->incident.severity, Severity::Critical);
    QCOMPARE(stored->incident.version, 3);
    QCOMPARE(stored->incident.count, 2);
}

void ReportTest::usesTheDefaultRoomWhereNoneIsNamed()
{
    auto fired = report(ReportStatus::Firing, 1);
    QCOMPARE(foldReport({}, fired, at(1), QStringLiteral("a")).stored->rooms,
        QStringList{QStringLiteral("account:default")});
    fired.rooms = {QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("x")};
    QCOMPARE(foldReport({}, fired, at(1), QStringLiteral("a")).stored->rooms,
        (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
}

void ReportTest::takesTheTimeOfTheEndFromTheSender()
{
    const auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    auto end = report(ReportStatus::Resolved, 1);
    QCOMPARE(foldReport(stored, end, at(20), {}).stored->incident.resolvedAt, at(20));
    end.endsAt = at(15);
    QCOMPARE(foldReport(stored, end, at(20), {}).stored->incident.resolvedAt, at(15));
}

void ReportTest::doesNotCloseWhatBeganAfterTheEnd()
{
    const auto open
        = foldReport({}, report(ReportStatus::Firing, 10), at(10), QStringLiteral("a")).stored;
    auto late = report(ReportStatus::Resolved, 1);
    late.endsAt = at(9);
    QVERIFY(!foldReport(open, late, at(11), {}).change);
    late.endsAt = at(10);
    QVERIFY(foldReport(open, late, at(11), {}).change == IncidentChange::Resolved);
}

void ReportTest::refusesToAcknowledgeWhatIsResolved()
{
    auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    stored = foldAction(*stored, {IncidentAction::Kind::Resolve}, QStringLiteral("ann"), at(11))
                 ->stored;
    const auto refused
        = foldAction(*stored, {IncidentAction::Kind::Acknowledge}, QStringLiteral("bob"), at(12));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(!foldAction(*stored, {IncidentAction::Kind::Resolve}, QStringLiteral("bob"), at(12))
            ->change);
}

void ReportTest::takesRemarksAlsoAfterTheEnd()
{
    const IncidentAction comment{IncidentAction::Kind::Comment, QStringLiteral("  a disk  ")};
    auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    const auto open = foldAction(*stored, comment, QStringLiteral("ann"), at(11));
    QCOMPARE(open->change, IncidentChange::Updated);
    QCOMPARE(open->stored->incident.version, 2);
    QCOMPARE(open->entry,
        (TimelineEntry{
            TimelineKind::Commented, at(11), QStringLiteral("ann"), QStringLiteral("a disk")}));
    stored = foldReport(stored, report(ReportStatus::Resolved, 1), at(12), {}).stored;
    const auto late = foldAction(*stored, comment, QStringLiteral("ann"), at(13));
    QVERIFY(!late->change && !late->stored);
    QCOMPARE(late->entry->text, QStringLiteral("a disk"));
}

void ReportTest::refusesRemarksThatAreNone()
{
    const auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    const auto refusal = [&](IncidentAction::Kind kind, const QString &text) {
        const auto result = foldAction(*stored, {kind, text}, QStringLiteral("ann"), at(11));
        return result ? std::nullopt : std::optional(result.error().code);
    };
    using Kind = IncidentAction::Kind;
    QCOMPARE(refusal(Kind::Comment, QStringLiteral(" \n ")), ErrorCode::InvalidPayload);
    QCOMPARE(refusal(Kind::Comment, QString(4'001, u'x')), ErrorCode::InvalidPayload);
    QVERIFY(!refusal(Kind::Comment, QString(4'000, u'x')));
    QCOMPARE(refusal(Kind::Assign, QString(201, u'x')), ErrorCode::InvalidPayload);
}

void ReportTest::keepsTheIdOfARemark()
{
    const auto stored
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    const auto folded = [&](const QString &id) {
        return foldAction(*stored, {IncidentAction::Kind::Comment, QStringLiteral("hm"), id},
            QStringLiteral("ann"), at(11));
    };
    const QString id = QStringLiteral("6b0f7b1e-5d0e-4f6e-9d57-0f8b9a1c2d3e");
    QCOMPARE(folded(id)->entry->id, id);
    // One and the same, however it is written.
    QCOMPARE(folded(u'{' + id.toUpper() + u'}')->entry->id, id);
    QCOMPARE(folded({})->entry->id, QString());
    for (const QString &none : {QStringLiteral("1"), id.chopped(1), QString(36, u'0')}) {
        const auto refused = folded(none);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidPayload);
        QCOMPARE(refused.error().where, QStringLiteral("id"));
    }
}

void ReportTest::assignsToSomebodyAndToNobody()
{
    const auto assign = [](const StoredIncident &stored, const QString &to) {
        return *foldAction(
            stored, {IncidentAction::Kind::Assign, to}, QStringLiteral("ann"), at(11));
    };
    const auto open
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    const auto toBob = assign(*open, QStringLiteral("bob"));
    QCOMPARE(toBob.stored->incident.assignee, QStringLiteral("bob"));
    QCOMPARE(toBob.entry->text, QStringLiteral("bob"));
    QVERIFY(!assign(*toBob.stored, QStringLiteral("bob")).change);
    const auto toNobody = assign(*toBob.stored, {});
    QVERIFY(toNobody.stored->incident.assignee.isEmpty());
    QVERIFY(toNobody.entry->text.isEmpty());
}

void ReportTest::tellsOfAnotherSeverity()
{
    const auto open
        = foldReport({}, report(ReportStatus::Firing, 1), at(10), QStringLiteral("a")).stored;
    auto worse = report(ReportStatus::Firing, 1);
    QVERIFY(!foldReport(open, worse, at(11), {}).entry);
    worse.severity = Severity::Critical;
    QCOMPARE(foldReport(open, worse, at(11), {}).entry,
        (TimelineEntry{TimelineKind::SeverityChanged, at(11), {}, QStringLiteral("critical")}));
}

void ReportTest::tellsTheWholeTimeline()
{
    Incident incident{.uuid = QStringLiteral("u"), .createdAt = at(1)};
    const TimelineEntry early{TimelineKind::Acknowledged, at(2), QStringLiteral("ann"), {}};
    const TimelineEntry late{
        TimelineKind::Commented, at(9), QStringLiteral("ann"), QStringLiteral("x")};
    const auto kinds = [&](const StoredTimeline &written) {
        QList<TimelineKind> result;
        for (const TimelineEntry &entry : wholeTimeline(incident, written).entries)
            result.append(entry.kind);
        return result;
    };
    using enum TimelineKind;
    QCOMPARE(kinds({{early}}), (QList{Created, Acknowledged}));
    incident.resolvedAt = at(5);
    QCOMPARE(kinds({{early, late}}), (QList{Created, Acknowledged, Resolved, Commented}));
    const TimelineEntry byAnn{Resolved, at(5), QStringLiteral("ann"), {}};
    QCOMPARE(kinds({{early, byAnn, late}}), (QList{Created, Acknowledged, Resolved, Commented}));
    // Where the oldest are gone, the beginning would stand beside what did not follow it.
    QCOMPARE(kinds({{late}, false}), (QList{Resolved, Commented}));
}

void ReportTest::cutsWhatNobodyReads()
{
    auto huge = report(ReportStatus::Firing, 1);
    huge.title = QString(5000, u'x');
    for (int i = 0; i < 100; ++i)
        huge.annotations.insert(QString::number(i), QString(10'000, u'\x01'));
    huge.monitor = MonitorStatus{.name = QString(5'000'000, u'x')};
    const auto cut = bounded(huge);
    QVERIFY2(encode(*cut.monitor).size() < 1000, qPrintable(QString::number(cut.title.size())));
    QVERIFY(cut.title.endsWith(u'…'));
    const auto stored = foldReport({}, cut, at(1), QStringLiteral("a")).stored;
    QVERIFY2(encode(stored->incident).size() < 500 * 1024,
        qPrintable(QString::number(encode(stored->incident).size())));
    // What is short is whole: something is routed by it.
    IncidentReport odd = report(ReportStatus::Firing, 1);
    odd.labels = {{QStringLiteral("a_query"), QString(70'000, u'x')},
        {QStringLiteral("alertname"), QStringLiteral("Big")},
        {QStringLiteral("z"), QStringLiteral("last")}};
    odd.annotations = {{QStringLiteral("summary"), QStringLiteral("Big query")}};
    const IncidentReport shorter = bounded(odd);
    QCOMPARE(shorter.labels.value(QStringLiteral("alertname")), QStringLiteral("Big"));
    QCOMPARE(shorter.labels.value(QStringLiteral("z")), QStringLiteral("last"));
    QCOMPARE(shorter.annotations, odd.annotations);
    QVERIFY(shorter.labels.value(QStringLiteral("a_query")).size() > 60'000);
    QVERIFY(shorter.labels.value(QStringLiteral("a_query")).endsWith(u'…'));
    QCOMPARE(bounded(report(ReportStatus::Firing, 1)), report(ReportStatus::Firing, 1));
}

QTEST_GUILESS_MAIN(ReportTest)
#include "tst_report.moc"
