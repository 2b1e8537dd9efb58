// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "modelrows.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;

/// Filter, order and groups.
class IncidentModelViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void showsWhatTheFilterLetsPass();
    void countsWhatItHides();
    void countsInParts();
    void keepsPersistentPlacesWhenAFilteredRowMoves();
    void ordersAndGroups_data();
    void ordersAndGroups();
    void saysWhereEachScreenBegins();
    void followsTheTime();
    void knowsWhoLooks();
    void equalsTheFilteredAndSortedStoreAfterAnySequence();
};

void IncidentModelViewTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void IncidentModelViewTest::showsWhatTheFilterLetsPass()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 8; ++i)
        store.apply(room, incident(QString::number(i), Severity(i % 4), i));
    model.flush();
    model.setFilter(filterOf(QStringLiteral("severity:critical")));
    QCOMPARE(uuids(model).join(u' '), QStringLiteral("4 0"));
    QCOMPARE(model.rowOf(QStringLiteral("1")), -1);

    // An incident that begins or ceases to pass comes and goes as a row; no other is touched.
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    store.apply(room, incident(QStringLiteral("1"), Severity::Critical, 1, 2));
    store.apply(room, incident(QStringLiteral("4"), Severity::Info, 4, 2));
    store.apply(room, incident(QStringLiteral("new"), Severity::Info, 9));
    model.flush();
    QCOMPARE(uuids(model).join(u' '), QStringLiteral("1 0"));
    QCOMPARE(std::tuple(inserted.size(), removed.size(), reset.size()), std::tuple(1, 1, 0));

    model.setFilter({});
    QCOMPARE(uuids(model), expectedOrder(store));
}

void IncidentModelViewTest::countsWhatItHides()
{
    IncidentStore store;
    IncidentModel model(store);
    store.apply(room, incident(QStringLiteral("a"), Severity::Critical, 1));
    store.apply(room, incident(QStringLiteral("b"), Severity::Critical, 1));
    store.apply(room, incident(QStringLiteral("c"), Severity::Info, 1));
    model.flush();
    QSignalSpy counted(&model, &IncidentModel::countChanged);
    model.setFilter(filterOf(QStringLiteral("severity:info")));
    QCOMPARE(counted.size(), 1);
    QCOMPARE(model.count(), 3);
    QCOMPARE(model.criticalCount(), 2);
    QCOMPARE(model.shownCount(), 1);
    QCOMPARE(model.hiddenCount(), 2);
    QCOMPARE(model.hiddenCriticalCount(), 2);
    QCOMPARE(model.countMatching(filterOf(QStringLiteral("severity:critical"))), 2);
    store.apply(room, incident(QStringLiteral("d"), Severity::Critical, 1));
    model.flush();
    QCOMPARE(counted.size(), 2);
    QCOMPARE(model.hiddenCriticalCount(), 3);
    store.resolve(QStringLiteral("a"), 2);
    model.flush();
    QCOMPARE(model.hiddenCount(), 2);
}

void IncidentModelViewTest::countsInParts()
{
    using namespace std::chrono_literals;
    IncidentStore store;
    IncidentModel model(store);
    for (int i = 0; i < 8; ++i)
        store.apply(room, incident(QString::number(i), Severity(i % 4), i));
    model.flush();
    const IncidentFilter filter = filterOf(QStringLiteral("severity>=warning"));
    IncidentCount count;
    // With no time it is one at a time.
    for (int i = 0; i < 7; ++i)
        QVERIFY(!model.countOn(count, filter, 0ms));
    // It has an end, also where there are always more; and what has gone is not counted.
    store.apply(room, incident(QStringLiteral("later"), Severity::Critical, 9));
    model.flush();
    store.resolve(QStringLiteral("7"), 2);
    model.flush();
    QVERIFY(model.countOn(count, filter, 0ms));
    QCOMPARE(count.found, 4);
    IncidentCount again;
    while (!model.countOn(again, filter, 0ms)) { }
    QCOMPARE(again.found, model.countMatching(filter));
    IncidentCount whole;
    QVERIFY(model.countOn(whole, {}, 1h));
    QCOMPARE(whole.found, model.count());
}

