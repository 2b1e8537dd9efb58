// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/commandnotices.h"
#include "incidents/incidentcommands.h"

#include <QSignalSpy>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const IncidentCommand acknowledge{CommandKind::Acknowledge};
const IncidentCommand resolve{CommandKind::Resolve};

Error error(ErrorCode code)
{
    return {code, u"As the server says."_s, {}};
}

Incident incident(const QString &uuid, IncidentStatus status)
{
    return {.uuid = uuid, .status = status, .version = 2};
}

} // namespace

class CommandNoticesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhichAndWhy_data();
    void saysWhichAndWhy();
    void gathersSeveral();
    void asksForWhatFailedAgain();
    void keepsWhatFailedWhileItCannotBeTried();
    void forgetsWhatCameTrueAfterAll();
    void offersTheLatestAcknowledgementsOnly();
    void takesManyBackAFewAtATime();
    void offersWhatCannotBeTakenBackYet();
    void endsTheOfferInTime();
    void tellsOfARefusalForAWhile();
};

void CommandNoticesTest::saysWhichAndWhy_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("reason");
    using enum CommandKind;
    QTest::newRow("forbidden") << int(Acknowledge) << ErrorCode::Forbidden
                               << u"“Disk full” was not acknowledged."_s
                               << u"Your token may only look."_s;
    QTest::newRow("conflict") << int(Resolve) << ErrorCode::Conflict
                              << u"“Disk full” was not resolved."_s << u"It is resolved already."_s;
    QTest::newRow("timed out")
        << int(Assign) << ErrorCode::TimedOut << u"“Disk full” was not assigned."_s
        << u"The server did not answer in time; it may be done all the same."_s;
    QTest::newRow("lost")
        << int(Comment) << ErrorCode::ConnectionLost
        << u"The comment on “Disk full” was not taken."_s
        << u"The connection was lost before the answer; it may be done all the same."_s;
    QTest::newRow("not connected") << int(Unacknowledge) << ErrorCode::NotConnected
                                   << u"The acknowledgement of “Disk full” was not taken back."_s
                                   << u"There is no connection; it was not sent."_s;
    QTest::newRow("another") << int(Assign) << ErrorCode::Unavailable
                             << u"“Disk full” was not assigned."_s << u"As the server says."_s;
}

void CommandNoticesTest::saysWhichAndWhy()
{
    QFETCH(int, kind);
    QFETCH(ErrorCode, code);
    CommandNotices notices;
    QVERIFY(notices.failure().isEmpty() && notices.reason().isEmpty());
    notices.noteFailed(u"u"_s, u"Disk full"_s, {CommandKind(kind)}, error(code));
    QTEST(notices.failure(), "failure");
    QTEST(notices.reason(), "reason");
    QVERIFY(notices.isRetryOffered());
}

void CommandNoticesTest::gathersSeveral()
{
    CommandNotices notices;
    for (const auto &title : {u"A"_s, u"B"_s, u"C"_s, u"D"_s, u"E"_s})
        notices.noteFailed(title, title, acknowledge, error(ErrorCode::Forbidden));
    notices.noteFailed(u"F"_s, u"F"_s, acknowledge, error(ErrorCode::Conflict));
    QCOMPARE(notices.failure(), u"6 incidents were not acknowledged."_s);
    QCOMPARE(notices.reason(),
        u"“A”, “B”, “C” and 2 more: Your token may only look. “F”: It is resolved already."_s);
    notices.noteFailed(u"G"_s, QString(200, u'g'), resolve, error(ErrorCode::Conflict));
    QCOMPARE(notices.failure(), u"7 commands failed."_s);
    QVERIFY(notices.reason().size() < 250);
}

void CommandNoticesTest::asksForWhatFailedAgain()
{
    CommandNotices notices;
    QList<QPair<QStringList, CommandKind>> wanted;
    connect(&notices, &CommandNotices::wanted, this,
        [&](const QStringList &uuids, const IncidentCommand &command) {
            wanted.append({uuids, command.kind});
            notices.noteSent(uuids, command);
        });
    notices.noteFailed(u"1"_s, u"A"_s, acknowledge, error(ErrorCode::TimedOut));
    notices.noteFailed(u"2"_s, u"B"_s, resolve, error(ErrorCode::TimedOut));
    notices.retry();
    QCOMPARE(wanted,
        (QList<QPair<QStringList, CommandKind>>{
            {{u"1"_s}, CommandKind::Acknowledge}, {{u"2"_s}, CommandKind::Resolve}}));
    QVERIFY(notices.failure().isEmpty());
}

void CommandNoticesTest::keepsWhatFailedWhileItCannotBeTried()
{
    CommandNotices notices;
    connect(&notices, &CommandNotices::wanted, this, [&] { notices.noteRefused(u"Not now."_s); });
    notices.noteFailed(u"1"_s, u"A"_s, acknowledge, error(ErrorCode::TimedOut));
    notices.retry();
    QCOMPARE(notices.failure(), u"“A” was not acknowledged."_s);
    QCOMPARE(notices.reason(), u"Not now."_s);
    QVERIFY(notices.isRetryOffered());
}

void CommandNoticesTest::forgetsWhatCameTrueAfterAll()
{
    CommandNotices notices;
    notices.noteFailed(u"1"_s, u"A"_s, acknowledge, error(ErrorCode::ConnectionLost));
    notices.noteFailed(u"2"_s, u"B"_s, resolve, error(ErrorCode::ConnectionLost));
    notices.noteIncident(incident(u"1"_s, IncidentStatus::Open));
    notices.noteIncident(incident(u"2"_s, IncidentStatus::Acknowledged));
    QCOMPARE(notices.failure(), u"2 commands failed."_s);
    notices.noteIncident(incident(u"1"_s, IncidentStatus::Acknowledged));
    QCOMPARE(notices.failure(), u"“B” was not resolved."_s);
    notices.noteRemoved(u"2"_s);
    QVERIFY(notices.failure().isEmpty());
}

