// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/bidi.h"

#include <QGuiApplication>
#include <QRegularExpression>
#include <QTest>
#include <QTextLayout>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// Text of strangers does not move what stands around it.
class BidiTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void showsThatThereWasATurn_data();
    void showsThatThereWasATurn();
    void isolatesWhatRunsFromTheRight_data();
    void isolatesWhatRunsFromTheRight();
    void leavesTheNeighboursInTheirPlaces_data();
    void leavesTheNeighboursInTheirPlaces();

private:
    /// Where a part of a line stands, as it is laid out.
    static double placeOf(const QString &line, const QString &part)
    {
        QTextLayout layout(line);
        QTextOption option;
        option.setTextDirection(Qt::LeftToRight);
        layout.setTextOption(option);
        layout.beginLayout();
        const QTextLine first = layout.createLine();
        layout.endLayout();
        return first.cursorToX(int(line.lastIndexOf(part)));
    }
};

void BidiTest::showsThatThereWasATurn_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << u"disk full on db-7"_s << u"disk full on db-7"_s;
    QTest::newRow("Hebrew") << u"הדיסק מלא db-7"_s << u"הדיסק מלא db-7"_s;
    QTest::newRow("override") << u"open \u202egpj.exe"_s << u"open \ufffdgpj.exe"_s;
    QTest::newRow("embeddings") << u"\u202aa\u202bb\u202cc\u202dd"_s
                                << u"\ufffda\ufffdb\ufffdc\ufffdd"_s;
    QTest::newRow("isolates") << u"\u2066a\u2067b\u2068c\u2069"_s
                              << u"\ufffda\ufffdb\ufffdc\ufffd"_s;
    QTest::newRow("marks of one place") << u"a\u200e\u200f\u061cb"_s << u"a\u200e\u200f\u061cb"_s;
}

void BidiTest::showsThatThereWasATurn()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(withoutTurns(text), expected);
    QCOMPARE(withoutTurns(expected), expected);
}

void BidiTest::isolatesWhatRunsFromTheRight_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("Latin") << u"checkout"_s << u"checkout"_s;
    QTest::newRow("Hebrew") << u"תשלום"_s << u"\u2068תשלום\u2069"_s;
    QTest::newRow("Arabic digits") << u"١٢"_s << u"\u2068١٢\u2069"_s;
    QTest::newRow("beyond 16 bits") << u"\U0001e900"_s << u"\u2068\U0001e900\u2069"_s;
    QTest::newRow("with an end of its own")
        << u"מלא\u2069\u202ex"_s << u"\u2068מלא\ufffd\ufffdx\u2069"_s;
}

void BidiTest::isolatesWhatRunsFromTheRight()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(isolated(text), expected);
}

void BidiTest::leavesTheNeighboursInTheirPlaces_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("Latin") << u"checkout"_s;
    QTest::newRow("Hebrew") << u"תשלום"_s;
    QTest::newRow("Arabic and a host") << u"القرص ممتلئ db-7"_s;
    QTest::newRow("override") << u"x\u202e"_s;
    QTest::newRow("an end, then an override") << u"תשלום\u2069\u202e"_s;
}

/// As they are laid out, not only as they are written: a number after a word that runs from the
/// right would otherwise stand before it.
void BidiTest::leavesTheNeighboursInTheirPlaces()
{
    QFETCH(QString, text);
    const QString line
        = u"before · "_s + isolated(text) + u" · 12 · "_s + isolated(text) + u" · end"_s;
    QCOMPARE(placeOf(line, u"before"_s), 0.0);
    QVERIFY(placeOf(line, u"12"_s) > placeOf(line, u"before"_s));
    QVERIFY(placeOf(line, u"end"_s) > placeOf(line, u"12"_s));
}

QTEST_MAIN(BidiTest)
#include "tst_bidi.moc"
