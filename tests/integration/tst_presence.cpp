// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"
#include "gateway/tokens.h"
#include "qml/livefeed.h"
#include "screen.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const QString room = u"account:default"_s;
constexpr int patience = 20'000;

QStringList names(LiveFeed &feed)
{
    QStringList names;
    for (int row = 0; row < feed.presence()->rowCount(); ++row)
        names.append(feed.presence()->index(row).data(PresenceModel::NameRole).toString());
    return names;
}

} // namespace

/// Several people at a real gateway, and what each sees of the others.
class PresenceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_gateway.reset(); }
    void eachSeesTheOthersOnce();
    void nobodyIsKnownOfWhileTheGatewayIsGone();
    void nothingIsToldInARoomThatHasItOff();

private:
    void startGateway(const QStringList &presenceRooms = {u"account:*"_s});
    [[nodiscard]] std::unique_ptr<LiveFeed> feedOf(
        const QString &name, const QStringList &rooms = {room});

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Gateway> m_gateway;
    quint16 m_port = 0;
};

void PresenceTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_port = freePort();
    for (const QString &name : {u"ann"_s, u"vic"_s}) {
        QFile file(m_directory->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto token = addToken(m_directory->filePath(u"tokens.toml"_s),
            {.name = name, .role = name == u"vic" ? Role::Viewer : Role::Responder});
        QVERIFY(token);
        file.write(token->toLatin1());
    }
}

void PresenceTest::startGateway(const QStringList &presenceRooms)
{
    auto gateway = Gateway::start({.port = m_port,
        .dataDirectory = m_directory->filePath(u"data"_s),
        .tokensFile = m_directory->filePath(u"tokens.toml"_s),
        .presenceRooms = presenceRooms});
    QVERIFY2(gateway, qPrintable(gateway ? QString() : gateway.error().message));
    m_gateway = std::move(*gateway);
}

std::unique_ptr<LiveFeed> PresenceTest::feedOf(const QString &name, const QStringList &rooms)
{
    auto feed = std::make_unique<LiveFeed>();
    feed->setRooms(rooms);
    feed->setTokenFile(m_directory->filePath(name));
    feed->setServer(u"ws://127.0.0.1:%1/ws"_s.arg(m_port));
    return feed;
}

void PresenceTest::eachSeesTheOthersOnce()
{
    startGateway();
    const auto ann = feedOf(u"ann"_s, {room, u"account:b"_s});
    auto vic = feedOf(u"vic"_s, {room, u"account:b"_s});
    auto vicAtHome = feedOf(u"vic"_s);
    QTRY_COMPARE_WITH_TIMEOUT(names(*ann), QStringList{u"vic"_s}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(names(*vic), QStringList{u"ann"_s}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(names(*vicAtHome), QStringList{u"ann"_s}, patience);
    QCOMPARE(ann->presence()->index(0).data(PresenceModel::RoleWordRole), u"Viewer"_s);
    QCOMPARE(ann->presence()->summary(), u"1 other watching"_s);

    // There for as long as one of the sessions is, in any room.
    vic->setRooms({u"account:b"_s});
    vicAtHome.reset();
    vic->setRooms({u"account:b"_s, u"account:c"_s});
    ann->setRooms({room, u"account:b"_s, u"account:c"_s});
    QTRY_COMPARE_WITH_TIMEOUT(names(*ann), QStringList{u"vic"_s}, patience);
    vic.reset();
    QTRY_COMPARE_WITH_TIMEOUT(names(*ann), QStringList(), patience);
}

void PresenceTest::nobodyIsKnownOfWhileTheGatewayIsGone()
{
    startGateway();
    const auto ann = feedOf(u"ann"_s);
    const auto vic = feedOf(u"vic"_s);
    QTRY_COMPARE_WITH_TIMEOUT(names(*ann), QStringList{u"vic"_s}, patience);
    m_gateway.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!ann->isLive(), patience);
    QCOMPARE(names(*ann), QStringList());
    startGateway();
    QTRY_COMPARE_WITH_TIMEOUT(names(*ann), QStringList{u"vic"_s}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(ann->isLive(), patience);
}

void PresenceTest::nothingIsToldInARoomThatHasItOff()
{
    startGateway({u"account:b"_s});
    const auto ann = feedOf(u"ann"_s, {room, u"account:b"_s});
    const auto vic = feedOf(u"vic"_s);
    QTRY_VERIFY_WITH_TIMEOUT(vic->isLive(), patience);
    // Told of later, and seen: so the one before would have been.
    const auto vicInBoth = feedOf(u"vic"_s, {u"account:b"_s});
    QTRY_COMPARE_WITH_TIMEOUT(names(*ann), QStringList{u"vic"_s}, patience);
    QCOMPARE(names(*vic), QStringList());
}

QTEST_MAIN(PresenceTest)
#include "tst_presence.moc"
