// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

#include <algorithm>

using namespace tocsin;

namespace {

const QString room = QStringLiteral("r");

Incident incident(const QString &uuid, Severity severity, qint64 createdAt, qint64 version = 1)
{
    return {.uuid = uuid,
        .title = QStringLiteral("title of %1").arg(uuid),
        .severity = severity,
        .createdAt = timestampFromMilliseconds(createdAt),
        .version = version};
}

QStringList uuids(const IncidentModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row).data(IncidentModel::UuidRole).toString());
    return result;
}

QStringList expectedOrder(const IncidentStore &store)
{
    QList<Incident> all = store.all();
    std::ranges::sort(all, [](const Incident &left, const Incident &right) {
        return std::tuple(int(left.severity), -toMilliseconds(*left.createdAt), left.uuid)
            < std::tuple(int(right.severity), -toMilliseconds(*right.createdAt), right.uuid);
    });
    QStringList result;
    for (const Incident &each : all)
        result.append(each.uuid);
    return result;
}

} // namespace

class IncidentModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sortsBySeverityThenNewest();
    void tellsChangesOnceAFrame();
    void movesARowWhoseSeverityChanges();
    void namesTheRolesThatChanged();
    void insertsAStormAsRanges();
    void countsBySeverity();
    void showsEveryField();
    void equalsTheSortedStoreAfterAnySequence();
};

void IncidentModelTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void IncidentModelTest::sortsBySeverityThenNewest()
{
    IncidentStore store;
    store.apply(room, incident(QStringLiteral("before"), Severity::Warning, 1));
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    store.apply(room, incident(QStringLiteral("info"), Severity::Info, 9));
    store.apply(room, incident(QStringLiteral("old"), Severity::Critical, 1));
    store.apply(room, incident(QStringLiteral("new"), Severity::Critical, 5));
    store.apply(room, incident(QStringLiteral("strange"), Severity::Unknown, 5));
    model.flush();
    QCOMPARE(uuids(model).join(u' '), QStringLiteral("new old before strange info"));
    QCOMPARE(model.rowOf(QStringLiteral("before")), 2);
    QCOMPARE(model.rowOf(QStringLiteral("nobody")), -1);
}

void IncidentModelTest::tellsChangesOnceAFrame()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    for (int i = 0; i < 100; ++i)
        store.apply(room, incident(QString::number(i), Severity::Critical, i));
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(model.rowCount(), 100);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
}

void IncidentModelTest::movesARowWhoseSeverityChanges()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 4; ++i)
        store.apply(room, incident(QString::number(i), Severity::Warning, i));
    model.flush();
    QCOMPARE(uuids(model).join(u' '), QStringLiteral("3 2 1 0"));
    const QPersistentModelIndex index = model.index(2);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    store.apply(room, incident(QStringLiteral("1"), Severity::Critical, 1, 2));
    model.flush();
    QCOMPARE(uuids(model).join(u' '), QStringLiteral("1 3 2 0"));
    QCOMPARE(moved.size(), 1);
    QCOMPARE(index.row(), 0);
    store.apply(room, incident(QStringLiteral("1"), Severity::Info, 1, 3));
    model.flush();
    QCOMPARE(uuids(model).join(u' '), QStringLiteral("3 2 0 1"));
    QCOMPARE(index.row(), 3);
}

void IncidentModelTest::namesTheRolesThatChanged()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    Incident each = incident(QStringLiteral("x"), Severity::Warning, 1);
    store.apply(room, each);
    model.flush();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    each.version = 2;
    each.count = 2;
    store.apply(room, each);
    model.flush();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][2].value<QList<int>>(),
        (QList<int>{IncidentModel::VersionRole, IncidentModel::CountRole}));
}

void IncidentModelTest::insertsAStormAsRanges()
{
    IncidentStore store;
    IncidentModel model(store);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    constexpr int storm = 20'000;
    for (int i = 0; i < storm; ++i)
        store.apply(room, incident(QString::number(i), Severity(i % 4), i));
    QTRY_COMPARE(model.rowCount(), storm);
    QCOMPARE(uuids(model), expectedOrder(store));
    QVERIFY2(inserted.size() < 200, qPrintable(QString::number(inserted.size())));
    store.removeRoom(room);
    QTRY_COMPARE(model.rowCount(), 0);
}

