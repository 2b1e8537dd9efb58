// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"
#include "gateway/tokens.h"
#include "incidents/incidentactions.h"
#include "incidents/incidentdetails.h"
#include "qml/livefeed.h"
#include "screen.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const QString room = u"account:default"_s;
constexpr int patience = 20'000;

IncidentReport report(const QString &key)
{
    return {.source = u"test"_s,
        .fingerprint = key,
        .title = u"Disk full on "_s + key,
        .severity = Severity::Critical,
        .startsAt = timestampNow()};
}

QStringList sentences(const TimelineModel &timeline)
{
    QStringList result;
    for (int row = 0; row < timeline.rowCount(); ++row)
        result.append(timeline.index(row).data(TimelineModel::SentenceRole).toString());
    return result;
}

} // namespace

/// What is done in the dashboard, at a real gateway, with people who may and people who may not.
class CommandsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void isPendingAtOnceAndThenTrueForEverybody();
    void doesAllThatCanBeDone();
    void takesAnAcknowledgementBack();
    void actsOnThoseOfWhichItMakesSense();
    void saysWhyAViewerCannot();
    void tellsOfARefusal();
    void sendsNothingLater();
    void nothingStaysPendingWhenTheGatewayIsGone();
    void showsWhatHappenedAndGoesOnAfterTheEnd();
    void readsTheTimelineAgainAfterAnOutage();
    void knowsNobodyWithoutATokenAndCanActAllTheSame();

private:
    void startGateway();
    [[nodiscard]] std::unique_ptr<LiveFeed> feedOf(Role role);
    [[nodiscard]] QString uuidOf(LiveFeed &feed, int row = 0) const;
    [[nodiscard]] static QVariant shown(LiveFeed &feed, const QString &uuid, int role);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Gateway> m_gateway;
    quint16 m_port = 0;
};

void CommandsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_port = freePort();
    for (const Role role : {Role::Responder, Role::Viewer}) {
        QFile file(m_directory->filePath(enumQString(role)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto token = addToken(m_directory->filePath(u"tokens.toml"_s),
            {.name = role == Role::Viewer ? u"vic"_s : u"ann"_s, .role = role});
        QVERIFY(token);
        file.write(token->toLatin1());
    }
    startGateway();
}

void CommandsTest::cleanup()
{
    m_gateway.reset();
}

void CommandsTest::startGateway()
{
    auto gateway = Gateway::start({.port = m_port,
        .dataDirectory = m_directory->filePath(u"data"_s),
        .tokensFile = m_directory->filePath(u"tokens.toml"_s)});
    QVERIFY2(gateway, qPrintable(gateway ? QString() : gateway.error().message));
    m_gateway = std::move(*gateway);
}

std::unique_ptr<LiveFeed> CommandsTest::feedOf(Role role)
{
    auto feed = std::make_unique<LiveFeed>();
    feed->setRooms({room});
    feed->setTokenFile(m_directory->filePath(enumQString(role)));
    feed->setServer(u"ws://127.0.0.1:%1/ws"_s.arg(m_port));
    return feed;
}

QString CommandsTest::uuidOf(LiveFeed &feed, int row) const
{
    return feed.incidents()->index(row).data(IncidentModel::UuidRole).toString();
}

QVariant CommandsTest::shown(LiveFeed &feed, const QString &uuid, int role)
{
    return feed.incidents()->index(feed.incidents()->rowOf(uuid)).data(role);
}

void CommandsTest::isPendingAtOnceAndThenTrueForEverybody()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    const auto vic = feedOf(Role::Viewer);
    const QAbstractItemModelTester tester(ann->incidents());
    QTRY_COMPARE(ann->incidents()->count(), 1);
    QTRY_COMPARE(vic->incidents()->count(), 1);
    QTRY_COMPARE(ann->commands()->me(), u"ann"_s);
    const QString uuid = uuidOf(*ann);

    QList<int> pendingOnScreen;
    QList<int> statusOnScreen;
    connect(ann->incidents(), &QAbstractItemModel::dataChanged, ann.get(), [&] {
        pendingOnScreen.append(shown(*ann, uuid, IncidentModel::PendingRole).toInt());
        statusOnScreen.append(shown(*ann, uuid, IncidentModel::StatusRole).toInt());
    });
    ann->commands()->send({CommandKind::Acknowledge}, {uuid});
    QCOMPARE(ann->commands()->pendingCount(), 1);
    QCOMPARE(
        shown(*ann, uuid, IncidentModel::StatusRole).toInt(), int(IncidentStatus::Acknowledged));
    QCOMPARE(shown(*ann, uuid, IncidentModel::AcknowledgedByRole).toString(), u"ann"_s);
    QCOMPARE(shown(*vic, uuid, IncidentModel::StatusRole).toInt(), int(IncidentStatus::Open));

    QTRY_COMPARE(ann->commands()->pendingCount(), 0);
    QTRY_COMPARE(shown(*vic, uuid, IncidentModel::AcknowledgedByRole).toString(), u"ann"_s);
    QTRY_COMPARE(pendingOnScreen.value(pendingOnScreen.size() - 1), -1);
    // Never back to what was before.
    QVERIFY(!statusOnScreen.contains(int(IncidentStatus::Open)));
    QCOMPARE(ann->commands()->notices()->acknowledged(), u"“Disk full on db-1” is acknowledged."_s);
}

