// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "processes.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tocsin::bench {

namespace {

QByteArray ofProcess(qint64 id, QLatin1StringView name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(id).arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Those behind the name, which may hold blanks: the state is the first.
QList<QByteArray> fieldsOf(qint64 id)
{
    const QByteArray text = ofProcess(id, QLatin1StringView("stat"));
    return text.mid(text.lastIndexOf(')') + 2).split(' ');
}

} // namespace

void adoptOrphans()
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

void buryOrphans()
{
    while (::waitpid(-1, nullptr, WNOHANG) > 0) { }
}

QList<qint64> processesOf(qint64 root)
{
    QHash<qint64, QList<qint64>> children;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        if (const qint64 id = name.toLongLong(); id > 0)
            children[fieldsOf(id).value(1).toLongLong()].append(id);
    }
    QList<qint64> found{root};
    for (qsizetype i = 0; i < found.size(); ++i)
        found.append(children.value(found[i]));
    return found;
}

QByteArray startService(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, arguments);
    QByteArray said;
    while (!said.contains('\n')) {
        if (!process.waitForReadyRead(20'000))
            return {};
        said += process.readAllStandardOutput();
    }
    return said.trimmed();
}

double cpuSeconds(const QList<qint64> &processes)
{
    double ticks = 0;
    for (const qint64 id : processes) {
        const QList<QByteArray> fields = fieldsOf(id);
        for (int field = 11; field <= 14; ++field) // utime, stime, cutime, cstime
            ticks += fields.value(field).toDouble();
    }
    return ticks / double(::sysconf(_SC_CLK_TCK));
}

double proportionalMiB(const QList<qint64> &processes)
{
    double kiB = 0;
    for (const qint64 id : processes) {
        for (const QByteArray &line :
            ofProcess(id, QLatin1StringView("smaps_rollup")).split('\n')) {
            if (line.startsWith("Pss:"))
                kiB += line.mid(4).simplified().split(' ').constFirst().toDouble();
        }
    }
    return kiB / 1024;
}

} // namespace tocsin::bench
