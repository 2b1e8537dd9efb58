// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/filestamp.h"

#include <QFile>

#include <sys/stat.h>

namespace tocsin {

FileStamp FileStamp::of(const QString &fileName)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(fileName).constData(), &status) != 0)
        return {};
    constexpr qint64 nanoseconds = 1'000'000'000;
    return {status.st_ino, status.st_size,
        status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

} // namespace tocsin