void CommandsTest::doesAllThatCanBeDone()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 1);
    QTRY_COMPARE(ann->commands()->me(), u"ann"_s);
    const QString uuid = uuidOf(*ann);
    IncidentActions actions;
    actions.setCommands(ann->commands());
    actions.setUuids({uuid});
    QCOMPARE(actions.unacknowledgeObstacle(), u"Not acknowledged."_s);

    actions.acknowledge();
    QCOMPARE(actions.acknowledgeObstacle(), u"Already acknowledged."_s);
    actions.unacknowledge();
    actions.assignToMe();
    actions.comment(u"  on it  "_s);
    actions.assign({});
    actions.assign(u"bob"_s);
    actions.acknowledge();
    QCOMPARE(ann->commands()->pendingCount(), 7);
    QTRY_COMPARE(ann->commands()->pendingCount(), 0);
    QCOMPARE(shown(*ann, uuid, IncidentModel::AssigneeRole).toString(), u"bob"_s);
    QCOMPARE(
        shown(*ann, uuid, IncidentModel::StatusRole).toInt(), int(IncidentStatus::Acknowledged));
    QVERIFY(ann->commands()->notices()->failure().isEmpty());

    IncidentDetails details;
    details.setCommands(ann->commands());
    details.setUuid(uuid);
    QTRY_COMPARE(sentences(*details.timeline()),
        (QStringList{u"It began"_s, u"ann acknowledged it"_s,
            u"ann took the acknowledgement back"_s, u"ann took it"_s, u"ann wrote"_s,
            u"ann assigned it to nobody"_s, u"ann assigned it to bob"_s,
            u"ann acknowledged it"_s}));
    QCOMPARE(details.timeline()->index(4).data(TimelineModel::CommentRole).toString(), u"on it"_s);

    actions.resolve();
    QTRY_COMPARE(ann->incidents()->count(), 0);
    QTRY_COMPARE(ann->commands()->pendingCount(), 0);
    QCOMPARE(actions.acknowledgeObstacle(), u"Already resolved."_s);
    QVERIFY(actions.commentObstacle().isEmpty());
}

