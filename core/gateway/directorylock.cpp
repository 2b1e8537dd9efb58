// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/directorylock_p.h"

#include "gateway/durablefile_p.h"

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr mode_t forOwner = S_IRUSR | S_IWUSR;

// Closed when it ends, unless it is taken.
class Descriptor
{
public:
    explicit Descriptor(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~Descriptor()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    [[nodiscard]] int value() const { return m_descriptor; }
    [[nodiscard]] int take() { return std::exchange(m_descriptor, -1); }

private:
    int m_descriptor;
};

int openFile(const QString &fileName, int flags)
{
    return ::open(QFile::encodeName(fileName).constData(), flags | O_CLOEXEC, forOwner);
}

int lockFile(int descriptor, int kind)
{
    int result = 0;
    do {
        result = ::flock(descriptor, kind | LOCK_NB);
    } while (result != 0 && errno == EINTR);
    return result;
}

// Older versions remove the file when they end.
bool isStillThere(const QString &fileName, int descriptor)
{
    struct stat held{};
    struct stat named{};
    return ::fstat(descriptor, &held) == 0
        && ::stat(QFile::encodeName(fileName).constData(), &named) == 0
        && held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

} // namespace

DirectoryLock::DirectoryLock(QString fileName)
    : m_fileName(std::move(fileName))
{
}

DirectoryLock::~DirectoryLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

DirectoryLock::Attempt DirectoryLock::tryLock(std::chrono::milliseconds patience)
{
    constexpr auto pause = 10ms;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const Attempt attempt = tryOnce();
        if (attempt != Attempt::InUse || std::chrono::steady_clock::now() >= deadline)
            return attempt;
        std::this_thread::sleep_for(pause);
    }
}

DirectoryLock::Attempt DirectoryLock::tryOnce()
{
    Descriptor file(openFile(m_fileName, O_RDWR | O_CREAT));
    if (file.value() < 0)
        return fail(errno);
    if (lockFile(file.value(), LOCK_EX) != 0)
        return errno == EWOULDBLOCK ? Attempt::InUse : fail(errno);
    if (!isStillThere(m_fileName, file.value()))
        return Attempt::InUse;
    // Who may read it may lock it, and older versions made it for everybody. Where it cannot be
    // changed, or given away, the lock is as good.
    static_cast<void>(::fchmod(file.value(), forOwner));
    static_cast<void>(giveToOwnerOfDirectory(m_fileName));
    if (!writeHolder(file.value()))
        return fail(errno);
    m_descriptor = file.take();
    return Attempt::Held;
}

DirectoryLock::Attempt DirectoryLock::fail(int error)
{
    m_error = qt_error_string(error);
    return Attempt::Failed;
}

bool DirectoryLock::writeHolder(int descriptor) const
{
    // The lines of a QLockFile, by which older versions know a dead process.
    const QByteArray text = QByteArray::number(QCoreApplication::applicationPid()) + '\n'
        + QCoreApplication::applicationName().toUtf8() + '\n' + QSysInfo::machineHostName().toUtf8()
        + '\n' + QSysInfo::machineUniqueId() + '\n' + QSysInfo::bootUniqueId() + '\n';
    // Over what is there, which needs no new place on a full disk.
    return ::pwrite(descriptor, text.constData(), std::size_t(text.size()), 0) == text.size()
        && ::ftruncate(descriptor, text.size()) == 0;
}

std::optional<bool> DirectoryLock::isHeld(const QString &fileName)
{
    const Descriptor file(openFile(fileName, O_RDONLY));
    if (file.value() < 0)
        return errno == EACCES ? std::nullopt : std::optional(false);
    // Shared: two who ask are not in each other's way.
    return lockFile(file.value(), LOCK_SH) != 0 && errno == EWOULDBLOCK;
}

QString DirectoryLock::holderNamedIn(const QString &fileName)
{
    QFile file(fileName);
    QByteArrayList lines;
    if (file.open(QIODevice::ReadOnly))
        lines = file.read(4096).split('\n');
    if (lines.size() < 3)
        return QStringLiteral("another process");
    return QStringLiteral("%1 (process %2 on %3)")
        .arg(QString::fromUtf8(lines[1]), QString::fromUtf8(lines[0]), QString::fromUtf8(lines[2]));
}

} // namespace tocsin
