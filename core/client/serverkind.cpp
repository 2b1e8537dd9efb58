// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/serverkind.h"

#include <utility>

namespace tocsin {

void ServerKind::sessionStarted(MonotonicTime now)
{
    m_kind = Kind::Unknown;
    m_unsequencedSeen = false;
    m_authenticatedSeen = false;
    m_refreshOwed = false;
    m_decideAt = now + patience;
}

void ServerKind::sessionEnded()
{
    m_kind = Kind::Unknown;
    m_refreshOwed = false;
    m_decideAt.reset();
}

ServerKind::Findings ServerKind::sessionFollowsAnother()
{
    m_refreshOwed = m_kind != Kind::Sequenced;
    // Whoever was plain is plain, as far as anybody knows; to wait would show what is out of date.
    const bool plain = m_kind == Kind::Plain || m_before == Kind::Plain;
    return {.refreshNeeded = plain && std::exchange(m_refreshOwed, false)};
}

ServerKind::Findings ServerKind::become(Kind kind)
{
    m_decideAt.reset();
    const Kind was = std::exchange(m_kind, kind);
    m_before = kind;
    const bool refreshOwed = std::exchange(m_refreshOwed, false);
    return {.becamePlain = kind == Kind::Plain && was != Kind::Plain,
        .wasPlain = kind == Kind::Sequenced && was == Kind::Plain,
        .refreshNeeded = kind == Kind::Plain && refreshOwed};
}

ServerKind::Findings ServerKind::sequenceSeen()
{
    return m_kind == Kind::Sequenced ? Findings{} : become(Kind::Sequenced);
}

ServerKind::Findings ServerKind::unsequencedSeen()
{
    if (m_kind != Kind::Unknown)
        return {};
    m_unsequencedSeen = true;
    // A server that had sequences before may send a message without one ahead of the answer to the
    // join: it is given the time for that answer.
    const bool undecided = m_before == Kind::Sequenced && m_decideAt;
    return undecided ? Findings{} : become(Kind::Plain);
}

void ServerKind::authenticatedSeen()
{
    m_authenticatedSeen = true;
}

ServerKind::Findings ServerKind::tick(MonotonicTime now)
{
    if (!m_decideAt || now < *m_decideAt)
        return {};
    m_decideAt.reset();
    if (m_unsequencedSeen || (m_before == Kind::Plain && !m_authenticatedSeen))
        return become(Kind::Plain);
    // Silent all the time, as a plain server is where nothing happens. Its rooms are not called
    // current for that, since the answer to a join may only be late; but to ask for the list costs
    // little, and a gateway was never seen here.
    const bool presumed = m_before == Kind::Unknown && !m_authenticatedSeen;
    return {.refreshNeeded = presumed && std::exchange(m_refreshOwed, false)};
}

std::optional<MonotonicTime> ServerKind::deadline() const
{
    return m_decideAt;
}

ServerKind::Kind ServerKind::kind() const
{
    return m_kind;
}

} // namespace tocsin
