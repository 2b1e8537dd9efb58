// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/doorkeeper_p.h"

namespace tocsin {

namespace {

// Where an address would have 0, which stands for nobody.
constexpr quint64 refusedKey = 0;

} // namespace

Doorkeeper::Doorkeeper(Limits limits, qint64 mostRefused, TrustedProxies proxies)
    : m_limits(limits)
    , m_mostRefused(mostRefused)
    , m_proxies(std::move(proxies))
{
}

Doorkeeper::Admission Doorkeeper::admit(const IpAddress &peer, qint64 connections)
{
    if (connections - m_refused >= m_limits.connections)
        return refuse(Verdict::TooMany);
    if (m_proxies.contains(peer))
        return {};
    Admission admission = enter(countedAs(peer));
    return admission.verdict == Verdict::Serve ? std::move(admission) : refuse(admission.verdict);
}

Doorkeeper::Admission Doorkeeper::admitForwarded(
    const IpAddress &peer, const QByteArray &forwardedFor)
{
    if (!m_proxies.contains(peer))
        return {};
    const IpAddress client = m_proxies.clientOf(peer, forwardedFor);
    return m_proxies.contains(client) ? Admission{} : enter(countedAs(client));
}

Doorkeeper::Admission Doorkeeper::enter(quint64 key)
{
    if (key == 0)
        return {};
    if (m_places.value(key) >= m_limits.perAddress)
        return {.verdict = Verdict::TooManyOfAddress};
    ++m_places[key];
    return {.verdict = Verdict::Serve, .place = Place(this, key)};
}

Doorkeeper::Admission Doorkeeper::refuse(Verdict verdict)
{
    if (m_refused >= m_mostRefused)
        return {.verdict = Verdict::Drop};
    ++m_refused;
    return {.verdict = verdict, .place = Place(this, refusedKey)};
}

void Doorkeeper::giveBack(quint64 key)
{
    if (key == refusedKey) {
        --m_refused;
        return;
    }
    const auto it = m_places.find(key);
    if (--*it == 0)
        m_places.erase(it);
}

} // namespace tocsin