void IncidentModelTest::countsBySeverity()
{
    IncidentStore store;
    IncidentModel model(store);
    store.apply(room, incident(QStringLiteral("a"), Severity::Critical, 1));
    store.apply(room, incident(QStringLiteral("b"), Severity::Critical, 1));
    store.apply(room, incident(QStringLiteral("c"), Severity::Info, 1));
    model.flush();
    QCOMPARE(model.count(), 3);
    QCOMPARE(model.criticalCount(), 2);
    QCOMPARE(model.infoCount(), 1);
    store.apply(room, incident(QStringLiteral("b"), Severity::Warning, 1, 2));
    store.resolve(QStringLiteral("c"), 2);
    QSignalSpy counted(&model, &IncidentModel::countChanged);
    model.flush();
    QCOMPARE(model.criticalCount(), 1);
    QCOMPARE(model.warningCount(), 1);
    QCOMPARE(model.infoCount(), 0);
    QCOMPARE(counted.size(), 1);
}

void IncidentModelTest::showsEveryField()
{
    IncidentStore store;
    IncidentModel model(store);
    Incident each = incident(QStringLiteral("x"), Severity::Critical, 5);
    each.service = QStringLiteral("orders-db");
    each.labels = {{QStringLiteral("cluster"), QStringLiteral("eu-1")}};
    each.links = {{QStringLiteral("runbook"), QStringLiteral("https://example.com")}};
    store.apply(room, each);
    model.flush();
    const QModelIndex index = model.index(0);
    const auto names = model.roleNames();
    for (auto it = names.cbegin(); it != names.cend(); ++it) {
        const bool mayBeAbsent = it.key() == IncidentModel::UpdatedAtRole;
        QVERIFY2(mayBeAbsent || index.data(it.key()).isValid(), it->constData());
    }
    QCOMPARE(index.data(IncidentModel::SeverityNameRole).toString(), QStringLiteral("critical"));
    QCOMPARE(index.data(IncidentModel::CreatedAtRole).toDateTime().toMSecsSinceEpoch(), 5);
    QCOMPARE(index.data(IncidentModel::LabelsRole).toMap().value(QStringLiteral("cluster")),
        QStringLiteral("eu-1"));
}

void IncidentModelTest::equalsTheSortedStoreAfterAnySequence()
{
    const bool held = rc::check("model == sort(store)", [] {
        IncidentStore store;
        IncidentModel model(store);
        const QAbstractItemModelTester tester(&model);
        qint64 version = 1;
        const auto numbers
            = *rc::gen::container<std::vector<quint32>>(rc::gen::inRange<quint32>(0, 1U << 20));
        for (const quint32 number : numbers) {
            const QString uuid = QString::number(number / 8 % 32);
            switch (number % 8) {
            case 0: store.resolve(uuid, ++version); break;
            case 1: model.flush(); break;
            case 2:
                store.replaceRoom(room, {incident(uuid, Severity(number / 256 % 4), 1, ++version)});
                break;
            default:
                store.apply(room,
                    incident(uuid, Severity(number / 256 % 4), number / 1024 % 16, ++version));
            }
        }
        model.flush();
        RC_ASSERT(uuids(model) == expectedOrder(store));
        RC_ASSERT(model.count()
            == model.criticalCount() + model.warningCount() + model.unknownCount()
                + model.infoCount());
        for (const QString &uuid : expectedOrder(store)) {
            const QModelIndex index = model.index(model.rowOf(uuid));
            RC_ASSERT(
                index.data(IncidentModel::VersionRole).toLongLong() == store.find(uuid)->version);
        }
    });
    QVERIFY(held);
}

QTEST_MAIN(IncidentModelTest)
#include "tst_incidentmodel.moc"