void CommandsTest::takesAnAcknowledgementBack()
{
    m_gateway->ingest({report(u"db-1"_s), report(u"db-2"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 2);
    CommandNotices &notices = *ann->commands()->notices();
    ann->commands()->send({CommandKind::Acknowledge}, {uuidOf(*ann, 0), uuidOf(*ann, 1)});
    QTRY_COMPARE(notices.acknowledged(), u"2 incidents are acknowledged."_s);
    notices.undo();
    QVERIFY(notices.acknowledged().isEmpty());
    QTRY_COMPARE(ann->commands()->pendingCount(), 0);
    for (const int row : {0, 1}) {
        QCOMPARE(shown(*ann, uuidOf(*ann, row), IncidentModel::StatusRole).toInt(),
            int(IncidentStatus::Open));
    }
    QVERIFY(notices.acknowledged().isEmpty());
}

void CommandsTest::actsOnThoseOfWhichItMakesSense()
{
    m_gateway->ingest({report(u"db-1"_s), report(u"db-2"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 2);
    const QStringList both{uuidOf(*ann, 0), uuidOf(*ann, 1)};
    ann->commands()->send({CommandKind::Acknowledge}, {both[0]});
    ann->commands()->send({CommandKind::Acknowledge}, both);
    QCOMPARE(ann->commands()->pendingCount(), 2);
    QTRY_COMPARE(ann->commands()->pendingCount(), 0);

    QStringList many = both;
    while (many.size() <= IncidentCommands::mostAtOnce)
        many.append(QString::number(many.size()));
    ann->commands()->send({CommandKind::Resolve}, many);
    QCOMPARE(ann->commands()->pendingCount(), 0);
    QCOMPARE(ann->commands()->notices()->failure(), u"At most 500 incidents at once."_s);
}

void CommandsTest::saysWhyAViewerCannot()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto vic = feedOf(Role::Viewer);
    IncidentActions actions;
    actions.setCommands(vic->commands());
    QTRY_COMPARE(vic->incidents()->count(), 1);
    actions.setUuids({uuidOf(*vic)});
    QTRY_COMPARE(actions.acknowledgeObstacle(), u"Viewer: your token may only look."_s);
    for (const QString &obstacle : {actions.resolveObstacle(), actions.assignObstacle(),
             actions.assignToMeObstacle(), actions.commentObstacle()}) {
        QCOMPARE(obstacle, u"Viewer: your token may only look."_s);
    }
    actions.acknowledge();
    QCOMPARE(vic->commands()->pendingCount(), 0);
    QCOMPARE(vic->commands()->notices()->failure(), u"Viewer: your token may only look."_s);
    QVERIFY(!vic->commands()->notices()->isRetryOffered());
    vic->commands()->notices()->dismiss();
    QVERIFY(vic->commands()->notices()->failure().isEmpty());
}

void CommandsTest::tellsOfARefusal()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 1);
    const QString uuid = uuidOf(*ann);
    // Longer than a name may be, which this side does not know.
    ann->commands()->send({CommandKind::Assign, QString(300, u'x')}, {uuid});
    QCOMPARE(shown(*ann, uuid, IncidentModel::AssigneeRole).toString().size(), 300);
    CommandNotices &notices = *ann->commands()->notices();
    QTRY_COMPARE(notices.failure(), u"“Disk full on db-1” was not assigned."_s);
    QVERIFY2(notices.reason().contains(u"200 characters"), qPrintable(notices.reason()));
    QCOMPARE(shown(*ann, uuid, IncidentModel::AssigneeRole).toString(), QString());
    QVERIFY(notices.isRetryOffered());
    notices.retry();
    QVERIFY(notices.failure().isEmpty());
    QCOMPARE(ann->commands()->pendingCount(), 1);
    QTRY_VERIFY(!notices.failure().isEmpty());
}

void CommandsTest::sendsNothingLater()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 1);
    const QString uuid = uuidOf(*ann);
    IncidentActions actions;
    actions.setCommands(ann->commands());
    actions.setUuids({uuid});
    m_gateway.reset();
    QTRY_COMPARE(actions.acknowledgeObstacle(),
        u"Not connected: nothing can be done until the server is back."_s);
    actions.acknowledge();
    QCOMPARE(ann->commands()->pendingCount(), 0);
    startGateway();
    QTRY_VERIFY_WITH_TIMEOUT(ann->isSettled(), patience);
    QCOMPARE(shown(*ann, uuid, IncidentModel::StatusRole).toInt(), int(IncidentStatus::Open));
    QCOMPARE(actions.acknowledgeObstacle(), QString());
}

void CommandsTest::nothingStaysPendingWhenTheGatewayIsGone()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 1);
    const QString uuid = uuidOf(*ann);
    ann->commands()->send({CommandKind::Comment, u"a"_s}, {uuid});
    ann->commands()->send({CommandKind::Acknowledge}, {uuid});
    m_gateway.reset();
    QTRY_COMPARE(ann->commands()->pendingCount(), 0);
    startGateway();
    QTRY_VERIFY_WITH_TIMEOUT(ann->isSettled(), patience);
    // Whether it was carried out before the end or not: the screen shows what is, and a failure is
    // told of what was not.
    const bool done
        = shown(*ann, uuid, IncidentModel::StatusRole).toInt() == int(IncidentStatus::Acknowledged);
    IncidentDetails details;
    details.setCommands(ann->commands());
    details.setUuid(uuid);
    QTRY_COMPARE(details.timeline()->state(), TimelineModel::State::Loaded);
    QCOMPARE(sentences(*details.timeline()).contains(u"ann acknowledged it"), done);
    QCOMPARE(shown(*ann, uuid, IncidentModel::PendingRole).toInt(), -1);
    if (!done)
        QVERIFY(!ann->commands()->notices()->failure().isEmpty());
}

