// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logswap_p.h"

#include "gateway/durablefile_p.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace tocsin {

namespace {

constexpr QLatin1StringView restoredPrefix{"restored-"};
constexpr QLatin1StringView suffix{".sqlite"};

QStringList filesOf(const QString &directory, const QString &pattern)
{
    return QDir(directory).entryList({pattern}, QDir::Files | QDir::Hidden, QDir::Name);
}

QStringList restoredFiles(const QString &directory)
{
    return filesOf(directory, QString(restoredPrefix + u'*' + suffix));
}

} // namespace

QString logFileName(const QString &directory)
{
    return QDir(directory).filePath(QStringLiteral("incidents.sqlite"));
}

QString newRestoreDate(const QString &directory)
{
    QDateTime time = QDateTime::currentDateTimeUtc();
    for (;; time = time.addSecs(1)) {
        const QString date = time.toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
        if (filesOf(directory, QString(u'*' + date + suffix + u'*')).isEmpty())
            return date;
    }
}

QString replacedFileName(const QString &directory, const QString &date)
{
    return QDir(directory).filePath(QStringLiteral("replaced-") + date + suffix);
}

Expected<void> putInPlace(const QString &newLog, const QString &directory, const QString &date)
{
    return renameFile(newLog, QDir(directory).filePath(restoredPrefix + date + suffix))
        .and_then([&] { return finishRestore(directory); });
}

Expected<void> finishRestore(const QString &directory)
{
    const QDir dir(directory);
    const QString log = logFileName(directory);
    for (const QString &name : restoredFiles(directory)) {
        const QString date = name.mid(restoredPrefix.size()).chopped(suffix.size());
        // The file itself last: while it has its name, what is beside it is its own.
        for (const char *part : {"-shm", "-wal", "-journal", ""}) {
            const QString old = log + QLatin1StringView(part);
            if (!QFile::exists(old))
                continue;
            if (const auto kept
                = renameFile(old, replacedFileName(directory, date) + QLatin1StringView(part));
                !kept)
                return kept;
        }
        if (const auto placed = renameFile(dir.filePath(name), log); !placed)
            return placed;
    }
    for (const QString &name :
        filesOf(directory, QFileInfo(log).fileName() + QStringLiteral(".part-*")))
        QFile::remove(dir.filePath(name));
    return {};
}

bool isRestoreUnderWay(const QString &directory)
{
    return !restoredFiles(directory).isEmpty();
}

} // namespace tocsin
