// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/alarmnotice.h"
#include "incidents/incidentstore.h"

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;
using Occasion = AlarmCall::Occasion;

class AlarmNoticeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<IncidentStore>();
        add(u"a"_s, u"Disk full"_s, Severity::Critical);
        for (const QString &uuid : {u"b"_s, u"c"_s, u"d"_s, u"e"_s})
            add(uuid, u"Replica "_s + uuid, Severity::Warning);
    }

    void oneIsNamed()
    {
        const AlarmNotice notice = words({.uuids = {u"a"_s}, .worst = Severity::Critical});
        QCOMPARE(notice.title, u"Critical: Disk full"_s);
        QCOMPARE(notice.body, u"Service: orders"_s);
        QCOMPARE(notice.urgency, Severity::Critical);
        QCOMPARE(notice.offer, AlarmNotice::Offer::Acknowledge);
    }

    void severalAreCountedAndTheWorstNamed()
    {
        const AlarmNotice notice = words(
            {.uuids = {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}, .worst = Severity::Critical});
        QCOMPARE(notice.title, u"5 new incidents, worst: critical"_s);
        QCOMPARE(notice.body.split(u'\n'),
            (QStringList{u"Critical: Disk full"_s, u"Warning: Replica b"_s, u"Warning: Replica c"_s,
                u"and 2 more"_s}));
        QCOMPARE(notice.offer, AlarmNotice::Offer::None);
    }

    void saysWhyNow_data()
    {
        QTest::addColumn<Occasion>("occasion");
        QTest::addColumn<QString>("word");
        QTest::newRow("start") << Occasion::Start << u"open"_s;
        QTest::newRow("meanwhile") << Occasion::Meanwhile << u"live"_s;
        QTest::newRow("snoozed") << Occasion::Snoozed << u"snoozed"_s;
    }
    void saysWhyNow()
    {
        QFETCH(Occasion, occasion);
        QFETCH(QString, word);
        QVERIFY(words({.occasion = occasion, .uuids = {u"a"_s}}).body.contains(word));
        QVERIFY(words({.occasion = occasion, .uuids = {u"a"_s, u"b"_s}}).title.contains(word));
    }

    void aLossSaysWhyAndWhatItMeans()
    {
        const AlarmNotice notice = alarmNotice(
            {.occasion = Occasion::Loss}, *m_store, u"The connection to ops was lost."_s);
        QVERIFY(notice.title.contains(u"not live"));
        QVERIFY(notice.body.startsWith(u"The connection to ops was lost.\n"));
        QCOMPARE(notice.offer, AlarmNotice::Offer::None);
    }

    void aStrangersWordsAreShortAndOfOneLine()
    {
        add(u"long"_s, u"x\ny"_s + QString(5'000, u'z'), Severity::Info);
        const AlarmNotice notice = words({.uuids = {u"long"_s}});
        QVERIFY(notice.title.size() < 200);
        QVERIFY(notice.title.startsWith(u"Info: x yz"));
        QVERIFY(notice.title.endsWith(u'…'));
    }

private:
    void add(const QString &uuid, const QString &title, Severity severity)
    {
        m_store->apply(
            u"r"_s, {.uuid = uuid, .title = title, .severity = severity, .service = u"orders"_s});
    }
    AlarmNotice words(const AlarmCall &call) const { return alarmNotice(call, *m_store, {}); }

    std::unique_ptr<IncidentStore> m_store;
};

QTEST_GUILESS_MAIN(AlarmNoticeTest)
#include "tst_alarmnotice.moc"
