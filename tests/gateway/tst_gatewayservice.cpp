// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "peer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <array>
#include <csignal>
#include <cstring>
#include <utility>

#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tocsin::test;

namespace {

/// What systemd is to a service: a socket that is told how it is.
class NotifySocket
{
public:
    explicit NotifySocket(const QByteArray &name)
        : m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.constData(), std::size_t(name.size()));
        if (name[0] == '@')
            address.sun_path[0] = '\0';
        m_isBound = ::bind(m_socket, reinterpret_cast<const sockaddr *>(&address),
                        socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(name.size())))
            == 0;
    }
    ~NotifySocket() { ::close(m_socket); }
    NotifySocket(const NotifySocket &) = delete;
    NotifySocket &operator=(const NotifySocket &) = delete;

    [[nodiscard]] bool isBound() const { return m_isBound; }
    /// All that has come and was not heard yet.
    [[nodiscard]] QByteArrayList take()
    {
        receive();
        return std::exchange(m_states, {});
    }
    /// Whether one that begins so comes; it and those before it are dropped.
    [[nodiscard]] bool hears(QByteArrayView begin)
    {
        return QTest::qWaitFor(
            [&] {
                receive();
                while (!m_states.isEmpty()) {
                    m_last = m_states.takeFirst();
                    if (m_last.startsWith(begin))
                        return true;
                }
                return false;
            },
            patience);
    }
    [[nodiscard]] QByteArray last() const { return m_last; }

private:
    void receive()
    {
        std::array<char, 4096> bytes;
        for (;;) {
            const ssize_t size = ::recv(m_socket, bytes.data(), bytes.size(), 0);
            if (size <= 0)
                return;
            m_states.append(QByteArray(bytes.data(), size));
        }
    }

    int m_socket;
    bool m_isBound = false;
    QByteArrayList m_states;
    QByteArray m_last;
};

} // namespace

/// The program tocsin-gateway as systemd sees it: it says when it serves, reads anew and stops, and
/// feeds the watchdog for as long as its threads turn.
class GatewayServiceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhatItDoes_data();
    void saysWhatItDoes();
    void starvesTheWatchdogWhileAThreadHangs_data();
    void starvesTheWatchdogWhileAThreadHangs();
    void leavesTheWatchdogOfAnotherProcessAlone();
    void servesWhereNobodyListens();

private:
    void start(const QByteArray &socket, const QByteArrayList &more = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NOTIFY_SOCKET"_s, QString::fromLocal8Bit(socket));
        for (const QByteArray &variable : more) {
            const qsizetype equals = variable.indexOf('=');
            environment.insert(QString::fromLatin1(variable.left(equals)),
                QString::fromLatin1(variable.mid(equals + 1)));
        }
        m_process = std::make_unique<QProcess>();
        m_process->setProcessEnvironment(environment);
        m_process->start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
            {u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, m_directory->filePath(u"data"_s),
                u"--log-level"_s, u"debug"_s});
        QVERIFY(m_process->waitForStarted());
    }
    [[nodiscard]] bool says(QByteArrayView text)
    {
        return QTest::qWaitFor(
            [&] {
                m_said += m_process->readAllStandardError();
                return m_said.contains(text);
            },
            patience);
    }
    /// So often from now on, nobody is fed.
    [[nodiscard]] bool looksInVain(int times)
    {
        // What was said until now has come by its end.
        QCoreApplication::processEvents();
        static_cast<void>(m_process->readAllStandardError());
        m_said.clear();
        return QTest::qWaitFor(
            [&] {
                m_said += m_process->readAllStandardError();
                return m_said.count("event=watchdog.unfed") >= times;
            },
            patience);
    }
    void signal(int number) { ::kill(pid_t(m_process->processId()), number); }
    [[nodiscard]] pid_t threadNamed(const QByteArray &name) const
    {
        const QString tasks = u"/proc/%1/task"_s.arg(m_process->processId());
        for (const QString &task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile file(tasks + u'/' + task + u"/comm"_s);
            if (file.open(QIODevice::ReadOnly) && file.readAll().trimmed() == name)
                return pid_t(task.toInt());
        }
        return 0;
    }
    QByteArray path() const { return m_directory->filePath(u"notify"_s).toLocal8Bit(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_said;
};

void GatewayServiceTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_said.clear();
}

void GatewayServiceTest::cleanup()
{
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        m_process->waitForFinished();
    }
    m_process.reset();
}

void GatewayServiceTest::saysWhatItDoes_data()
{
    QTest::addColumn<bool>("isAbstract");
    QTest::newRow("a path") << false;
    QTest::newRow("a name without a file") << true;
}

