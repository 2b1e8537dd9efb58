// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tokenwatch_p.h"

#include "gateway/logging_p.h"

#include <QFile>

#include <sys/stat.h>
#include <utility>

namespace tocsin {

TokenWatch::TokenWatch(QString fileName, TokenStore store)
    : m_fileName(std::move(fileName))
    , m_store(std::move(store))
    , m_stamp(stampOf())
    , m_nextExpiry(m_store.nextExpiry(timestampNow()))
{
}

TokenWatch::Stamp TokenWatch::stampOf() const
{
    struct stat status = {};
    if (::stat(QFile::encodeName(m_fileName).constData(), &status) != 0)
        return {};
    constexpr qint64 nanoseconds = 1'000'000'000;
    return {status.st_ino, status.st_size,
        status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

bool TokenWatch::look(Timestamp now, bool forced)
{
    const Stamp stamp = stampOf();
    const bool hasChanged = std::exchange(m_stamp, stamp) != stamp;
    if (hasChanged || forced) {
        auto store = TokenStore::load(m_fileName);
        if (!store) {
            qCWarning(gatewayLog, "%ls The tokens from before stay good.",
                qUtf16Printable(store.error().message));
            return false;
        }
        m_store = *std::move(store);
        m_nextExpiry = m_store.nextExpiry(now);
        qCInfo(gatewayLog, "The tokens file was read again: %d tokens.",
            int(m_store.entries().size()));
        return true;
    }
    if (!m_nextExpiry || *m_nextExpiry > now)
        return false;
    m_nextExpiry = m_store.nextExpiry(now);
    return true;
}

} // namespace tocsin
