// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "hostileserver.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;
using State = SocketClient::State;

namespace {

SocketClientOptions fastOptions(const QUrl &url)
{
    SocketClientOptions options{.url = url};
    options.connection.reconnectDelay = 5ms;
    options.connection.maxReconnectDelay = 10ms;
    return options;
}

template <typename T>
QFuture<T> ready(const T &value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(value);
    promise.finish();
    return promise.future();
}

/// Answers that the test gives when it wants to, in the order of the questions.
template <typename T>
class Oracle
{
public:
    [[nodiscard]] std::function<QFuture<T>()> provider()
    {
        return [this] {
            m_questions.emplace_back();
            m_questions.back().start();
            return m_questions.back().future();
        };
    }
    [[nodiscard]] int asked() const { return int(m_questions.size()); }
    void answer(int question, const T &value)
    {
        auto &promise = m_questions.at(std::size_t(question));
        promise.addResult(value);
        promise.finish();
    }
    void fail(int question, const char *why)
    {
        auto &promise = m_questions.at(std::size_t(question));
        promise.setException(std::make_exception_ptr(std::runtime_error(why)));
        promise.finish();
    }

private:
    std::vector<QPromise<T>> m_questions;
};

class Errors : public QList<Error>
{
public:
    explicit Errors(SocketClient &client)
    {
        QObject::connect(&client, &SocketClient::errorOccurred, &client,
            [this](const Error &error) { append(error); });
    }
};

} // namespace

class ConnectionOptionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sendsHeadersAndSubprotocols();
    void refusesOptionsThatNoConnectionCanBeMadeWith_data();
    void refusesOptionsThatNoConnectionCanBeMadeWith();
    void goesThroughItsProxy();
    void asksForTokenAndUrlAtOnceAndWaitsForBoth();
    void asksForBothAnewForEachAttempt();
    void listensToNoAnswerOfAnOlderAttempt();
    void namesTheProviderThatFailed_data();
    void namesTheProviderThatFailed();
    void namesTheProviderThatDoesNotAnswer_data();
    void namesTheProviderThatDoesNotAnswer();
    void waitsBetweenUnusableAddresses();
    void survivesAProviderThatActsOnTheClient_data();
    void survivesAProviderThatActsOnTheClient();
};

void ConnectionOptionsTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void ConnectionOptionsTest::sendsHeadersAndSubprotocols()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    auto options = fastOptions(server.url());
    options.requestHeaders = {{"Authorization", "Bearer abc"}, {"X-Tag", "one"}, {"x-tag", "two"},
        {"Origin", "https://ops"}};
    options.subprotocols = {QStringLiteral("tocsin.v1"), QStringLiteral("warp")};
    SocketClient client(options);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    // And with every further attempt.
    server.peers.constLast()->reset();
    QTRY_COMPARE(server.upgrades(), 2);
    for (const HostilePeer *const peer : std::as_const(server.peers)) {
        QCOMPARE(peer->header("Authorization"), "Bearer abc");
        QCOMPARE(peer->header("X-Tag"), "one, two");
        QCOMPARE(peer->header("Origin"), "https://ops");
        QCOMPARE(peer->header("Sec-WebSocket-Protocol"), "tocsin.v1, warp");
    }
}

void ConnectionOptionsTest::refusesOptionsThatNoConnectionCanBeMadeWith_data()
{
    QTest::addColumn<SocketClientOptions>("options");
    QTest::addColumn<QString>("says");
    const QUrl good(QStringLiteral("ws://127.0.0.1:1/"));
    const auto row = [](const char *name, const SocketClientOptions &options, const char *says) {
        QTest::newRow(name) << options << QString::fromLatin1(says);
    };
    row("no address", {}, "no address");
    row("http", {.url = QUrl(QStringLiteral("http://127.0.0.1/secret"))}, "not with http:");
    row("no scheme", {.url = QUrl(QStringLiteral("ops.example.com/secret"))}, "must begin with");
    row("no host", {.url = QUrl(QStringLiteral("ws:///secret"))}, "names no host");
    row("no URL", {.url = QUrl(QStringLiteral("ws://secret:99999999/"))}, "no");
    row("a header with a line break",
        {.url = good, .requestHeaders = {{"X-Tag", "secret\r\nX-Evil: 1"}}}, "\"X-Tag\"");
    row("a header's name with a space", {.url = good, .requestHeaders = {{"X Tag", "secret"}}},
        "X%20Tag");
    row("a header without a name", {.url = good, .requestHeaders = {{"", "secret"}}}, "\"\"");
    row("a header of the handshake",
        {.url = good, .requestHeaders = {{"sec-websocket-key", "secret"}}}, "sec-websocket-key");
    row("a subprotocol with a comma", {.url = good, .subprotocols = {QStringLiteral("a,b")}},
        "\"a,b\"");
}

