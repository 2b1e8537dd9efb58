// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Preloaded into a program: while the file that TOCSIN_READ_ONLY_WHILE names exists, what is
// written into a file by its position fails as on a file system that the kernel has made read-only
// after an error of its disk (errors=remount-ro). That state cannot be had from outside: a file
// system with a file open for writing refuses to be remounted.
#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

bool isReadOnly()
{
    const char *const file = std::getenv("TOCSIN_READ_ONLY_WHILE");
    struct stat status = {};
    const int before = errno;
    const bool is = file && ::stat(file, &status) == 0;
    errno = is ? EROFS : before;
    return is;
}

template <typename Function>
Function real(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {

ssize_t pwrite(int file, const void *data, size_t size, off_t offset)
{
    static const auto write = real<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    return isReadOnly() ? -1 : write(file, data, size, offset);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset)
{
    static const auto write = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return isReadOnly() ? -1 : write(file, data, size, offset);
}

int ftruncate64(int file, off64_t size) noexcept
{
    static const auto truncate = real<int (*)(int, off64_t)>("ftruncate64");
    return isReadOnly() ? -1 : truncate(file, size);
}
}
