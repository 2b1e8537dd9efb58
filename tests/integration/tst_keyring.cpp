// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "keyringsecrets.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

template <typename T>
Expected<T> resultOf(const QFuture<Expected<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience))
        return makeError(ErrorCode::TimedOut, u"never"_s);
    return future.result();
}

} // namespace

/// A real keyring, GNOME's, on a bus and in a home of its own.
class KeyringTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void isThere();
    void keepsAndForgets();
    void outlivesTheProgram();
    void asksOnceWhatIsAskedTwiceAtATime();
    void isItsOwnersOnDisk();
    void saysThatThereIsNone();

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

void KeyringTest::initTestCase()
{
    QFile::setPermissions(
        m_home.path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    const QString socket = m_home.filePath(u"bus"_s);
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + socket.toUtf8());
    for (const char *const name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        qputenv(name, m_home.path().toUtf8());
    // It is GNOME's that is asked, whatever desktop this is.
    qputenv("XDG_CURRENT_DESKTOP", "GNOME");
    QFile config(m_home.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    // Starts no service by itself: what is not started here is not there.
    config.write("<busconfig><type>session</type><listen>unix:path=" + socket.toUtf8()
        + "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow user=\"*\"/>"
          "<allow own=\"*\"/><allow send_destination=\"*\" eavesdrop=\"true\"/>"
          "<allow eavesdrop=\"true\"/></policy>"
          "</busconfig>");
    config.close();
    m_bus.start(
        u"dbus-daemon"_s, {"--config-file=" + config.fileName(), "--nofork", "--nopidfile"});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(socket), patience);
    // The keyring's password is the line: an empty one.
    m_keyring.start(
        u"gnome-keyring-daemon"_s, {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
    QVERIFY2(m_keyring.waitForStarted(), qPrintable(m_keyring.errorString()));
    m_keyring.write("\n");
    m_keyring.closeWriteChannel();
    KeyringSecrets secrets;
    QVERIFY2(QTest::qWaitFor([&] { return bool(resultOf(secrets.check())); }, patience),
        m_keyring.readAllStandardError().constData());
}

void KeyringTest::cleanupTestCase()
{
    for (QProcess *const process : {&m_keyring, &m_bus}) {
        process->kill();
        process->waitForFinished();
    }
}

void KeyringTest::isThere()
{
    KeyringSecrets secrets;
    const auto there = resultOf(secrets.check());
    QVERIFY2(there, qPrintable(there ? QString() : there.error().message));
}

void KeyringTest::keepsAndForgets()
{
    KeyringSecrets secrets;
    QCOMPARE(resultOf(secrets.read(u"a"_s)).error().code, ErrorCode::NotFound);
    QVERIFY(resultOf(secrets.write(u"a"_s, u"first"_s)));
    QVERIFY(resultOf(secrets.write(u"b"_s, u"other"_s)));
    QVERIFY(resultOf(secrets.write(u"a"_s, u"sécond"_s)));
    QCOMPARE(resultOf(secrets.read(u"a"_s)).value(), u"sécond"_s);
    QVERIFY(resultOf(secrets.remove(u"a"_s)));
    QCOMPARE(resultOf(secrets.read(u"a"_s)).error().code, ErrorCode::NotFound);
    QCOMPARE(resultOf(secrets.read(u"b"_s)).value(), u"other"_s);
    QVERIFY(resultOf(secrets.remove(u"a"_s)));
}

void KeyringTest::outlivesTheProgram()
{
    {
        KeyringSecrets earlier;
        QVERIFY(resultOf(earlier.write(u"kept"_s, u"secret"_s)));
    }
    KeyringSecrets later;
    QCOMPARE(resultOf(later.read(u"kept"_s)).value(), u"secret"_s);
    // Of another program's there is nothing to be seen.
    KeyringSecrets other(u"Something else"_s);
    QCOMPARE(resultOf(other.read(u"kept"_s)).error().code, ErrorCode::NotFound);
}

void KeyringTest::asksOnceWhatIsAskedTwiceAtATime()
{
    KeyringSecrets secrets;
    QVERIFY(resultOf(secrets.write(u"twice"_s, u"secret"_s)));
    const auto one = secrets.read(u"twice"_s);
    const auto other = secrets.read(u"twice"_s);
    QCOMPARE(resultOf(one).value(), u"secret"_s);
    QVERIFY(other.isFinished());
    QCOMPARE(other.result().value(), u"secret"_s);
    QVERIFY(resultOf(secrets.write(u"twice"_s, u"newer"_s)));
    QCOMPARE(resultOf(secrets.read(u"twice"_s)).value(), u"newer"_s);
}

void KeyringTest::isItsOwnersOnDisk()
{
    KeyringSecrets secrets;
    QVERIFY(resultOf(secrets.write(u"disk"_s, u"hunter2-hunter2"_s)));
    QFile file(m_home.filePath(u"keyrings/login.keyring"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.size() > 0);
    QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

void KeyringTest::saysThatThereIsNone()
{
    m_keyring.kill();
    QVERIFY(m_keyring.waitForFinished());
    KeyringSecrets secrets;
    const auto checked = resultOf(secrets.check());
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::Unavailable);
    QVERIFY2(checked.error().message.startsWith(u"No keyring answers here"),
        qPrintable(checked.error().message));
    const auto written = resultOf(secrets.write(u"a"_s, u"hunter2"_s));
    QVERIFY(!written);
    QVERIFY(!written.error().message.contains(u"hunter2"));
    QVERIFY(!resultOf(secrets.read(u"b"_s)));
}

QTEST_GUILESS_MAIN(KeyringTest)
#include "tst_keyring.moc"