void ConnectionOptionsTest::refusesOptionsThatNoConnectionCanBeMadeWith()
{
    QFETCH(SocketClientOptions, options);
    QFETCH(QString, says);
    SocketClient client(options);
    const Errors errors(client);
    QSignalSpy retries(&client, &SocketClient::reconnectAttempt);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Disconnected);
    QTRY_COMPARE(errors.size(), 1);
    QCOMPARE(errors[0].code, ErrorCode::BadConfiguration);
    QVERIFY2(errors[0].message.contains(says), qPrintable(errors[0].message));
    QVERIFY(!errors[0].message.contains(u"secret"));
    QCOMPARE(retries.size(), 0);
    QVERIFY(!client.retryAt().isValid());
}

void ConnectionOptionsTest::goesThroughItsProxy()
{
    // The address is one that only the proxy could reach.
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    QByteArray asked;
    connect(&proxy, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *const socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&asked, socket] {
            asked += socket->readAll();
            if (asked.endsWith("\r\n\r\n"))
                socket->disconnectFromHost();
        });
    });
    auto options = fastOptions(QUrl(QStringLiteral("ws://inside.invalid:8080/ws")));
    options.proxy
        = QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.serverPort());
    SocketClient client(options);
    client.connectToServer();
    QTRY_VERIFY(asked.startsWith("CONNECT inside.invalid:8080 HTTP/1.1\r\n"));
}

void ConnectionOptionsTest::asksForTokenAndUrlAtOnceAndWaitsForBoth()
{
    for (const bool tokenFirst : {true, false}) {
        HostileServer server(&HostilePeer::acceptUpgrade);
        SocketClient client(fastOptions({}));
        Oracle<QString> tokens;
        Oracle<QUrl> urls;
        client.setTokenProvider(tokens.provider());
        client.setUrlProvider(urls.provider());
        client.connectToServer();
        QTRY_COMPARE(tokens.asked(), 1);
        QCOMPARE(urls.asked(), 1);
        tokenFirst ? tokens.answer(0, QStringLiteral("t")) : urls.answer(0, server.url());
        // Time for what must not happen: another client connects meanwhile.
        HostileServer other(&HostilePeer::acceptUpgrade);
        SocketClient witness(fastOptions(other.url()));
        witness.connectToServer();
        QTRY_COMPARE(witness.state(), State::Connected);
        QCOMPARE(server.peers.size(), 0);
        QCOMPARE(client.state(), State::Connecting);
        tokenFirst ? urls.answer(0, server.url()) : tokens.answer(0, QStringLiteral("t"));
        QTRY_COMPARE(server.upgrades(), 1);
        QTRY_COMPARE(server.peers[0]->texts(),
            QStringList{QStringLiteral(R"({"type":"auth","token":"t"})")});
    }
}

void ConnectionOptionsTest::asksForBothAnewForEachAttempt()
{
    HostileServer first;
    HostileServer second(&HostilePeer::acceptUpgrade);
    first.script = [](HostilePeer &peer) {
        peer.acceptUpgrade();
        peer.close(4001, "expired");
    };
    SocketClient client(fastOptions({}));
    int tokens = 0;
    int urls = 0;
    client.setTokenProvider([&] { return ready(QStringLiteral("t%1").arg(++tokens)); });
    client.setUrlProvider([&] { return ready(++urls == 1 ? first.url() : second.url()); });
    client.connectToServer();
    QTRY_COMPARE(second.upgrades(), 1);
    QTRY_COMPARE(
        second.peers[0]->texts(), QStringList{QStringLiteral(R"({"type":"auth","token":"t2"})")});
    QCOMPARE(first.upgrades(), 1);
    QCOMPARE(tokens, 2);
    QCOMPARE(urls, 2);
    QCOMPARE(client.state(), State::Connected);
}

