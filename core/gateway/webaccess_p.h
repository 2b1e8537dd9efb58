// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace tocsin {

/// Under which names a gateway is reached, and from which web pages (docs/gateway.md, "Web pages").
class WebAccess
{
public:
    enum class Listening { OnLoopback, BeyondLoopback };
    enum class Page {
        /// No browser's page asks.
        None,
        Own,
        /// Of another site, and let in.
        Allowed,
        Foreign,
    };

    /// `host` or `host:port`.
    [[nodiscard]] static bool isHost(const QString &text);
    /// `https://host` or `http://host:port`, and nothing behind.
    [[nodiscard]] static bool isOrigin(const QString &text);

    [[nodiscard]] static Expected<WebAccess> from(
        const QStringList &hosts, const QStringList &origins, Listening listening);

    /// Whether a request with this `Host` is answered. One without is, as no browser sends it.
    [[nodiscard]] bool answersTo(const QByteArray &host) const;
    /// Whose page it is that sends this `Origin` with this `Host`.
    [[nodiscard]] Page page(const QByteArray &origin, const QByteArray &host) const;
    /// Whether answers depend on the `Origin`.
    [[nodiscard]] bool allowsOthers() const { return !m_origins.isEmpty(); }

private:
    Listening m_listening = Listening::OnLoopback;
    // In lower case; origins without their usual ports.
    QList<QByteArray> m_hosts;
    QList<QByteArray> m_origins;
};

} // namespace tocsin