void GatewayServiceTest::saysWhatItDoes()
{
    QFETCH(bool, isAbstract);
    const QByteArray name = isAbstract
        ? "@tocsin-test-" + QByteArray::number(QCoreApplication::applicationPid())
        : path();
    NotifySocket systemd(name);
    QVERIFY(systemd.isBound());
    start(name);
    QVERIFY(systemd.hears("READY=1\nSTATUS=Listening on http://127.0.0.1:"));
    // What it says is so.
    const QByteArray url = systemd.last().mid(systemd.last().indexOf("http://"));
    QCOMPARE(request("GET", QUrl(QString::fromLatin1(url) + u"/readyz"_s)).status, 200);

    signal(SIGHUP);
    QVERIFY(systemd.hears("RELOADING=1\nMONOTONIC_USEC="));
    QVERIFY(systemd.last().mid(systemd.last().lastIndexOf('=') + 1).toLongLong() > 0);
    QVERIFY(systemd.hears("READY=1"));

    signal(SIGTERM);
    QVERIFY(systemd.hears("STOPPING=1"));
    QTRY_COMPARE_WITH_TIMEOUT(m_process->state(), QProcess::NotRunning, patience);
    QCOMPARE(m_process->exitCode(), 0);
    // Nobody asked for a watchdog's food.
    for (const QByteArray &state : systemd.take())
        QVERIFY(!state.startsWith("WATCHDOG"));
}

void GatewayServiceTest::starvesTheWatchdogWhileAThreadHangs_data()
{
    QTest::addColumn<QByteArray>("thread");
    QTest::newRow("sockets") << "sockets"_ba;
    QTest::newRow("log") << "log"_ba;
}

void GatewayServiceTest::starvesTheWatchdogWhileAThreadHangs()
{
    QFETCH(QByteArray, thread);
    NotifySocket systemd(path());
    QVERIFY(systemd.isBound());
    // A look a second: an idle thread of a busy machine is given its turn in that time.
    start(path(), {"WATCHDOG_USEC=4000000"});
    QVERIFY(systemd.hears("READY=1"));
    for (int i = 0; i < 2; ++i)
        QVERIFY(systemd.hears("WATCHDOG=1"));

    // One thread is held, the others go on, as where it waits for something that never comes.
    const pid_t held = threadNamed("tocsin-" + thread);
    QVERIFY(held != 0);
    QCOMPARE(::ptrace(PTRACE_SEIZE, held, nullptr, nullptr), 0);
    QCOMPARE(::ptrace(PTRACE_INTERRUPT, held, nullptr, nullptr), 0);
    QCOMPARE(::waitpid(held, nullptr, __WALL), held);
    QVERIFY(says("event=watchdog.hanging"));
    // Of two looks, the first may have found what the thread did before it was held.
    QVERIFY(looksInVain(2));
    static_cast<void>(systemd.take());
    // It looks again and again, and feeds nobody.
    QVERIFY(looksInVain(3));
    QCOMPARE(systemd.take(), QByteArrayList());

    QCOMPARE(::ptrace(PTRACE_DETACH, held, nullptr, nullptr), 0);
    QVERIFY(says("event=watchdog.turning"));
    QVERIFY(systemd.hears("WATCHDOG=1"));
}

void GatewayServiceTest::leavesTheWatchdogOfAnotherProcessAlone()
{
    NotifySocket systemd(path());
    QVERIFY(systemd.isBound());
    start(path(), {"WATCHDOG_USEC=100000", "WATCHDOG_PID=1"});
    QVERIFY(systemd.hears("READY=1"));
    signal(SIGTERM);
    QTRY_COMPARE_WITH_TIMEOUT(m_process->state(), QProcess::NotRunning, patience);
    const QByteArrayList states = systemd.take();
    QCOMPARE(states.size(), 1);
    QVERIFY(states.constFirst().startsWith("STOPPING=1"));
}

void GatewayServiceTest::servesWhereNobodyListens()
{
    start(path());
    QVERIFY(says("event=service.untold"));
    QVERIFY(QTest::qWaitFor([this] { return m_process->canReadLine(); }, patience));
    signal(SIGTERM);
    QTRY_COMPARE_WITH_TIMEOUT(m_process->state(), QProcess::NotRunning, patience);
    QCOMPARE(m_process->exitCode(), 0);
    m_said += m_process->readAllStandardError();
    QCOMPARE(m_said.count("event=service.untold"), 1);
}

QTEST_GUILESS_MAIN(GatewayServiceTest)
#include "tst_gatewayservice.moc"
