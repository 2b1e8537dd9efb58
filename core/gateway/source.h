// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"
#include "protocol/error.h"
#include "protocol/incident.h"

#include <QList>
#include <QStringList>
#include <QUrl>

#include <chrono>

namespace tocsin {

/// A sender of reports that the gateway knows by name: one that it may ask, and one of which it
/// notices that it is silent (docs/gateway.md, "Sources").
struct IncidentSource {
    /// What its incidents have as their `source`.
    QString name;

    /// Where its Alertmanager is to be asked what is active: the addresses of one, or of the
    /// members of one cluster, without `/api/v2`. Empty: it is only listened to.
    QList<QUrl> apiUrls = {};
    /// The Alertmanager's receiver, a regular expression: only what is routed there counts. Empty:
    /// everything.
    QString apiReceiver = {};
    /// A file that holds a bearer token; read anew each time.
    QString apiTokenFile = {};
    /// HTTP Basic, with the password in a file; read anew each time.
    QString apiUser = {};
    QString apiPasswordFile = {};
    /// PEM: the authorities that may have signed its certificate. Empty: the system's.
    QString apiCertificateAuthority = {};
    std::chrono::milliseconds readEvery{60'000};
    /// An Alertmanager keeps no alerts over a restart, and is told of them again by and by: for so
    /// long after its start, what it does not know is not taken to be over.
    std::chrono::milliseconds restartGrace{300'000};

    /// Silent for longer than this, it is an incident of its own. 0: it may be silent.
    std::chrono::milliseconds expectEvery{0};
    Severity silenceSeverity = Severity::Critical;
    /// Of what the gateway itself reports of it (empty: by the routes), and of what it reads there
    /// that no route is for.
    QStringList rooms = {};
};

/// The `source` of what the gateway itself reports.
inline constexpr QStringView gatewaySource = u"gateway";

/// Whether a source may be called so: 1 to 200 characters, none of them a control character.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT bool isSourceName(QStringView name);

/// Whether the files that the sources name can be read.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<void> checkSources(
    const QList<IncidentSource> &sources);

} // namespace tocsin