void ConnectionOptionsTest::listensToNoAnswerOfAnOlderAttempt()
{
    HostileServer wrong(&HostilePeer::acceptUpgrade);
    HostileServer right;
    SocketClient client(fastOptions({}));
    Oracle<QString> tokens;
    Oracle<QUrl> urls;
    client.setTokenProvider(tokens.provider());
    client.setUrlProvider(urls.provider());
    client.connectToServer();
    QTRY_COMPARE(tokens.asked(), 1);
    client.disconnectFromServer();
    client.connectToServer();
    QTRY_COMPARE(tokens.asked(), 2);
    tokens.answer(1, QStringLiteral("new"));
    urls.answer(1, right.url());
    QTRY_COMPARE(right.upgrades(), 1);
    // Late, while the newer attempt is in its handshake.
    urls.answer(0, wrong.url());
    tokens.answer(0, QStringLiteral("old"));
    HostileServer other(&HostilePeer::acceptUpgrade);
    SocketClient witness(fastOptions(other.url()));
    witness.connectToServer();
    QTRY_COMPARE(witness.state(), State::Connected);
    right.peers[0]->acceptUpgrade();
    QTRY_COMPARE(
        right.peers[0]->texts(), QStringList{QStringLiteral(R"({"type":"auth","token":"new"})")});
    QCOMPARE(client.state(), State::Connected);
    QCOMPARE(wrong.peers.size(), 0);
}

void ConnectionOptionsTest::namesTheProviderThatFailed_data()
{
    QTest::addColumn<bool>("token");
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("says");
    for (const bool token : {true, false}) {
        const QString name
            = token ? QStringLiteral("token provider: ") : QStringLiteral("URL provider: ");
        const char *const who = token ? "token" : "URL";
        QTest::addRow("%s, exception in the future", who)
            << token << QStringLiteral("future") << name + QStringLiteral("the keyring is locked.");
        QTest::addRow("%s, exception in the call", who)
            << token << QStringLiteral("call") << name + QStringLiteral("the keyring is locked.");
        QTest::addRow("%s, cancelled", who) << token << QStringLiteral("cancelled") << name;
        QTest::addRow("%s, no future at all", who) << token << QStringLiteral("none") << name;
    }
}

void ConnectionOptionsTest::namesTheProviderThatFailed()
{
    QFETCH(bool, token);
    QFETCH(QString, how);
    QFETCH(QString, says);
    HostileServer server(&HostilePeer::acceptUpgrade);
    auto options = fastOptions(server.url());
    options.connection.maxReconnectAttempts = 1;
    SocketClient client(options);
    const Errors errors(client);
    QSignalSpy failed(&client, &SocketClient::reconnectFailed);
    const auto misbehave = [how]<typename T>(T /*type*/) -> QFuture<T> {
        const std::runtime_error locked("the keyring is locked");
        if (how == u"call")
            throw locked;
        if (how == u"none")
            return {};
        QPromise<T> promise;
        promise.start();
        if (how == u"future")
            promise.setException(std::make_exception_ptr(locked));
        else
            promise.future().cancel();
        promise.finish();
        return promise.future();
    };
    // The other one answers, or never does: the failure is the answer either way.
    Oracle<QUrl> urls;
    if (token) {
        client.setTokenProvider([=] { return misbehave(QString()); });
        client.setUrlProvider(urls.provider());
    } else {
        client.setTokenProvider([] { return ready(QStringLiteral("t")); });
        client.setUrlProvider([=] { return misbehave(QUrl()); });
    }
    client.connectToServer();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errors.size(), 2);
    for (const Error &error : errors) {
        QCOMPARE(error.code, ErrorCode::ProviderFailed);
        QVERIFY2(error.message.contains(says), qPrintable(error.message));
    }
    QCOMPARE(server.peers.size(), 0);
}

