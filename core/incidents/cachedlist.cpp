// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/cachedlist.h"

#include <QSet>

#include <algorithm>

namespace tocsin {

namespace {

constexpr int currentVersion = 1;

/// Read alone and first: what else a newer version has is not known here.
struct CachedVersion {
    int version = 0;
};

} // namespace

template <>
struct Schema<CachedVersion> {
    static constexpr auto fields = std::tuple{
        required("version", &CachedVersion::version).atLeast(1),
    };
};
template <>
struct Schema<CachedIncident> {
    static constexpr auto fields = std::tuple{
        required("rooms", &CachedIncident::rooms),
        required("incident", &CachedIncident::incident),
    };
};
template <>
struct Schema<CachedList> {
    static constexpr auto fields = std::tuple{
        required("server", &CachedList::server),
        required("rooms", &CachedList::rooms),
        required("asOf", &CachedList::asOf),
        optional("omitted", &CachedList::omitted).atLeast(0),
        required("incidents", &CachedList::incidents),
    };
};

QString cacheName(const QUrl &server)
{
    return server.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toString(QUrl::FullyEncoded);
}

QByteArray encodeCachedList(CachedList list)
{
    std::ranges::sort(list.rooms);
    QList<CachedIncident> incidents = std::exchange(list.incidents, {});
    std::ranges::stable_sort(
        incidents, {}, [](const CachedIncident &one) { return one.incident.severity; });

    QByteArray entries;
    qsizetype kept = 0;
    for (const CachedIncident &one : std::as_const(incidents)) {
        const QByteArray entry = encode(one);
        if (kept == CachedList::mostIncidents
            || entries.size() + entry.size() + 1 > CachedList::mostBytes)
            break;
        if (kept++ > 0)
            entries += ',';
        entries += entry;
    }
    list.omitted += incidents.size() - kept;

    // The entries are put where the empty array stands: encoding them twice would cost as much
    // again.
    QByteArray bytes = encode(list);
    const qsizetype array = bytes.lastIndexOf("[]");
    bytes.insert(array + 1, entries);
    bytes.insert(1, "\"version\":" + QByteArray::number(currentVersion) + ',');
    return bytes;
}

Expected<CachedList> decodeCachedList(
    const QByteArray &bytes, const QString &server, const QStringList &rooms)
{
    JsonReader reader;
    const std::string_view json(bytes.constData(), std::size_t(bytes.size()));
    const auto version = decode<CachedVersion>(reader, json);
    if (!version)
        return tl::unexpected<Error>(version.error());
    if (version->version > currentVersion) {
        return makeError(ErrorCode::InvalidPayload,
            QStringLiteral("It is of version %1, and this program knows version %2.")
                .arg(version->version)
                .arg(currentVersion));
    }
    auto list = decode<CachedList>(reader, json);
    if (!list)
        return list;
    const QSet<QString> wanted(rooms.cbegin(), rooms.cend());
    if (list->server != server || QSet(list->rooms.cbegin(), list->rooms.cend()) != wanted) {
        return makeError(
            ErrorCode::InvalidPayload, QStringLiteral("It is of another server or other rooms."));
    }
    QSet<QString> seen;
    for (const CachedIncident &one : std::as_const(list->incidents)) {
        const bool inWanted = !one.rooms.isEmpty()
            && std::ranges::all_of(
                one.rooms, [&](const QString &room) { return wanted.contains(room); });
        if (!inWanted || seen.contains(one.incident.uuid)) {
            return makeError(ErrorCode::InvalidPayload,
                QStringLiteral("The incident %1 is in it twice, or in no room of these.")
                    .arg(one.incident.uuid));
        }
        seen.insert(one.incident.uuid);
    }
    return list;
}

} // namespace tocsin
