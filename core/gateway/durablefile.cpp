// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/durablefile_p.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin {

namespace {

tl::unexpected<Error> failed(const QString &fileName, int error)
{
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("%1 cannot be written: %2.").arg(fileName, qt_error_string(error)));
}

QString directoryOf(const QString &fileName)
{
    return QFileInfo(fileName).absolutePath();
}

Expected<void> sync(const QString &path, int flags)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return failed(path, errno);
    const int error = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (error != 0)
        return failed(path, error);
    return {};
}

} // namespace

PartFile::~PartFile()
{
    for (const char *part : {"-shm", "-wal", "-journal", ""})
        QFile::remove(m_name + QLatin1StringView(part));
}

Expected<QString> makeFileBeside(const QString &fileName)
{
    QByteArray name = QFile::encodeName(fileName + QStringLiteral(".part-XXXXXX"));
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC); // with mode 0600
    if (descriptor < 0)
        return failed(fileName, errno);
    ::close(descriptor);
    return QFile::decodeName(name);
}

Expected<void> syncFile(const QString &fileName)
{
    return sync(fileName, O_RDONLY);
}

Expected<void> renameFile(const QString &from, const QString &to)
{
    if (std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return failed(to, errno);
    return sync(directoryOf(to), O_RDONLY | O_DIRECTORY);
}

Expected<void> renameToNewName(const QString &from, const QString &to)
{
    const QByteArray oldName = QFile::encodeName(from);
    const QByteArray newName = QFile::encodeName(to);
    int error = 0;
    if (::renameat2(AT_FDCWD, oldName, AT_FDCWD, newName, RENAME_NOREPLACE) != 0)
        error = errno;
    // NFS does not know it, but hard links, which FAT does not.
    if (error == EINVAL || error == ENOSYS)
        error = ::link(oldName, newName) == 0 && ::unlink(oldName) == 0 ? 0 : errno;
    if (error == EEXIST) {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("%1 exists already, and is not overwritten.").arg(to));
    }
    if (error != 0)
        return failed(to, error);
    return sync(directoryOf(to), O_RDONLY | O_DIRECTORY);
}

Expected<void> giveToOwnerOfDirectory(const QString &fileName)
{
    struct stat directory{};
    if (::geteuid() != 0)
        return {};
    if (::stat(QFile::encodeName(directoryOf(fileName)).constData(), &directory) != 0
        || ::chown(QFile::encodeName(fileName).constData(), directory.st_uid, directory.st_gid)
            != 0)
        return failed(fileName, errno);
    return {};
}

} // namespace tocsin