void ConnectionOptionsTest::namesTheProviderThatDoesNotAnswer_data()
{
    QTest::addColumn<bool>("tokenAnswers");
    QTest::addColumn<bool>("urlAnswers");
    QTest::addColumn<QString>("says");
    QTest::newRow("token") << false << true << QStringLiteral("The token provider gave no");
    QTest::newRow("URL") << true << false << QStringLiteral("The URL provider gave no");
    QTest::newRow("both") << false << false
                          << QStringLiteral("The token provider and the URL provider gave no");
}

void ConnectionOptionsTest::namesTheProviderThatDoesNotAnswer()
{
    QFETCH(bool, tokenAnswers);
    QFETCH(bool, urlAnswers);
    QFETCH(QString, says);
    HostileServer server(&HostilePeer::acceptUpgrade);
    auto options = fastOptions({});
    options.connection.connectionTimeout = 30ms;
    SocketClient client(options);
    const Errors errors(client);
    Oracle<QString> tokens;
    Oracle<QUrl> urls;
    client.setTokenProvider(
        tokenAnswers ? [] { return ready(QStringLiteral("t")); } : tokens.provider());
    client.setUrlProvider(urlAnswers ? [&] { return ready(server.url()); } : urls.provider());
    client.connectToServer();
    // On a machine that is busy, the one that answers may be late as well, and is named then too:
    // not each time.
    const auto isNamedAlone = [&] {
        return std::ranges::any_of(
            errors, [&](const Error &error) { return error.message.startsWith(says); });
    };
    QTRY_VERIFY2(
        isNamedAlone(), qPrintable(errors.empty() ? QString() : errors[errors.size() - 1].message));
    QTRY_VERIFY(errors.size() >= 2);
    for (const Error &error : errors)
        QCOMPARE(error.code, ErrorCode::ConnectionTimeout);
    QCOMPARE(server.peers.size(), 0);
}

void ConnectionOptionsTest::waitsBetweenUnusableAddresses()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client(fastOptions({}));
    const Errors errors(client);
    QSignalSpy retries(&client, &SocketClient::reconnectAttempt);
    int asked = 0;
    client.setUrlProvider([&] {
        return ready(++asked <= 3 ? QUrl(QStringLiteral("http://secret/")) : server.url());
    });
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QCOMPARE(asked, 4);
    QCOMPARE(errors.size(), 3);
    QCOMPARE(errors[0].code, ErrorCode::BadConfiguration);
    QVERIFY(errors[0].message.startsWith(u"The URL provider's address"));
    QVERIFY(!errors[0].message.contains(u"secret"));
    QCOMPARE(retries.size(), 3);
}

void ConnectionOptionsTest::survivesAProviderThatActsOnTheClient_data()
{
    QTest::addColumn<bool>("deletes");
    QTest::newRow("disconnects") << false;
    QTest::newRow("deletes") << true;
}

void ConnectionOptionsTest::survivesAProviderThatActsOnTheClient()
{
    QFETCH(bool, deletes);
    HostileServer server(&HostilePeer::acceptUpgrade);
    auto client = std::make_unique<SocketClient>(fastOptions(server.url()));
    bool asked = false;
    client->setTokenProvider([&] {
        asked = true;
        if (deletes)
            client.reset();
        else
            client->disconnectFromServer();
        return ready(QStringLiteral("t"));
    });
    int urls = 0;
    client->setUrlProvider([&] {
        ++urls;
        return ready(server.url());
    });
    client->connectToServer();
    QTRY_VERIFY(asked);
    HostileServer other(&HostilePeer::acceptUpgrade);
    SocketClient witness(fastOptions(other.url()));
    witness.connectToServer();
    QTRY_COMPARE(witness.state(), State::Connected);
    QCOMPARE(server.peers.size(), 0);
    QCOMPARE(urls, deletes ? 0 : 1);
    if (client)
        QCOMPARE(client->state(), State::Disconnected);
}

QTEST_GUILESS_MAIN(ConnectionOptionsTest)
#include "tst_connectionoptions.moc"