void CommandNoticesTest::offersTheLatestAcknowledgementsOnly()
{
    CommandNotices notices;
    connect(&notices, &CommandNotices::wanted, &notices, &CommandNotices::noteSent);
    QSignalSpy wanted(&notices, &CommandNotices::wanted);
    notices.noteDone(u"1"_s, u"A"_s, acknowledge);
    QCOMPARE(notices.acknowledged(), u"“A” is acknowledged."_s);
    notices.noteDone(u"2"_s, u"B"_s, acknowledge);
    notices.noteDone(u"3"_s, u"C"_s, acknowledge);
    notices.noteDone(u"4"_s, u"D"_s, resolve);
    QCOMPARE(notices.acknowledged(), u"3 incidents are acknowledged."_s);
    Incident taken = incident(u"3"_s, IncidentStatus::Acknowledged);
    taken.acknowledgedBy = u"Ann"_s;
    notices.noteIncident(taken, u"Ann"_s);
    taken.uuid = u"2"_s;
    taken.acknowledgedBy = u"Bob"_s; // who was first
    notices.noteIncident(taken, u"Ann"_s);
    QCOMPARE(notices.acknowledged(), u"2 incidents are acknowledged."_s);
    notices.noteDone(u"2"_s, u"B"_s, acknowledge);
    notices.noteIncident(incident(u"1"_s, IncidentStatus::Open)); // somebody took it back
    notices.noteRemoved(u"2"_s);
    QCOMPARE(notices.acknowledged(), u"“C” is acknowledged."_s);
    notices.undo();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toStringList(), QStringList{u"3"_s});
    QVERIFY(notices.acknowledged().isEmpty());
    notices.undo();
    QCOMPARE(wanted.size(), 1);
}

// Of more than that at once nothing would be sent.
void CommandNoticesTest::takesManyBackAFewAtATime()
{
    CommandNotices notices;
    QStringList sent;
    qsizetype most = 0;
    connect(&notices, &CommandNotices::wanted, this,
        [&](const QStringList &uuids, const IncidentCommand &command) {
            QCOMPARE(command.kind, CommandKind::Unacknowledge);
            sent += uuids;
            most = std::max(most, uuids.size());
            notices.noteSent(uuids, command);
        });
    QStringList all;
    for (int i = 0; i < IncidentCommands::mostAtOnce + 100; ++i) {
        all.append(QString::number(i));
        notices.noteDone(all.constLast(), u"A"_s, acknowledge);
    }
    notices.undo();
    QCOMPARE(sent, all);
    QCOMPARE(most, IncidentCommands::mostAtOnce);
    QVERIFY(notices.acknowledged().isEmpty());
}

void CommandNoticesTest::offersWhatCannotBeTakenBackYet()
{
    CommandNotices notices;
    int possible = 0;
    connect(&notices, &CommandNotices::wanted, this,
        [&](const QStringList &uuids, const IncidentCommand &command) {
            if (possible-- > 0)
                notices.noteSent(uuids, command);
            else
                notices.noteRefused(u"Not now."_s);
        });
    for (int i = 0; i < IncidentCommands::mostAtOnce + 1; ++i)
        notices.noteDone(QString::number(i), u"A"_s, acknowledge);
    const QString offer = notices.acknowledged();
    notices.undo();
    QCOMPARE(notices.acknowledged(), offer);
    QCOMPARE(notices.failure(), u"Not now."_s);
    // The connection is lost again, between the two.
    possible = 1;
    notices.undo();
    QCOMPARE(notices.acknowledged(), u"“A” is acknowledged."_s);
    possible = 1;
    notices.undo();
    QVERIFY(notices.acknowledged().isEmpty());
    QVERIFY(notices.failure().isEmpty());
    // What is acknowledged after that is offered as ever.
    notices.noteDone(u"B"_s, u"B"_s, acknowledge);
    notices.noteSent({u"C"_s}, {CommandKind::Unacknowledge});
    notices.noteSent({u"B"_s}, {CommandKind::Resolve});
    QCOMPARE(notices.acknowledged(), u"“B” is acknowledged."_s);
}

void CommandNoticesTest::endsTheOfferInTime()
{
    CommandNotices notices;
    notices.noteDone(u"1"_s, u"A"_s, acknowledge);
    QTRY_VERIFY_WITH_TIMEOUT(notices.acknowledged().isEmpty(),
        int(std::chrono::milliseconds(CommandNotices::undoTime * 2).count()));
}

void CommandNoticesTest::tellsOfARefusalForAWhile()
{
    CommandNotices notices;
    notices.noteFailed(u"a"_s, u"Disk full"_s, acknowledge, error(ErrorCode::Forbidden));
    notices.noteRefused(u"Not now."_s);
    QCOMPARE(notices.reason(), u"Not now."_s);
    // What failed is to be looked at, however long that takes.
    QTRY_COMPARE_WITH_TIMEOUT(notices.reason(), u"Your token may only look."_s,
        int(std::chrono::milliseconds(CommandNotices::refusalTime * 2).count()));
    QCOMPARE(notices.failure(), u"“Disk full” was not acknowledged."_s);
    QVERIFY(notices.isRetryOffered());
}

QTEST_GUILESS_MAIN(CommandNoticesTest)
#include "tst_commandnotices.moc"
