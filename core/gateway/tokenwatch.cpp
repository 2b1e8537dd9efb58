// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tokenwatch_p.h"

#include <algorithm>
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
    , m_stamp(FileStamp::of(m_fileName))
    , m_lastLook(timestampNow())
    , m_nextExpiry(m_store.nextExpiry(m_lastLook))
{
}

bool TokenWatch::look(Timestamp now, bool forced)
{
    // A clock that was ahead and is put right: what had expired by it is good again, and expires.
    if (now < std::exchange(m_lastLook, now))
        m_nextExpiry = m_store.nextExpiry(now);
    const FileStamp stamp = FileStamp::of(m_fileName);
    const bool isNews = std::exchange(m_stamp, stamp) != stamp || forced;
    if (isNews || m_isUnread) {
        auto store = TokenStore::load(m_fileName);
        m_isUnread = !store;
        if (!store && isNews) {
            m_logbook->write(LogLevel::Warning, "tokens.unreadable",
                {{"error", store.error().message},
                    {"consequence", "The tokens from before stay good."}});
        }
        if (store) {
            const TokenStore before = std::exchange(m_store, *std::move(store));
            m_nextExpiry = m_store.nextExpiry(now);
            tellOf(before);
            return true;
        }
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
