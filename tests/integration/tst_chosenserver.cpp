// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "chosenserver.h"

#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// Which server's tab the window shows at the next start.
class ChosenServerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isShownAtTheNextStart();
    void isKeptWhileTheWindowIsThere();
    void staysWhereItIsNotThere();
    void isNobodysWhereNobodyChose();

private:
    [[nodiscard]] QString kept() const
    {
        return QSettings(m_file, QSettings::IniFormat).value(u"window/server"_s).toString();
    }
    /// Those that a window has.
    void putAll(ServerDeck &deck)
    {
        deck.put(u"ops"_s, u"Ops"_s, &m_feeds[0]);
        deck.put(u"shop"_s, u"Shop"_s, &m_feeds[1]);
        deck.put(u"own"_s, u"This computer"_s, &m_feeds[2]);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
    LiveFeed m_feeds[3];
};

void ChosenServerTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_file = m_directory->filePath(u"dashboard.ini"_s);
}

void ChosenServerTest::isShownAtTheNextStart()
{
    {
        ServerDeck deck;
        putAll(deck);
        const ChosenServer chosen(deck, m_file);
        QCOMPARE(deck.current(), u"ops"_s);
        deck.step(1);
        deck.setCurrent(u"own"_s);
        // As when it is closed.
        for (const QString &key : {u"own"_s, u"ops"_s, u"shop"_s})
            deck.take(key);
    }
    {
        ServerDeck deck;
        putAll(deck);
        const ChosenServer chosen(deck, m_file);
        QCOMPARE(deck.current(), u"own"_s);
    }
    // Where the gateway in the program is only being started.
    ServerDeck deck;
    const ChosenServer chosen(deck, m_file);
    putAll(deck);
    QCOMPARE(deck.current(), u"own"_s);
}

void ChosenServerTest::isKeptWhileTheWindowIsThere()
{
    ServerDeck deck;
    putAll(deck);
    const ChosenServer chosen(deck, m_file);
    deck.setCurrent(u"shop"_s);
    QTRY_COMPARE(kept(), u"shop"_s);
}

void ChosenServerTest::staysWhereItIsNotThere()
{
    QSettings(m_file, QSettings::IniFormat).setValue(u"window/server"_s, u"hidden"_s);
    {
        ServerDeck deck;
        putAll(deck);
        const ChosenServer chosen(deck, m_file);
        QCOMPARE(deck.current(), u"ops"_s);
    }
    QCOMPARE(kept(), u"hidden"_s);
}

void ChosenServerTest::isNobodysWhereNobodyChose()
{
    {
        ServerDeck deck;
        const ChosenServer chosen(deck, m_file);
        putAll(deck);
        deck.take(u"ops"_s);
    }
    QCOMPARE(kept(), QString());
}

QTEST_MAIN(ChosenServerTest)
#include "tst_chosenserver.moc"
