// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/incident.h"

#include <QUrl>

namespace tocsin {

/// An incident as it was kept, with the rooms that it was shown in.
struct CachedIncident {
    QStringList rooms;
    Incident incident;

    friend bool operator==(const CachedIncident &, const CachedIncident &) = default;
};

/// The list of a server's rooms as it was once, to be shown at the next start until the server has
/// sent its own. Knows no epoch: nothing is ever recovered from it, the server's list replaces it.
struct CachedList {
    /// Bounds a file, and what reading it costs at the start: a third of a second at the most.
    static constexpr qsizetype mostIncidents = 50'000;
    static constexpr qsizetype mostBytes = 32 * 1024 * 1024;

    /// cacheName() of the server.
    QString server;
    QStringList rooms;
    Timestamp asOf;
    /// How many more were open, and found no room here.
    qint64 omitted = 0;
    QList<CachedIncident> incidents;

    friend bool operator==(const CachedList &, const CachedList &) = default;
};

/// A server's address without what may be secret in it: user, password, query and fragment.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString cacheName(const QUrl &server);

/// As a file holds it: the worst first, and of those as many as the bounds allow.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QByteArray encodeCachedList(CachedList list);
/// The list of just these rooms of this server; an error where the bytes are damaged, of a newer
/// version, or of other rooms.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT Expected<CachedList> decodeCachedList(
    const QByteArray &bytes, const QString &server, const QStringList &rooms);

} // namespace tocsin
