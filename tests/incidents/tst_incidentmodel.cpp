// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "modelrows.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;

class IncidentModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sortsBySeverityThenNewest();
    void tellsChangesOnceAFrame();
    void movesARowWhoseSeverityChanges();
    void tellsWhichBecameMoreAndLessSevere();
    void namesTheRolesThatChanged();
    void insertsAStormAsRanges();
    void tellsAFloodOfChangesAsOneRange();
    void keepsWhatAViewChangesInItsAnswer();
    void showsOnceWhatAViewBringsAgain();
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
    QSignalSpy caughtUp(&model, &IncidentModel::caughtUp);
    QVERIFY(!model.isBehind());
    for (int i = 0; i < 100; ++i)
        store.apply(room, incident(QString::number(i), Severity::Critical, i));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.isBehind());
    QTRY_COMPARE(model.rowCount(), 100);
    QVERIFY(!model.isBehind());
    QCOMPARE(caughtUp.size(), 1);
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

void IncidentModelTest::tellsWhichBecameMoreAndLessSevere()
{
    IncidentStore store;
    IncidentModel model(store);
    model.setFilter(filterOf(QStringLiteral("severity>=unknown")));
    for (int i = 0; i < 6; ++i)
        store.apply(room, incident(QString::number(i), Severity::Warning, i));
    store.apply(room, incident(QStringLiteral("hidden"), Severity::Info, 1));
    model.flush();
    QSignalSpy told(&model, &IncidentModel::severitiesChanged);
    store.apply(room, incident(QStringLiteral("1"), Severity::Critical, 1, 2));
    store.apply(room, incident(QStringLiteral("2"), Severity::Unknown, 2, 2));
    // Hidden now, hidden before, back again within the frame, gone, and merely another.
    store.apply(room, incident(QStringLiteral("3"), Severity::Info, 3, 2));
    store.apply(room, incident(QStringLiteral("hidden"), Severity::Critical, 1, 2));
    store.apply(room, incident(QStringLiteral("4"), Severity::Critical, 4, 2));
    store.apply(room, incident(QStringLiteral("4"), Severity::Warning, 4, 3));
    store.apply(room, incident(QStringLiteral("5"), Severity::Critical, 5, 2));
    store.resolve(QStringLiteral("5"), 3);
    store.apply(room, incident(QStringLiteral("0"), Severity::Warning, 9, 2));
    model.flush();
    QCOMPARE(uuids(model).join(u' '), QStringLiteral("1 hidden 0 4 2"));
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0][0].value<QList<int>>(), (QList<int>{0, 1}));
    QCOMPARE(told[0][1].value<QList<int>>(), QList<int>{4});
    store.apply(room, incident(QStringLiteral("0"), Severity::Warning, 1, 3));
    model.flush();
    QCOMPARE(told.size(), 1);
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

void IncidentModelTest::tellsAFloodOfChangesAsOneRange()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    constexpr int count = 400;
    QList<Incident> all;
    for (int i = 0; i < count; ++i)
        all.append(incident(QString::number(i), Severity::Warning, i));
    store.replaceRoom(room, all);
    model.flush();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int i = 1; i < count; i += 2) {
        ++all[i].version;
        all[i].title += u'!';
        store.apply(room, all[i]);
    }
    model.flush();
    QCOMPARE(changed.size(), 1);
    // The newest first: 399 is in row 0, and 1 in row 398.
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
    QCOMPARE(changed[0][1].toModelIndex().row(), count - 2);
    const auto roles = changed[0][2].value<QList<int>>();
    QCOMPARE(QSet<int>(roles.cbegin(), roles.cend()),
        (QSet<int>{IncidentModel::TitleRole, IncidentModel::VersionRole, Qt::DisplayRole}));
    for (int row = 0; row < count; ++row) {
        QCOMPARE(
            model.index(row).data(IncidentModel::TitleRole).toString(), all[count - 1 - row].title);
    }
}

// The row goes while what the view did to it waits for the next frame.
void IncidentModelTest::keepsWhatAViewChangesInItsAnswer()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    const Incident gone = incident(QStringLiteral("gone"), Severity::Warning, 1);
    Incident other = incident(QStringLiteral("other"), Severity::Warning, 2);
    store.apply(room, gone);
    store.apply(room, other);
    model.flush();
    const auto connection = QObject::connect(&model, &QAbstractItemModel::dataChanged, &model, [&] {
        Incident again = gone;
        again.version = 9;
        store.apply(room, again);
    });
    store.resolve(gone.uuid, 2);
    ++other.version;
    store.apply(room, other);
    model.flush();
    QObject::disconnect(connection);
    QTRY_COMPARE(uuids(model).join(u' '), QStringLiteral("other gone"));
    QCOMPARE(model.index(1).data(IncidentModel::VersionRole).toLongLong(), 9);
}

// A view that answers a change with another one of the incident that is about to come.
void IncidentModelTest::showsOnceWhatAViewBringsAgain()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    const ToldRows told(model);
    store.apply(room, incident(QStringLiteral("a"), Severity::Warning, 1));
    model.flush();
    QObject context;
    connect(&model, &IncidentModel::dataChanged, &context, [&] {
        store.apply(room, incident(QStringLiteral("b"), Severity::Critical, 2, 2));
        store.resolve(QStringLiteral("a"), 3);
        store.apply(room, incident(QStringLiteral("a"), Severity::Info, 1, 4));
    });
    store.apply(room, incident(QStringLiteral("a"), Severity::Critical, 1, 2));
    store.apply(room, incident(QStringLiteral("b"), Severity::Info, 2));
    model.flush();
    model.flush();
    QCOMPARE(uuids(model), QStringList({QStringLiteral("b"), QStringLiteral("a")}));
    QVERIFY(told.areTheModels());
    QCOMPARE(model.criticalCount(), 1);
    QCOMPARE(model.infoCount(), 1);
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
