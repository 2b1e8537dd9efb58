// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tokenwatch_p.h"

#include <QFile>

#include <algorithm>
#include <sys/stat.h>
#include <utility>

namespace tocsin {

namespace {

// By name, in the order of the file. A name whose token is another one now was removed too.
QString namesMissing(const TokenStore &from, const TokenStore &in)
{
    QStringList names;
    for (const TokenStore::Entry &entry : from.entries()) {
        const auto same = [&](const TokenStore::Entry &other) {
            return other.principal.name == entry.principal.name
                && other.principal.tokenHash == entry.principal.tokenHash;
        };
        if (std::ranges::none_of(in.entries(), same))
            names.append(entry.principal.name);
    }
    return names.join(u',');
}

} // namespace

TokenWatch::TokenWatch(QString fileName, TokenStore store, Logbook &logbook)
    : m_fileName(std::move(fileName))
    , m_store(std::move(store))
    , m_logbook(&logbook)
    , m_stamp(stampOf())
    , m_lastLook(timestampNow())
    , m_nextExpiry(m_store.nextExpiry(m_lastLook))
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
    // A clock that was ahead and is put right: what had expired by it is good again, and expires.
    if (now < std::exchange(m_lastLook, now))
        m_nextExpiry = m_store.nextExpiry(now);
    const Stamp stamp = stampOf();
    const bool hasChanged = std::exchange(m_stamp, stamp) != stamp;
    if (hasChanged || forced) {
        auto store = TokenStore::load(m_fileName);
        if (!store) {
            m_logbook->write(LogLevel::Warning, "tokens.unreadable",
                {{"error", store.error().message},
                    {"consequence", "The tokens from before stay good."}});
            return false;
        }
        const TokenStore before = std::exchange(m_store, *std::move(store));
        m_nextExpiry = m_store.nextExpiry(now);
        tellOf(before);
        return true;
    }
    if (!m_nextExpiry || *m_nextExpiry > now)
        return false;
    m_nextExpiry = m_store.nextExpiry(now);
    return true;
}

void TokenWatch::tellOf(const TokenStore &before) const
{
    m_logbook->write(LogLevel::Info, "tokens.reloaded",
        {{"tokens", m_store.entries().size()}, {"added", namesMissing(m_store, before)},
            {"removed", namesMissing(before, m_store)}});
}

} // namespace tocsin
