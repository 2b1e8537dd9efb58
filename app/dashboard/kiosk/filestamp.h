// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tocsin {

/// Tells whether a file was changed or replaced, without its being read.
struct FileStamp {
    quint64 file = 0;
    /// -1 where there is no file.
    qint64 size = -1;
    /// In nanoseconds.
    qint64 changed = 0;

    [[nodiscard]] static FileStamp of(const QString &fileName);
    friend bool operator==(const FileStamp &, const FileStamp &) = default;
};

} // namespace tocsin