void CommandsTest::showsWhatHappenedAndGoesOnAfterTheEnd()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 1);
    const QString uuid = uuidOf(*ann);
    IncidentDetails details;
    const QAbstractItemModelTester tester(details.timeline());
    details.setCommands(ann->commands());
    QCOMPARE(details.state(), IncidentDetails::State::None);
    details.setUuid(uuid);
    QCOMPARE(details.state(), IncidentDetails::State::Active);
    QCOMPARE(details.incident().title, u"Disk full on db-1"_s);
    QTRY_COMPARE(sentences(*details.timeline()), QStringList{u"It began"_s});

    // Not yet sent, and kept while another one is looked at.
    details.setDraft(u"it was the logs"_s);
    details.setUuid(u"another"_s);
    QCOMPARE(details.draft(), QString());
    details.setUuid(uuid);
    QCOMPARE(details.draft(), u"it was the logs"_s);

    IncidentReport over = report(u"db-1"_s);
    over.status = ReportStatus::Resolved;
    m_gateway->ingest({over}).waitForFinished();
    QTRY_COMPARE(details.state(), IncidentDetails::State::Resolved);
    QCOMPARE(details.incident().title, u"Disk full on db-1"_s);
    QCOMPARE(details.incident().status, int(IncidentStatus::Resolved));
    QTRY_VERIFY(sentences(*details.timeline()).contains(u"It was resolved"));

    details.sendDraft();
    QVERIFY(details.isSendingDraft());
    QCOMPARE(details.draft(), u"it was the logs"_s);
    QTRY_VERIFY(!details.isSendingDraft());
    QCOMPARE(details.draft(), QString());
    QTRY_COMPARE(sentences(*details.timeline()).value(2), u"ann wrote"_s);

    // It begins again: that is another incident, and this one stays what was looked at.
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    QTRY_COMPARE(ann->incidents()->count(), 1);
    QVERIFY(uuidOf(*ann) != uuid);
    QCOMPARE(details.state(), IncidentDetails::State::Resolved);
}

void CommandsTest::readsTheTimelineAgainAfterAnOutage()
{
    m_gateway->ingest({report(u"db-1"_s)}).waitForFinished();
    const auto ann = feedOf(Role::Responder);
    QTRY_COMPARE(ann->incidents()->count(), 1);
    IncidentDetails details;
    details.setCommands(ann->commands());
    details.setUuid(uuidOf(*ann));
    QTRY_COMPARE(details.timeline()->count(), 1);
    m_gateway.reset();
    QTRY_COMPARE(details.timeline()->state(), TimelineModel::State::Failed);
    QCOMPARE(details.timeline()->problem(), u"There is no connection."_s);
    QCOMPARE(details.timeline()->count(), 1); // what was told stays

    startGateway();
    IncidentReport over = report(u"db-1"_s);
    over.status = ReportStatus::Resolved;
    m_gateway->ingest({over}).waitForFinished();
    QTRY_COMPARE_WITH_TIMEOUT(details.timeline()->state(), TimelineModel::State::Loaded, patience);
    QTRY_COMPARE_WITH_TIMEOUT(details.state(), IncidentDetails::State::Resolved, patience);
    QTRY_COMPARE(details.timeline()->count(), 2);
}

void CommandsTest::knowsNobodyWithoutATokenAndCanActAllTheSame()
{
    m_gateway.reset();
    auto gateway = Gateway::start({.port = 0, .dataDirectory = m_directory->filePath(u"open"_s)});
    QVERIFY(gateway);
    (*gateway)->ingest({report(u"db-1"_s)}).waitForFinished();
    LiveFeed feed;
    feed.setRooms({room});
    feed.setServer((*gateway)->webSocketUrl().toString());
    QTRY_COMPARE(feed.incidents()->count(), 1);
    IncidentActions actions;
    actions.setCommands(feed.commands());
    actions.setUuids({uuidOf(feed)});
    QVERIFY(actions.acknowledgeObstacle().isEmpty());
    QVERIFY(actions.assignToMeObstacle().contains(u"token"));
    actions.acknowledge();
    QTRY_COMPARE(feed.commands()->pendingCount(), 0);
    QCOMPARE(shown(feed, uuidOf(feed), IncidentModel::AcknowledgedByRole).toString(), u"local"_s);
}

QTEST_MAIN(CommandsTest)
#include "tst_commands.moc"
