// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/linkpolicy.h"

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

class LinkPolicyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhereItLeads_data();
    void saysWhereItLeads();
    void findsTheRunbook();
};

void LinkPolicyTest::saysWhereItLeads_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &address, const QString &expected) {
        QTest::newRow(name) << address << expected;
    };
    row("https", u"https://wiki.example.com/disk?x=1#y"_s, u"wiki.example.com"_s);
    row("http with a port", u"http://grafana.example.com:3000/d/1"_s,
        u"grafana.example.com:3000"_s);
    row("in capitals", u"HTTPS://Wiki.Example.com/"_s, u"wiki.example.com"_s);
    row("mail", u"mailto:ops@example.com"_s, u"ops@example.com"_s);
    row("mail with a subject", u"mailto:ops@example.com?subject=x"_s, u"ops@example.com"_s);
    row("IPv6", u"http://[::1]:8080/"_s, u"[::1]:8080"_s);
    // Who reads only the beginning is to be told the truth.
    row("a name before the host", u"https://bank.example.com@evil.example/"_s, u"evil.example"_s);
    row("letters of another alphabet", u"https://www.\u0430pple.com/"_s, u"www.xn--pple-43d.com"_s);
    // Nothing in an address turns the order of what is read of it.
    row("turned path", u"https://wiki.example.com/\u202egpj.exe"_s, u"wiki.example.com"_s);
    row("turned name before the host", u"https://\u202emoc.knab@evil.example/"_s,
        u"evil.example"_s);
    row("turned host", u"https://\u202eelpmaxe.live/"_s, QString());
    row("turned mail", u"mailto:\u202eops@example.com"_s, u"%E2%80%AEops@example.com"_s);
    for (const QString &bad : {u""_s, u"wiki"_s, u"//wiki.example.com/"_s, u"https:///disk"_s,
             u"https:disk"_s, u"http://"_s, u"javascript:alert(1)"_s, u"JavaScript:alert(1)"_s,
             u"file:///etc/passwd"_s, u"FILE:///etc/passwd"_s, u"data:text/html,x"_s,
             u"ftp://h.example/"_s, u"ssh://h.example"_s, u"smb://h.example/x"_s, u"vbscript:x"_s,
             u"mailto:"_s, u"mailto:nobody"_s, u"mailto://h.example/x@y"_s, u" https://h.example"_s,
             u"https://h.example/\nx"_s, u"https://h example/"_s, u"java\nscript:alert(1)"_s}) {
        QTest::addRow("no: %s", qPrintable(bad.simplified())) << bad << QString();
    }
}

void LinkPolicyTest::saysWhereItLeads()
{
    QFETCH(QString, address);
    QFETCH(QString, expected);
    QCOMPARE(destination(address), expected);
    QCOMPARE(openableUrl(address).has_value(), !expected.isEmpty());
}

void LinkPolicyTest::findsTheRunbook()
{
    Incident incident;
    QCOMPARE(runbookOf(incident), QString());
    incident.links
        = {{u"Graph"_s, u"https://g.example/"_s}, {u"Runbook"_s, u"https://r.example/"_s}};
    QCOMPARE(runbookOf(incident), u"https://r.example/"_s);
    incident.annotations.insert(u"runbook"_s, u"see the wiki"_s);
    QCOMPARE(runbookOf(incident), u"https://r.example/"_s);
    incident.annotations.insert(u"runbook_url"_s, u"javascript:alert(1)"_s);
    QCOMPARE(runbookOf(incident), u"https://r.example/"_s);
    incident.annotations.insert(u"runbook_url"_s, u"https://a.example/"_s);
    QCOMPARE(runbookOf(incident), u"https://a.example/"_s);
}

QTEST_GUILESS_MAIN(LinkPolicyTest)
#include "tst_linkpolicy.moc"
