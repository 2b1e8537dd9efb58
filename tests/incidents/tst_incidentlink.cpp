// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentlink.h"

#include <QTest>
#include <QUrl>
#include <QUuid>

using namespace tocsin;
using namespace Qt::StringLiterals;

class IncidentLinkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leadsBack();
    void takesWhatProgramsMakeOfIt_data();
    void takesWhatProgramsMakeOfIt();
    void refusesWhatIsNoLink_data();
    void refusesWhatIsNoLink();
};

void IncidentLinkTest::leadsBack()
{
    const QString uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString link = incidentLink(uuid);
    QCOMPARE(incidentOfLink(link).value(), uuid);
    // As a browser or a desktop hands it on.
    QCOMPARE(QUrl(link).toString(QUrl::FullyEncoded), link);
    QCOMPARE(incidentOfLink(QUrl(link).toString()).value(), uuid);
}

void IncidentLinkTest::takesWhatProgramsMakeOfIt_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("incident");
    QTest::newRow("as it is") << u"tocsin://incident/0b9e-1"_s << u"0b9e-1"_s;
    QTest::newRow("without an authority") << u"tocsin:incident/0b9e-1"_s << u"0b9e-1"_s;
    QTest::newRow("with a slash behind") << u"tocsin://incident/0b9e-1/"_s << u"0b9e-1"_s;
    QTest::newRow("in capitals") << u"TOCSIN://Incident/0b9e-1"_s << u"0b9e-1"_s;
    QTest::newRow("the dashboard alone") << u"tocsin:"_s << QString();
    QTest::newRow("the dashboard alone, with slashes") << u"tocsin://"_s << QString();
}

void IncidentLinkTest::takesWhatProgramsMakeOfIt()
{
    QFETCH(const QString, link);
    QFETCH(const QString, incident);
    const auto found = incidentOfLink(link);
    QVERIFY2(found, qPrintable(found ? QString() : found.error().message));
    QCOMPARE(*found, incident);
}

void IncidentLinkTest::refusesWhatIsNoLink_data()
{
    QTest::addColumn<QString>("link");
    for (const auto &link :
        {u"tocsin://settings/theme"_s, u"tocsin://incident"_s, u"tocsin://incident/"_s,
            u"tocsin://incident/a/b"_s, u"tocsin://incident/a?server=wss://evil.example"_s,
            u"tocsin://incident/a#b"_s, u"tocsin://incident/%2e%2e"_s, u"tocsin://incident/a b"_s,
            u"tocsin://incident/a\n"_s, u"tocsins://incident/a"_s, u"https://incident/a"_s,
            QString(), u"tocsin://incident/"_s + QString(129, u'a')})
        QTest::addRow("%s", qPrintable(link.left(40))) << link;
}

void IncidentLinkTest::refusesWhatIsNoLink()
{
    QFETCH(const QString, link);
    const auto found = incidentOfLink(link);
    QVERIFY(!found);
    QVERIFY2(
        found.error().message.contains(u"tocsin://incident/"), qPrintable(found.error().message));
}

QTEST_APPLESS_MAIN(IncidentLinkTest)
#include "tst_incidentlink.moc"
