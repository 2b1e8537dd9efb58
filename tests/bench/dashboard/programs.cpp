// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "programs.h"

#include "processes.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

#include <chrono>
#include <csignal>
#include <sys/prctl.h>

namespace tocsin::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr double patience = 120;
// The mark at the left of a warning's row, which both draw alike, and where it is looked for.
constexpr unsigned warningColour = 0xffb938;
constexpr QRect markArea{20, 200, 24, 500};
constexpr int markPoints = 500;

double secondsSince(std::int64_t moment)
{
    return double(nowInNanoseconds() - moment) / 1e9;
}

template <typename Condition>
bool waitFor(Condition condition)
{
    const std::int64_t begin = nowInNanoseconds();
    while (!condition()) {
        if (secondsSince(begin) > patience)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace

QString chromium()
{
    const QString debian = u"/usr/lib/chromium/chromium"_s;
    if (QFileInfo(debian).isExecutable())
        return debian;
    const QString found = QStandardPaths::findExecutable(u"chromium"_s);
    return found.isEmpty() ? QStandardPaths::findExecutable(u"google-chrome"_s) : found;
}

Program::Program(Kind kind, Desktop &desktop, Stream stream)
    : m_kind(kind)
    , m_screen(desktop.screen)
    , m_busProcess(desktop.bus.processId())
    , m_stream(std::move(stream))
{
    m_stream.mayBegin = [this] { return m_mayBegin.load(); };
    m_serving = std::thread([this] { m_sender.serve(m_stream); });
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s,
             u"XDG_DATA_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, m_home.path());
    environment.insert(u"DISPLAY"_s, m_screen.display());
    if (!desktop.bus.address().isEmpty())
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, desktop.bus.address());
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"QT_QUICK_BACKEND"_s, u"software"_s);
    environment.insert(u"QT_LOGGING_RULES"_s, u"qt.scenegraph.time.renderloop=true"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_startedAt = nowInNanoseconds();
    m_kind == Kind::Dashboard ? startDashboard() : startPage();
}

Program::~Program()
{
    m_mayBegin = true;
    m_process.terminate();
    if (!m_process.waitForFinished(10'000))
        m_process.kill();
    m_process.waitForFinished();
    m_serving.join();
    // Chromium's other processes outlive it and write into the home, and services that the bus
    // started would stay: all that was left behind, which is all but this process, the X server and
    // the bus.
    (void)waitFor([this] {
        QList<qint64> left = processesOf(QCoreApplication::applicationPid());
        left.removeOne(QCoreApplication::applicationPid());
        left.removeOne(m_screen.processId());
        left.removeOne(m_busProcess);
        for (const qint64 id : left)
            ::kill(pid_t(id), SIGKILL);
        buryOrphans();
        return left.isEmpty();
    });
}

void Program::startDashboard()
{
    m_process.start(QStringLiteral(TOCSIN_DASHBOARD),
        {u"--server"_s, u"ws://127.0.0.1:%1/"_s.arg(m_sender.port()), u"--room"_s, u"r1"_s,
            u"--theme"_s, u"dark"_s, u"--language"_s, u"en"_s, u"--no-cache"_s});
}

void Program::startPage()
{
    m_process.start(chromium(),
        {u"--headless=new"_s, u"--no-sandbox"_s, u"--disable-gpu"_s, u"--no-first-run"_s,
            u"--disable-extensions"_s, u"--disable-background-networking"_s,
            u"--disable-component-update"_s, u"--disable-sync"_s, u"--enable-logging=stderr"_s,
            u"--user-data-dir="_s + m_home.filePath(u"profile"_s), u"--window-size=1280,720"_s,
            u"file://%1/page.html#%2,%3"_s.arg(QStringLiteral(TOCSIN_BENCH_DIR))
                .arg(m_sender.port())
                .arg(m_stream.messages)});
}

void Program::readLines()
{
    m_process.waitForReadyRead(1);
    m_said += m_process.readAllStandardOutput();
}

bool Program::waitUntilPopulated()
{
    const bool populated = waitFor([this] {
        readLines();
        return m_kind == Kind::Dashboard ? m_screen.pointsOf(warningColour, markArea) >= markPoints
                                         : m_said.contains("bench: populated");
    });
    m_secondsToRows = secondsSince(m_startedAt);
    return populated;
}

bool Program::waitUntilApplied()
{
    const std::int64_t begin = nowInNanoseconds();
    // As the window writes it, in English.
    const QString title
        = u"%1 active"_s.arg(QLocale(QLocale::English).toString(m_stream.incidents + 1));
    const bool applied = waitFor([&] {
        readLines();
        return m_kind == Kind::Dashboard ? !m_screen.titles().filter(title).isEmpty()
                                         : m_said.contains("bench: applied");
    });
    m_secondsToLast = secondsSince(begin);
    return applied;
}

double Program::cpuSeconds() const
{
    QList<qint64> processes = processesOf(m_process.processId());
    if (m_kind == Kind::Dashboard)
        processes.append(m_screen.processId());
    return bench::cpuSeconds(processes);
}

double Program::proportionalMiB() const
{
    return bench::proportionalMiB(processesOf(m_process.processId()));
}

int Program::frames()
{
    readLines();
    return int(m_said.count("Frame rendered"));
}

} // namespace tocsin::bench
