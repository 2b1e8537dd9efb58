// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "peer.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <random>
#include <unistd.h>

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
    void takesOverTheDirectoryOfAContainer_data();
    void takesOverTheDirectoryOfAContainer();
    void takesOverTheLockThatAnOlderVersionLeft();
    void leavesTheDirectoryToAnOlderVersionThatLives();
    void keepsWhatItAcceptedWhenKilled();

private:
    /// By another program, where there is one, which is given this one's arguments behind its own.
    void start(const QStringList &by = {})
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        const QStringList all
            = by + QStringList{program, u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, data()};
        m_process->start(all.first(), all.sliced(1));
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
    bool isListening() const
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, quint16(m_url.port()));
        return socket.waitForConnected(patience);
    }
    QString lock() const { return data() + u"/lock"_s; }
    bool writeLock(const QByteArray &text) const
    {
        QFile file(lock());
        return QDir().mkpath(data()) && file.open(QIODevice::WriteOnly)
            && file.write(text) == text.size();
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
    // The file is no sign of life, and what older versions know a dead process by.
    QVERIFY(QFile::exists(lock()));
    start();
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
    for (const QString &option : {u"--tokens"_s, u"--log"_s, u"--listen"_s, u"--tls-cert"_s})
        QTest::addRow("empty %ls", qUtf16Printable(option))
            << QStringList{option, QString()} << 2 << option;
    QTest::newRow("help of Qt's") << QStringList{u"--help-all"_s} << 2 << u"help-all"_s;
    QTest::newRow("help of Qt's, of a command")
        << QStringList{u"token"_s, u"new"_s, u"--help-all"_s} << 2 << u"help-all"_s;
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
    QVERIFY(QFile::exists(lock()));
    start();
    QCOMPARE(room().value(u"epoch"_s).toString(), epoch);
    QCOMPARE(room().value(u"incidents"_s).toArray().size(), 1);
}

void ProcessTest::takesOverTheDirectoryOfAContainer_data()
{
    QTest::addColumn<QString>("before");
    QTest::newRow("started again") << u"true"_s;
    QTest::newRow("made anew")
        << u"hostname another && for id in /etc/machine-id /var/lib/dbus/machine-id; do"
           " test ! -e $id || mount --bind /dev/null $id; done"_s;
}

void ProcessTest::takesOverTheDirectoryOfAContainer()
{
    QFETCH(QString, before);
    // Process 1 of its own, as the one before it was, and that lives: it is itself.
    QStringList container{u"unshare"_s};
    if (::geteuid() != 0)
        container += {u"--user"_s, u"--map-root-user"_s};
    container
        += {u"--pid"_s, u"--fork"_s, u"--kill-child"_s, u"--mount-proc"_s, u"--uts"_s, u"--"_s};
    QProcess probe;
    probe.start(container.first(), container.sliced(1) + QStringList{u"true"_s});
    if (!probe.waitForFinished() || probe.exitStatus() != QProcess::NormalExit
        || probe.exitCode() != 0)
        QSKIP("There may be no namespaces of one's own here.");

    start(container);
    killHard();
    QTRY_VERIFY(!isListening());
    QFile left(lock());
    QVERIFY(left.open(QIODevice::ReadOnly));
    QCOMPARE(left.readLine(), "1\n"_ba);
    start(container + QStringList{u"sh"_s, u"-c"_s, before + u" && exec \"$@\""_s, u"sh"_s});
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"a"_s)).status, 200);
}

void ProcessTest::takesOverTheLockThatAnOlderVersionLeft()
{
    // In a container that is no more: its process 1 was it, and here it is another one.
    QVERIFY(writeLock("1\ntocsin-gateway\n0f3c9a1b2c3d\n\n" + QSysInfo::bootUniqueId() + '\n'));
    QVERIFY(QFile::setPermissions(
        lock(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    start();
    QCOMPARE(QFile::permissions(lock())
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
    // Which sees it, as it would see its own kind.
    QLockFile older(lock());
    older.setStaleLockTime(0);
    QVERIFY(!older.tryLock(0));
    QCOMPARE(older.error(), QLockFile::LockFailedError);
}

void ProcessTest::leavesTheDirectoryToAnOlderVersionThatLives()
{
    QVERIFY(QDir().mkpath(data()));
    QLockFile older(lock());
    QVERIFY(older.tryLock(0));
    QProcess second;
    second.start(program, {u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, data()});
    QVERIFY(second.waitForFinished());
    QCOMPARE(second.exitCode(), 1);
    const QByteArray said = second.readAllStandardError();
    QVERIFY2(said.contains("in use by " + QCoreApplication::applicationName().toUtf8()
                 + " (process " + QByteArray::number(QCoreApplication::applicationPid())),
        said.constData());
    older.unlock();
    start();
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
