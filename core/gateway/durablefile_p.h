// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

namespace tocsin {

/// An SQLite file that is not there any more when this ends, unless it was given another name.
class PartFile
{
public:
    explicit PartFile(QString name)
        : m_name(std::move(name))
    {
    }
    ~PartFile();
    PartFile(const PartFile &) = delete;
    PartFile &operator=(const PartFile &) = delete;

    [[nodiscard]] const QString &name() const { return m_name; }

private:
    QString m_name;
};

/// What Qt has no word for: that a file, or a name, is on the disk when the call returns. All fail
/// with StorageFailed.

/// An empty file beside `fileName`, for its owner only, whose name begins like it and is its own.
[[nodiscard]] Expected<QString> makeFileBeside(const QString &fileName);
[[nodiscard]] Expected<void> syncFile(const QString &fileName);
/// Replaces what has the name `to`, in one step.
[[nodiscard]] Expected<void> renameFile(const QString &from, const QString &to);
/// Conflict, and nothing changed, where something has the name `to`.
[[nodiscard]] Expected<void> renameToNewName(const QString &from, const QString &to);
/// Where the superuser makes a file for a gateway that runs as somebody else: whose the directory
/// is, theirs is the file.
[[nodiscard]] Expected<void> giveToOwnerOfDirectory(const QString &fileName);

} // namespace tocsin
