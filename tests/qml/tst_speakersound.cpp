// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmsound.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <span>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

/// The loudest of 16-bit samples.
int loudest(const QByteArray &bytes)
{
    const std::span samples(
        reinterpret_cast<const qint16 *>(bytes.constData()), std::size_t(bytes.size()) / 2);
    int most = 0;
    for (const qint16 sample : samples)
        most = std::max(most, std::abs(int(sample)));
    return most;
}

} // namespace

/// A real sound server with a sound card that is none: what is played is recorded from it.
class SpeakerSoundTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void isHeardAndStops();
    void saysThatTheOutputIsGone();

private:
    QTemporaryDir m_directory;
    QProcess m_server;
    QProcess m_recorder;
    QByteArray m_recorded;
};

void SpeakerSoundTest::initTestCase()
{
    if (QStandardPaths::findExecutable(u"pulseaudio"_s).isEmpty()
        || QStandardPaths::findExecutable(u"parec"_s).isEmpty()) {
        QSKIP("There is no pulseaudio here (scripts/packages.txt).");
    }
    // Nothing of the person's own sound is touched.
    for (const char *const name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME"})
        qputenv(name, m_directory.path().toUtf8());
    const QString socket = m_directory.filePath(u"socket"_s);
    qputenv("PULSE_SERVER", "unix:" + socket.toUtf8());
    QFile script(m_directory.filePath(u"null.pa"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("load-module module-null-sink sink_name=alarm\n"
                 "load-module module-native-protocol-unix auth-anonymous=1 socket="
        + socket.toUtf8() + '\n');
    script.close();
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.start(u"pulseaudio"_s,
        {u"-n"_s, u"--daemonize=no"_s, u"--exit-idle-time=-1"_s, u"--use-pid-file=no"_s,
            u"--disable-shm=yes"_s, u"-F"_s, script.fileName()});
    QTRY_VERIFY2_WITH_TIMEOUT(QFile::exists(socket),
        (m_server.waitForReadyRead(0), m_server.peek(2'000).constData()), patience);
    connect(&m_recorder, &QProcess::readyReadStandardOutput, this,
        [this] { m_recorded += m_recorder.readAllStandardOutput(); });
    // The socket is there a moment before anybody listens on it.
    connect(&m_recorder, &QProcess::finished, this, [this] {
        if (m_recorded.isEmpty())
            m_recorder.start();
    });
    m_recorder.setProgram(u"parec"_s);
    m_recorder.setArguments({u"--device=alarm.monitor"_s, u"--format=s16le"_s, u"--channels=1"_s,
        u"--rate=48000"_s, u"--latency-msec=20"_s});
    m_recorder.start();
    QTRY_VERIFY2_WITH_TIMEOUT(
        !m_recorded.isEmpty(), m_recorder.readAllStandardError().constData(), patience);
}

void SpeakerSoundTest::cleanupTestCase()
{
    for (QProcess *const process : {&m_recorder, &m_server}) {
        process->terminate();
        process->waitForFinished();
    }
}

void SpeakerSoundTest::isHeardAndStops()
{
    const auto sound = makeAlarmSound();
    QCOMPARE(sound->fault(), QString());
    m_recorded.clear();
    sound->play(AlarmTone::Critical, 1);
    QTRY_VERIFY_WITH_TIMEOUT(loudest(m_recorded) > 10'000, patience);
    // In the middle of a tone of two seconds: what is left of it is not heard.
    QElapsedTimer since;
    since.start();
    sound->stop();
    QTRY_VERIFY_WITH_TIMEOUT(
        m_recorded.size() > 4'800 && loudest(m_recorded.last(4'800)) == 0, patience);
    QVERIFY2(since.elapsed() < toneLength(AlarmTone::Critical).count() / 2,
        qPrintable(QString::number(since.elapsed())));

    // To its end, at a volume of its own; and one in place of the other.
    m_recorded.clear();
    sound->play(AlarmTone::Critical, 0.3);
    sound->play(AlarmTone::Info, 0.5);
    QTRY_VERIFY_WITH_TIMEOUT(loudest(m_recorded) > 1'000, patience);
    QTRY_VERIFY_WITH_TIMEOUT(loudest(m_recorded.last(4'800)) == 0, patience);
    QVERIFY2(loudest(m_recorded) < 5'000, qPrintable(QString::number(loudest(m_recorded))));
    QCOMPARE(sound->fault(), QString());
}

void SpeakerSoundTest::saysThatTheOutputIsGone()
{
    const auto sound = makeAlarmSound();
    const QSignalSpy changed(sound.get(), &AlarmSound::faultChanged);
    QProcess pactl;
    pactl.start(u"pactl"_s, {u"unload-module"_s, u"module-null-sink"_s});
    QVERIFY(pactl.waitForFinished());
    // PulseAudio puts a null sink of its own in the place of the last one, so end it.
    m_server.terminate();
    QVERIFY(m_server.waitForFinished());
    sound->play(AlarmTone::Critical, 1);
    QTRY_VERIFY_WITH_TIMEOUT(sound->fault().startsWith(u"No sound"), patience);
    QVERIFY(!changed.isEmpty());
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    SpeakerSoundTest test;
    const int status = QTest::qExec(&test, argc, argv);
    if (isSoundServerConnected())
        std::quick_exit(status);
    return status;
}

#include "tst_speakersound.moc"
