// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QString>

#include <sys/stat.h>

namespace tocsin {

/// Tells whether a file is another one than before: replaced, written to, or given to somebody
/// else, which may be what lets it be read.
struct FileStamp {
    quint64 file = 0;
    /// -1 where there is no file.
    qint64 size = -1;
    /// In nanoseconds.
    qint64 written = 0;
    qint64 changed = 0;

    [[nodiscard]] static FileStamp of(const QString &fileName)
    {
        struct stat status = {};
        if (::stat(QFile::encodeName(fileName).constData(), &status) != 0)
            return {};
        const auto nanoseconds = [](const timespec &time) {
            return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
        };
        return {status.st_ino, status.st_size, nanoseconds(status.st_mtim),
            nanoseconds(status.st_ctim)};
    }
    friend bool operator==(const FileStamp &, const FileStamp &) = default;
};

} // namespace tocsin
