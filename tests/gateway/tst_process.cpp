// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "peer.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <random>

using namespace tocsin::test;

namespace {
const QString program = QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway");
}

/// The program tocsin-gateway as others see it: its lines, its signals, its exit status, and what
/// is left when it is killed.
class ProcessTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhereItListensAndStopsCleanly_data();
    void saysWhereItListensAndStopsCleanly();
    void saysInOneSentenceWhatIsWrong_data();
    void saysInOneSentenceWhatIsWrong();
    void saysThatItCannotReachRedis();
    void printsATokenOnce();
    void takesOverTheDirectoryOfOneThatWasKilled();
    void keepsWhatItAcceptedWhenKilled();

private:
    void start()
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process->start(program, {u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, data()});
        QVERIFY(QTest::qWaitFor([this] { return m_process->canReadLine(); }, patience));
        m_line = QString::fromUtf8(m_process->readLine());
        const auto match = QRegularExpression(u"http://[^ ]+"_s).match(m_line);
        QVERIFY2(match.hasMatch(), qPrintable(m_line));
        m_url = QUrl(match.captured());
    }
    void killHard()
    {
        m_process->kill(); // SIGKILL
        QVERIFY(m_process->waitForFinished());
    }
    QString data() const { return m_directory->filePath(u"data"_s); }
    QJsonObject room() { return request("GET", m_url.resolved(QUrl(u"/api/incidents"_s))).json(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QProcess> m_process;
    QString m_line;
    QUrl m_url;
};

void ProcessTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
}

void ProcessTest::cleanup()
{
    if (m_process && m_process->state() != QProcess::NotRunning)
        killHard();
    m_process.reset();
}

void ProcessTest::saysWhereItListensAndStopsCleanly_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void ProcessTest::saysWhereItListensAndStopsCleanly()
{
    QFETCH(int, signal);
    start();
    const int port = m_url.port();
    QCOMPARE(m_line,
        u"tocsin-gateway: listening on http://127.0.0.1:%1 (ws://127.0.0.1:%1/ws),"
        u" data in %2\n"_s.arg(port)
            .arg(data()));
    Peer peer(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(port)));
    QVERIFY(peer.join(u"account:default"_s));
    QVERIFY(peer.waitForMessages(2));
    ::kill(pid_t(m_process->processId()), signal);
    QVERIFY(peer.waitForClose(1001));
    QVERIFY(m_process->waitForFinished(5000));
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 0);
    QVERIFY(!QFile::exists(data() + u"/gateway.url"_s));
    QVERIFY(!QFile::exists(data() + u"/lock"_s));
}

void ProcessTest::saysInOneSentenceWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("names");
    QTest::newRow("unknown option") << QStringList{u"--paint"_s} << 2 << u"paint"_s;
    QTest::newRow("no port") << QStringList{u"--listen"_s, u"127.0.0.1"_s} << 2 << u"--listen"_s;
    QTest::newRow("command") << QStringList{u"dance"_s} << 2 << u"dance"_s;
    QTest::newRow("no role") << QStringList{u"token"_s, u"new"_s, u"--tokens"_s, u"x"_s,
        u"--name"_s, u"y"_s} << 2
                             << u"--role"_s;
    QTest::newRow("beyond loopback")
        << QStringList{u"--listen"_s, u"0.0.0.0:0"_s} << 1 << u"tokens"_s;
    QTest::newRow("password in an address")
        << QStringList{u"--log"_s, u"redis://:x@127.0.0.1"_s} << 1 << u"must not hold a user"_s;
    QTest::newRow("tokens file") << QStringList{u"--tokens"_s, u"/nonexistent"_s} << 1
                                 << u"/nonexistent"_s;
}

void ProcessTest::saysInOneSentenceWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, names);
    if (arguments.first().startsWith(u"--"))
        arguments += {u"--data-dir"_s, data()};
    QProcess process;
    process.start(program, arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), status);
    const QByteArray error = process.readAllStandardError();
    QVERIFY2(error.startsWith("tocsin-gateway: "), error.constData());
    QVERIFY2(error.contains(names.toUtf8()), error.constData());
    QCOMPARE(error.count('\n'), 1);
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

void ProcessTest::saysThatItCannotReachRedis()
{
    QProcess process;
    process.start(program,
        {u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, data(), u"--log"_s,
            u"redis://127.0.0.1:1"_s});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.endsWith("tocsin-gateway: Redis at redis://127.0.0.1:1/0 cannot be reached:"
                           " Connection refused.\n"),
        said.constData());
}

