// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QString>

namespace tocsin {

/// How a restored log takes the place of another, so that whoever dies on the way leaves the old
/// one or the new one to the next that holds the directory.
///
/// A log is a file and what is written ahead of it (`-wal`), and no two files are renamed at once;
/// the old one's `-wal` beside the new file would be read as the new one's. So the new file, whole
/// and on disk, first gets the name `restored-DATE.sqlite`. From then on it is the log:
/// finishRestore() puts the old files aside as `replaced-DATE.sqlite`, and then the new one in
/// their place, from wherever the one before it was stopped.
///
/// All but isRestoreUnderWay() are for the holder of the directory.

/// The log's file in a data directory.
[[nodiscard]] QString logFileName(const QString &directory);

/// A date that no earlier restore into this directory has used.
[[nodiscard]] QString newRestoreDate(const QString &directory);
/// Where the old one will be.
[[nodiscard]] QString replacedFileName(const QString &directory, const QString &date);
/// Makes `newLog` the log: a file made beside it, which is on disk and has no `-wal`.
[[nodiscard]] Expected<void> putInPlace(
    const QString &newLog, const QString &directory, const QString &date);

/// Goes on where somebody died who restored, and removes what others left half-written.
[[nodiscard]] Expected<void> finishRestore(const QString &directory);
[[nodiscard]] bool isRestoreUnderWay(const QString &directory);

} // namespace tocsin
