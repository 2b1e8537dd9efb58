// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/clientaddress_p.h"

#include <QHash>

#include <utility>

namespace tocsin {

/// How many connections there may be, of all and of one address (docs/gateway.md, "Bounds"). Knows
/// no socket. One thread only.
class Doorkeeper
{
public:
    struct Limits {
        qint64 connections = 0;
        qint64 perAddress = 0;
    };
    enum class Verdict {
        Serve,
        /// Told so in an answer to its first request.
        TooManyOfAddress,
        TooMany,
        /// Too many are being told already.
        Drop,
    };

    /// What an admitted connection holds, and gives back when it ends. The doorkeeper must live
    /// longer.
    class Place
    {
    public:
        Place() = default;
        Place(Place &&other) noexcept
            : m_keeper(std::exchange(other.m_keeper, nullptr))
            , m_key(other.m_key)
        {
        }
        Place &operator=(Place &&other) noexcept
        {
            std::swap(m_keeper, other.m_keeper);
            std::swap(m_key, other.m_key);
            return *this;
        }
        ~Place()
        {
            if (m_keeper)
                m_keeper->giveBack(m_key);
        }
        Place(const Place &) = delete;
        Place &operator=(const Place &) = delete;
        [[nodiscard]] explicit operator bool() const { return m_keeper != nullptr; }

    private:
        friend class Doorkeeper;
        Place(Doorkeeper *keeper, quint64 key)
            : m_keeper(keeper)
            , m_key(key)
        {
        }
        Doorkeeper *m_keeper = nullptr;
        quint64 m_key = 0;
    };
    struct Admission {
        Verdict verdict = Verdict::Serve;
        Place place = {};
    };

    /// `mostRefused`: of those that are told that they are too many, at once.
    Doorkeeper(Limits limits, qint64 mostRefused, TrustedProxies proxies);

    /// A connection, when there are `connections` already. Those of a trusted proxy and of this
    /// machine count in the total only: whose they are, each request says.
    [[nodiscard]] Admission admit(const IpAddress &peer, qint64 connections);
    /// A request, or the session that it becomes, that a trusted proxy forwards. It needs no place
    /// where `peer` is not one.
    [[nodiscard]] Admission admitForwarded(const IpAddress &peer, const QByteArray &forwardedFor);

    /// Whose request that is.
    [[nodiscard]] IpAddress clientOf(const IpAddress &peer, const QByteArray &forwardedFor) const
    {
        return m_proxies.clientOf(peer, forwardedFor);
    }

private:
    [[nodiscard]] Admission enter(quint64 key);
    [[nodiscard]] Admission refuse(Verdict verdict);
    void giveBack(quint64 key);

    Limits m_limits;
    qint64 m_mostRefused;
    TrustedProxies m_proxies;
    qint64 m_refused = 0;
    QHash<quint64, qint64> m_places;
};

} // namespace tocsin
