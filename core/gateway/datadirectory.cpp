// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/datadirectory_p.h"

#include "gateway/logswap_p.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <chrono>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

QString lockName(const QString &path)
{
    return QDir(path).filePath(QStringLiteral("lock"));
}

QString addressName(const QString &path)
{
    return QDir(path).filePath(QStringLiteral("gateway.url"));
}

} // namespace

DataDirectory::DataDirectory(const QString &path)
    : m_path(path)
    , m_lock(lockName(path))
{
}

DataDirectory::~DataDirectory()
{
    if (m_lock.isLocked())
        QFile::remove(addressName(m_path));
}

Expected<std::unique_ptr<DataDirectory>> DataDirectory::hold(const QString &path)
{
    const bool existed = QDir(path).exists();
    if (path.isEmpty() || !QDir().mkpath(path)) {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("The data directory \"%1\" cannot be made.").arg(path));
    }
    if (!existed)
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    std::unique_ptr<DataDirectory> directory(new DataDirectory(path));
    // Somebody who asks holder() has the lock for a moment.
    switch (directory->m_lock.tryLock(300ms)) {
    case DirectoryLock::Attempt::Held: break;
    case DirectoryLock::Attempt::InUse:
        return makeError(ErrorCode::Conflict,
            QStringLiteral("The data directory %1 is in use by %2.")
                .arg(path, DirectoryLock::holderNamedIn(lockName(path))));
    case DirectoryLock::Attempt::Failed:
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("The data directory %1 cannot be written: %2.")
                .arg(path, directory->m_lock.errorString()));
    }
    // What a process left that was killed.
    QFile::remove(addressName(path));
    if (const auto finished = finishRestore(path); !finished)
        return tl::unexpected<Error>(finished.error());
    return directory;
}

std::optional<QUrl> DataDirectory::holder(const QString &path)
{
    // Who may not ask is told what was said last.
    if (!DirectoryLock::isHeld(lockName(path)).value_or(true))
        return std::nullopt;
    QFile file(addressName(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    QUrl url(QString::fromUtf8(file.readAll()).trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.isEmpty())
        return std::nullopt;
    return url;
}

Expected<void> DataDirectory::announce(const QUrl &url)
{
    QSaveFile file(addressName(m_path));
    const QByteArray line = url.toEncoded() + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(line) != line.size() || !file.commit()) {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("%1 cannot be written: %2.")
                .arg(addressName(m_path), file.errorString()));
    }
    return {};
}

QString DataDirectory::filePath(const QString &name) const
{
    return QDir(m_path).filePath(name);
}

} // namespace tocsin
