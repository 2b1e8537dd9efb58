// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentmodel.h"
#include "incidents/searchtext.h"

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

IncidentFilter filterOf(const QString &text)
{
    const auto filter = IncidentFilter::parse(text);
    if (!filter)
        qFatal("%s", qPrintable(filter.error().error.message));
    return *filter;
}

/// As a person would say it, with none of the model's keys.
QStringList expectedRows(const IncidentStore &store, const IncidentFilter &filter,
    incidentview::Order order, incidentview::Group group)
{
    using incidentview::Group;
    using incidentview::Order;
    const auto word
        = [](const QString &text) { return std::tuple(text.isEmpty(), text.toLower(), text); };
    const auto before = [&](const Incident &left, const Incident &right) {
        const auto rank = [&](const Incident &incident) {
            const qint64 time = toMilliseconds(*incident.createdAt);
            const int severity = int(incident.severity);
            return std::tuple(group == Group::Severity ? severity : 0,
                word(group == Group::Service     ? incident.service
                        : group == Group::Source ? incident.source
                                                 : QString()),
                word(order == Order::Service ? incident.service : QString()),
                order == Order::Severity || order == Order::Service ? severity : 0,
                order == Order::Oldest ? time : -time, incident.uuid);
        };
        return rank(left) < rank(right);
    };
    QList<Incident> all;
    for (const Incident &incident : store.all()) {
        const std::string text = SearchText::textOf(incident);
        if (filter.judge({incident, text, timestampNow(), {}}) != FilterVerdict::No)
            all.append(incident);
    }
    std::ranges::sort(all, before);
    QStringList result;
    for (const Incident &each : all)
        result.append(each.uuid);
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

/// What a view knows that reads only what it is told of.
class ToldRows
{
public:
    explicit ToldRows(const IncidentModel &model)
        : m_model(model)
    {
        using Model = IncidentModel;
        const auto connectTo
            = [&](auto signal, auto slot) { QObject::connect(&model, signal, &m_context, slot); };
        readAll();
        connectTo(&Model::modelReset, [this] { readAll(); });
        connectTo(&Model::rowsInserted, [this](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row)
                m_rows.insert(row, read(row));
        });
        connectTo(&Model::rowsRemoved, [this](const QModelIndex &, int first, int last) {
            m_rows.remove(first, last - first + 1);
        });
        connectTo(&Model::rowsMoved,
            [this](const QModelIndex &, int first, int last, const QModelIndex &, int to) {
                if (first != last)
                    qFatal("More than one row moved.");
                m_rows.move(first, to > first ? to - 1 : to);
            });
        connectTo(&Model::dataChanged,
            [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                for (int row = first.row(); row <= last.row(); ++row) {
                    const QVariantMap now = read(row);
                    for (const int role : roles) {
                        const QString name = QString::fromLatin1(m_model.roleNames().value(role));
                        if (!name.isEmpty())
                            m_rows[row][name] = now[name];
                    }
                }
            });
    }
    [[nodiscard]] bool areTheModels() const
    {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            if (row >= m_rows.size() || m_rows[row] != read(row))
                return false;
        }
        return m_rows.size() == m_model.rowCount();
    }

private:
    [[nodiscard]] QVariantMap read(int row) const
    {
        QVariantMap values;
        const QHash<int, QByteArray> names = m_model.roleNames();
        for (auto it = names.cbegin(); it != names.cend(); ++it)
            values.insert(QString::fromLatin1(*it), m_model.index(row).data(it.key()));
        return values;
    }
    void readAll()
    {
        m_rows.clear();
        for (int row = 0; row < m_model.rowCount(); ++row)
            m_rows.append(read(row));
    }

    const IncidentModel &m_model;
    QList<QVariantMap> m_rows;
    QObject m_context;
};

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
    void tellsAFloodOfChangesAsOneRange();
    void keepsWhatAViewChangesInItsAnswer();
    void showsOnceWhatAViewBringsAgain();
    void countsBySeverity();
    void showsEveryField();
    void equalsTheSortedStoreAfterAnySequence();
    void showsWhatTheFilterLetsPass();
    void countsWhatItHides();
    void keepsPersistentPlacesWhenAFilteredRowMoves();
    void ordersAndGroups_data();
    void ordersAndGroups();
    void followsTheTime();
    void knowsWhoLooks();
    void equalsTheFilteredAndSortedStoreAfterAnySequence();
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

void IncidentModelTest::showsWhatTheFilterLetsPass()
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

void IncidentModelTest::countsWhatItHides()
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

void IncidentModelTest::keepsPersistentPlacesWhenAFilteredRowMoves()
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

void IncidentModelTest::ordersAndGroups_data()
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

void IncidentModelTest::ordersAndGroups()
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

void IncidentModelTest::followsTheTime()
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

void IncidentModelTest::knowsWhoLooks()
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

void IncidentModelTest::equalsTheFilteredAndSortedStoreAfterAnySequence()
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

QTEST_MAIN(IncidentModelTest)
#include "tst_incidentmodel.moc"