void IncidentModelViewTest::keepsPersistentPlacesWhenAFilteredRowMoves()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 6; ++i)
        store.apply(room, incident(QString::number(i), Severity::Warning, i));
    model.setFilter(filterOf(QStringLiteral("severity:critical,warning")));
    model.flush();
    const QPersistentModelIndex index = model.index(4);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    store.apply(room, incident(QStringLiteral("1"), Severity::Critical, 1, 2));
    model.flush();
    QCOMPARE(moved.size(), 1);
    QCOMPARE(index.row(), 0);
    QCOMPARE(index.data(IncidentModel::UuidRole).toString(), QStringLiteral("1"));
}

void IncidentModelViewTest::ordersAndGroups_data()
{
    QTest::addColumn<incidentview::Order>("order");
    QTest::addColumn<incidentview::Group>("group");
    QTest::addColumn<QString>("rows");
    QTest::addColumn<QString>("sections");
    using enum incidentview::Order;
    using incidentview::Group;
    QTest::newRow("severity") << Severity << Group::None << "c a b d e"
                              << ",,,,";
    QTest::newRow("newest") << Newest << Group::None << "e d c b a"
                            << ",,,,";
    QTest::newRow("oldest") << Oldest << Group::None << "a b c d e"
                            << ",,,,";
    QTest::newRow("service") << Service << Group::None << "c b a e d"
                             << ",,,,";
    QTest::newRow("oldest by severity") << Oldest << Group::Severity << "a c b d e"
                                        << "severity:0,severity:0,severity:1,severity:2,severity:3";
    QTest::newRow("newest by service")
        << Newest << Group::Service << "c b e a d"
        << "service:Api,service:api,service:web,service:web,service:";
    QTest::newRow("severity by source") << Severity << Group::Source << "c a b d e"
                                        << "source:x,source:y,source:y,source:y,source:";
}

void IncidentModelViewTest::ordersAndGroups()
{
    QFETCH(const incidentview::Order, order);
    QFETCH(const incidentview::Group, group);
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    const auto put = [&](const char *uuid, Severity severity, qint64 time, const char *service,
                         const char *source) {
        Incident each = incident(QString::fromLatin1(uuid), severity, time);
        each.service = QString::fromLatin1(service);
        each.source = QString::fromLatin1(source);
        store.apply(room, each);
    };
    put("a", Severity::Critical, 1, "web", "y");
    put("b", Severity::Warning, 2, "api", "y");
    put("c", Severity::Critical, 3, "Api", "x");
    put("d", Severity::Unknown, 4, "", "y");
    put("e", Severity::Info, 5, "web", "");
    model.flush();
    model.setOrder(order);
    model.setGroup(group);
    QTEST(uuids(model).join(u' '), "rows");
    QStringList sections;
    for (int row = 0; row < model.rowCount(); ++row)
        sections.append(model.index(row).data(IncidentModel::SectionRole).toString());
    QTEST(sections.join(u','), "sections");
}

void IncidentModelViewTest::saysWhereEachScreenBegins()
{
    IncidentStore store;
    IncidentModel model(store);
    auto add = [&store, next = 0](const QString &service, int count) mutable {
        for (int i = 0; i < count; ++i, ++next) {
            Incident one = incident(QString::number(next), Severity::Warning, next);
            one.service = service;
            store.apply(room, one);
        }
    };
    QCOMPARE(model.screens(4, 0.5, 3), (QList<int>{0, 0}));
    add(QStringLiteral("a"), 6);
    for (const char *const service : {"b", "c", "d"})
        add(QString::fromLatin1(service), 1);
    model.flush();
    QCOMPARE(model.screens(4, 0.5, 3), (QList<int>{0, 4, 8, 9}));
    QCOMPARE(model.screens(4, 0.5, 2), (QList<int>{0, 4, 8}));
    QCOMPARE(model.screens(20, 0.5, 3), (QList<int>{0, 9}));

    model.setGroup(incidentview::Group::Service);
    // a's heading and three rows; three more of a; b and c; d.
    QCOMPARE(model.screens(3.5, 0.5, 9), (QList<int>{0, 3, 6, 8, 9}));
    // Two headings more than rows have room for.
    QCOMPARE(model.screens(3, 0.5, 9), (QList<int>{0, 2, 5, 7, 9}));
    QCOMPARE(model.screens(3, 0.5, 2), (QList<int>{0, 2, 5}));
    // A row at least, however little room there is.
    QCOMPARE(model.screens(0, 0.5, 2), (QList<int>{0, 1, 2}));
}

