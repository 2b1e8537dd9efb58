// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace tocsin {

/// That one process at a time has a directory: the kernel's lock (flock) on an open file, which
/// ends with its process, however that ends. What stands in the file is for people, and for older
/// versions, which read it: neither the number of a process nor the name of a host says who lives,
/// where each container has a process 1, and another name every time.
///
/// The file stays when the lock is given back, as it is: that it is there says nothing. Older
/// versions hold the same lock.
class DirectoryLock
{
public:
    explicit DirectoryLock(QString fileName);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock &) = delete;
    DirectoryLock &operator=(const DirectoryLock &) = delete;

    enum class Attempt { Held, InUse, Failed };
    /// Makes the file where it is missing, for its owner only. The superuser makes it for the owner
    /// of the directory.
    [[nodiscard]] Attempt tryLock(std::chrono::milliseconds patience);
    [[nodiscard]] bool isLocked() const { return m_descriptor >= 0; }
    /// Why the last attempt failed.
    [[nodiscard]] QString errorString() const { return m_error; }

    /// Whether a process that lives holds it; nothing where one may not ask. Makes nothing.
    [[nodiscard]] static std::optional<bool> isHeld(const QString &fileName);
    /// "tocsin-gateway (process 12 on host)", as the file has it.
    [[nodiscard]] static QString holderNamedIn(const QString &fileName);

private:
    [[nodiscard]] Attempt tryOnce();
    [[nodiscard]] Attempt fail(int error);
    [[nodiscard]] bool writeHolder(int descriptor) const;

    QString m_fileName;
    QString m_error;
    int m_descriptor = -1;
};

} // namespace tocsin