void ProcessTest::printsATokenOnce()
{
    const QString file = m_directory->filePath(u"tokens.toml"_s);
    QProcess process;
    const QStringList arguments{
        u"token"_s, u"new"_s, u"--tokens"_s, file, u"--name"_s, u"ann"_s, u"--role"_s, u"viewer"_s};
    process.start(program, arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    // Nothing beside it: what it is sent to is a token file.
    QByteArray token = process.readAllStandardOutput();
    QVERIFY(token.endsWith('\n'));
    token.chop(1);
    QVERIFY2(
        token.size() >= 43 && !token.contains(' ') && !token.contains('\n'), token.constData());
    QVERIFY(process.readAllStandardError().contains("ann (viewer)"));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(!written.readAll().contains(token));
    process.start(program, arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1); // the name is in use
}

void ProcessTest::takesOverTheDirectoryOfOneThatWasKilled()
{
    start();
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"a"_s)).status, 200);
    const QString epoch = room().value(u"epoch"_s).toString();

    QProcess second;
    second.start(program, {u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, data()});
    QVERIFY(second.waitForFinished());
    QCOMPARE(second.exitCode(), 1);
    QVERIFY(second.readAllStandardError().contains("in use"));

    killHard();
    QVERIFY(QFile::exists(data() + u"/lock"_s));
    start();
    QCOMPARE(room().value(u"epoch"_s).toString(), epoch);
    QCOMPARE(room().value(u"incidents"_s).toArray().size(), 1);
}

void ProcessTest::keepsWhatItAcceptedWhenKilled()
{
    // Killed at any moment while alerts are posted: what was answered 2xx is there, nothing twice,
    // no hole in the sequence, the epoch the same. TOCSIN_KILLS asks for more rounds.
    const int rounds = std::max(12, qEnvironmentVariableIntValue("TOCSIN_KILLS"));
    std::minstd_rand random(20260201);
    QSet<QString> accepted;
    QString epoch;
    int posted = 0;
    for (int round = 0; round < rounds; ++round) {
        start();
        if (QTest::currentTestFailed())
            return;
        QNetworkAccessManager manager;
        const int survivors = std::uniform_int_distribution(1, 60)(random);
        int answered = 0;
        std::vector<std::unique_ptr<QNetworkReply>> replies;
        const auto postOne = [&] {
            const QString key = QString::number(posted++);
            QNetworkRequest request(m_url.resolved(QUrl(u"/ingest/incident"_s)));
            request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
            auto *reply = manager.post(request, nativeReport(key));
            replies.emplace_back(reply);
            connect(reply, &QNetworkReply::finished, this, [&, key, reply] {
                if (reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200)
                    return;
                accepted.insert(key);
                if (++answered == survivors)
                    ::kill(pid_t(m_process->processId()), SIGKILL);
            });
        };
        for (int i = 0; i < 100; ++i)
            postOne();
        QVERIFY(
            QTest::qWaitFor([&] { return m_process->state() == QProcess::NotRunning; }, patience));
        QVERIFY(QTest::qWaitFor(
            [&] {
                return std::ranges::all_of(
                    replies, [](auto &reply) { return reply->isFinished(); });
            },
            patience));

        start();
        if (QTest::currentTestFailed())
            return;
        const QJsonObject state = room();
        if (epoch.isEmpty())
            epoch = state.value(u"epoch"_s).toString();
        QCOMPARE(state.value(u"epoch"_s).toString(), epoch);
        const QJsonArray incidents = state.value(u"incidents"_s).toArray();
        QSet<QString> titles;
        for (const QJsonValue &incident : incidents) {
            titles.insert(incident[u"title"_s].toString());
            QCOMPARE(incident[u"count"_s].toInt(), 1);
        }
        QCOMPARE(titles.size(), incidents.size());
        for (const QString &key : std::as_const(accepted))
            QVERIFY2(titles.contains(u"Title of "_s + key), qPrintable(key));
        QCOMPARE(state.value(u"seq"_s).toInt(), int(incidents.size()));

        Peer peer(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(m_url.port())));
        QVERIFY(peer.send({{u"type"_s, u"room.join"_s}, {u"room"_s, u"account:default"_s},
            {u"since"_s, QJsonObject{{u"epoch"_s, epoch}, {u"seq"_s, 0}}}}));
        QVERIFY(peer.waitForMessages(1 + incidents.size()));
        for (int seq = 1; seq <= incidents.size(); ++seq)
            QCOMPARE(peer.messages[seq].value(u"seq"_s).toInt(), seq);
        killHard();
    }
    QVERIFY(!accepted.isEmpty());
}

QTEST_GUILESS_MAIN(ProcessTest)
#include "tst_process.moc"