void IncidentModelViewTest::followsTheTime()
{
    IncidentStore store;
    IncidentModel model(store);
    const QAbstractItemModelTester tester(&model);
    const auto aSecondAgo = toMilliseconds(timestampNow()) - 1'000;
    store.apply(room, incident(QStringLiteral("a"), Severity::Info, aSecondAgo));
    model.setFilter(filterOf(QStringLiteral("age>2s")));
    model.flush();
    QCOMPARE(model.rowCount(), 0);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.hiddenCount(), 0);
}

void IncidentModelViewTest::knowsWhoLooks()
{
    IncidentStore store;
    IncidentModel model(store);
    Incident each = incident(QStringLiteral("a"), Severity::Info, 1);
    each.assignee = QStringLiteral("Anna");
    store.apply(room, each);
    model.flush();
    model.setFilter(filterOf(QStringLiteral("assignee:@me")));
    QCOMPARE(model.rowCount(), 0);
    model.setMe(QStringLiteral("Anna"));
    QCOMPARE(model.rowCount(), 1);
    model.setMe(QStringLiteral("Bob"));
    QCOMPARE(model.rowCount(), 0);
}

void IncidentModelViewTest::equalsTheFilteredAndSortedStoreAfterAnySequence()
{
    static const QStringList filters{QString(), QStringLiteral("severity:critical,info"),
        QStringLiteral("-of service:api OR service:web"),
        QStringLiteral("count>=2 OR severity>=warning"), QStringLiteral("\"title of 1\""),
        QStringLiteral("nothing")};
    static const QStringList words{
        QString(), QStringLiteral("api"), QStringLiteral("Api"), QStringLiteral("web")};
    const bool held = rc::check("model == sort(filter(store))", [] {
        IncidentStore store;
        IncidentModel model(store);
        const QAbstractItemModelTester tester(&model);
        qint64 version = 1;
        const auto numbers
            = *rc::gen::container<std::vector<quint32>>(rc::gen::inRange<quint32>(0, 1U << 24));
        const ToldRows told(model);
        const auto check = [&] {
            model.flush();
            RC_ASSERT(told.areTheModels());
            RC_ASSERT(
                uuids(model) == expectedRows(store, model.filter(), model.order(), model.group()));
            RC_ASSERT(model.shownCount() + model.hiddenCount() == model.count());
            RC_ASSERT(model.count() == store.size());
            RC_ASSERT(model.count()
                == model.criticalCount() + model.warningCount() + model.unknownCount()
                    + model.infoCount());
        };
        for (const quint32 number : numbers) {
            const QString uuid = QString::number(number / 16 % 24);
            switch (number % 16) {
            case 0:
            case 1: store.resolve(uuid, ++version); break;
            case 2: check(); break;
            case 3: model.setFilter(filterOf(filters[number / 512 % filters.size()])); break;
            case 4: model.setOrder(incidentview::Order(number / 512 % 4)); break;
            case 5: model.setGroup(incidentview::Group(number / 512 % 4)); break;
            default: {
                Incident each = incident(uuid, Severity(number / 512 % 4), number / 2048 % 16);
                each.version = ++version;
                each.count = number / 32'768 % 4;
                each.service = words[number / 131'072 % 4];
                each.source = words[number / 524'288 % 4];
                store.apply(room, each);
            }
            }
        }
        check();
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row);
            const QString uuid = index.data(IncidentModel::UuidRole).toString();
            RC_ASSERT(model.rowOf(uuid) == row);
            RC_ASSERT(
                index.data(IncidentModel::VersionRole).toLongLong() == store.find(uuid)->version);
        }
    });
    QVERIFY(held);
}

QTEST_MAIN(IncidentModelViewTest)
#include "tst_incidentmodelview.moc"
