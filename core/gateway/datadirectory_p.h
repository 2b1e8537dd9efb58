// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/directorylock_p.h"
#include "protocol/error.h"

#include <QUrl>

#include <memory>
#include <optional>

namespace tocsin {

/// A gateway's data directory, held by one process at a time (`lock`), which says in `gateway.url`
/// where it is to be reached. A process that died holds nothing.
class DataDirectory
{
public:
    /// Makes the directory where it is missing, readable by its owner only, and finishes what a
    /// restore began that was killed (see logswap_p.h).
    [[nodiscard]] static Expected<std::unique_ptr<DataDirectory>> hold(const QString &path);
    ~DataDirectory();
    DataDirectory(const DataDirectory &) = delete;
    DataDirectory &operator=(const DataDirectory &) = delete;

    /// The address told by the process that holds the directory, if one that lives does.
    [[nodiscard]] static std::optional<QUrl> holder(const QString &path);

    [[nodiscard]] Expected<void> announce(const QUrl &url);
    [[nodiscard]] QString filePath(const QString &name) const;

private:
    explicit DataDirectory(const QString &path);

    QString m_path;
    DirectoryLock m_lock;
};

} // namespace tocsin
