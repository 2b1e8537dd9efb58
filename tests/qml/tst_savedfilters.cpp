// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/savedfilters.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const QString room = u"r"_s;

Incident incident(int number, Severity severity, qint64 version = 1)
{
    return {.uuid = QString::number(number),
        .title = u"Disk full on node-%1"_s.arg(number),
        .severity = severity,
        .createdAt = timestampFromMilliseconds(number),
        .version = version};
}

} // namespace

/// The counts of saved filters; what is kept where is shown in tst_filter.qml.
class SavedFiltersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void countsWhatIsThere();
    void countsWhatTheListHides();
    void forgetsACountOfOtherRows();
    void comesToAnEndUnderSteadyChanges();
    void leavesTheEventLoopToOthers();

private:
    [[nodiscard]] int found(int row) const
    {
        return m_saved->index(row).data(SavedFilters::FoundRole).toInt();
    }
    [[nodiscard]] int expected(int row) const
    {
        const QString text = m_saved->index(row).data(SavedFilters::FilterRole).toString();
        return m_incidents->countMatching(IncidentFilter::parse(text).value());
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<IncidentStore> m_store;
    std::unique_ptr<IncidentModel> m_incidents;
    std::unique_ptr<SavedFilters> m_saved;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void SavedFiltersTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<IncidentStore>();
    m_incidents = std::make_unique<IncidentModel>(*m_store);
    m_saved = std::make_unique<SavedFilters>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_saved.get());
    m_saved->setFile(m_directory->filePath(u"filters.ini"_s));
    m_saved->setIncidents(m_incidents.get());
}

void SavedFiltersTest::cleanup()
{
    m_tester.reset();
    m_saved.reset();
    m_incidents.reset();
    m_store.reset();
}

void SavedFiltersTest::countsWhatIsThere()
{
    for (int i = 0; i < 8; ++i)
        m_store->apply(room, incident(i, Severity(i % 4)));
    m_saved->save(u"bad"_s, u"severity:critical"_s);
    m_saved->save(u"seven"_s, u"title~node-7"_s);
    QCOMPARE(found(0), -1);
    QTRY_COMPARE(found(0), 2);
    QTRY_COMPARE(found(1), 1);
    m_store->apply(room, incident(7, Severity::Critical, 2));
    QTRY_COMPARE(found(0), 3);
    m_store->resolve(u"7"_s, 3);
    QTRY_COMPARE(found(0), 2);
    QTRY_COMPARE(found(1), 0);
    // Another one under the name.
    m_saved->save(u"bad"_s, u"severity:info"_s);
    QTRY_COMPARE(found(0), 1);
    m_saved->setIncidents(nullptr);
    m_incidents = std::make_unique<IncidentModel>(*m_store);
    m_store->apply(room, incident(9, Severity::Info));
    m_saved->setIncidents(m_incidents.get());
    QTRY_COMPARE(found(0), 2);
}

// Of a change to what the list does not show, it tells nothing about rows.
void SavedFiltersTest::countsWhatTheListHides()
{
    m_store->apply(room, incident(1, Severity::Info));
    m_incidents->setFilter(IncidentFilter::parse(u"severity:critical"_s).value());
    m_saved->save(u"web"_s, u"service:web"_s);
    QTRY_COMPARE(found(0), 0);
    Incident other = incident(1, Severity::Info, 2);
    other.service = u"web"_s;
    m_store->apply(room, other);
    QTRY_COMPARE(found(0), 1);
}

// A count that is on its way is of the row that was there.
void SavedFiltersTest::forgetsACountOfOtherRows()
{
    for (int i = 0; i < 2'000; ++i)
        m_store->apply(room, incident(i, Severity(i % 4)));
    for (int i = 0; i < 6; ++i)
        m_saved->save(
            QString::number(i), u"title~\"%1 .*%2$\""_s.arg(i % 2 ? u"full"_s : u"disk"_s).arg(i));
    QSignalSpy counted(m_saved.get(), &SavedFilters::dataChanged);
    QTRY_VERIFY(!counted.isEmpty());
    m_saved->remove(0);
    m_saved->remove(3);
    for (int row = 0; row < m_saved->rowCount(); ++row)
        QTRY_COMPARE(found(row), expected(row));
}

void SavedFiltersTest::comesToAnEndUnderSteadyChanges()
{
    for (int i = 0; i < 5'000; ++i)
        m_store->apply(room, incident(i, Severity::Warning));
    m_saved->save(u"slow"_s, u"title~(d|i|s|k)*.*(o|n)+.*[0-9]+9$"_s);
    m_saved->save(u"bad"_s, u"severity:critical"_s);
    int changes = 0;
    QTimer changing;
    connect(&changing, &QTimer::timeout, m_incidents.get(), [&] {
        ++changes;
        m_store->apply(room, incident(changes, Severity(changes % 4), changes + 1));
        m_store->apply(room, incident(10'000 + changes, Severity::Critical));
    });
    changing.start(2);
    QSignalSpy counted(m_saved.get(), &SavedFilters::dataChanged);
    // Again and again, and the last in the list as well.
    QTRY_VERIFY_WITH_TIMEOUT(counted.size() >= 6 && found(1) > 0, 30'000);
    changing.stop();
    QTRY_COMPARE_WITH_TIMEOUT(found(0), expected(0), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(found(1), expected(1), 30'000);
}

void SavedFiltersTest::leavesTheEventLoopToOthers()
{
    constexpr int many = 4'000;
    for (int i = 0; i < many; ++i) {
        Incident each = incident(i, Severity::Warning);
        each.title = QString(40, u'a') + u'!';
        m_store->apply(room, each);
    }
    QTRY_COMPARE(m_incidents->count(), many);
    // Over each it takes all the steps that it may, which at once would be a standstill.
    m_saved->save(u"slow"_s, u"title~^(a+)+$"_s);
    QElapsedTimer sinceTurn;
    int slices = 0;
    QTimer turns;
    connect(&turns, &QTimer::timeout, m_incidents.get(),
        [&] { slices += int(sinceTurn.restart() >= 3); });
    sinceTurn.start();
    turns.start(0);
    QTRY_COMPARE_WITH_TIMEOUT(found(0), many, 60'000);
    QVERIFY2(slices >= 8, qPrintable(QString::number(slices)));
}

QTEST_GUILESS_MAIN(SavedFiltersTest)
#include "tst_savedfilters.moc"
