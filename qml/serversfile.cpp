// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/serversfile_p.h"

#include "client/serveraddress.h"
#include "qml/settingsfile_p.h"

#include <QFileInfo>
#include <QSettings>
#include <QTemporaryFile>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

using Place = ServerBook::TokenPlace;

/// How they stand in the settings.
constexpr std::array placeWords{
    std::pair{Place::NoToken, QLatin1StringView("none")},
    std::pair{Place::Keyring, QLatin1StringView("keyring")},
    std::pair{Place::OwnFile, QLatin1StringView("file")},
    std::pair{Place::ThisRun, QLatin1StringView("run")},
};

QString wordOf(Place place)
{
    return std::ranges::find(placeWords, place, &decltype(placeWords)::value_type::first)->second;
}

Place placeOf(const QString &word)
{
    const auto found
        = std::ranges::find_if(placeWords, [&](const auto &entry) { return entry.second == word; });
    return found == placeWords.end() ? Place::NoToken : found->first;
}

/// Why a file that is there cannot be opened; empty where it can, or where there is none.
QString obstacleTo(const QString &fileName)
{
    QFile file(fileName);
    if (file.open(QIODevice::ReadOnly))
        return {};
    const QFileInfo info(fileName);
    const QFileInfo directory(info.path());
    // A link to what is not there now, such as a disk that is not mounted, is no beginning either.
    const bool isThere = info.exists() || info.isSymLink()
        || (directory.exists() && !(directory.isDir() && directory.isExecutable()));
    return isThere ? file.errorString() : QString();
}

/// It holds something else than settings.
bool isDamaged(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    // Of a copy: QSettings tells only who is the first in the program to read a file.
    QTemporaryFile copy;
    if (!copy.open() || copy.write(file.readAll()) < 0 || !copy.flush())
        return false;
    const QSettings settings(copy.fileName(), QSettings::IniFormat);
    // It looks into a part of the file only when it is asked for something there.
    (void)settings.allKeys();
    return settings.status() != QSettings::NoError;
}

/// The entries of the group that the settings are in, in their order.
QStringList entriesIn(const QSettings &kept)
{
    QStringList entries = kept.childGroups();
    entries.removeIf([](const QString &entry) { return entry.toInt() <= 0; });
    std::ranges::sort(entries, {}, [](const QString &entry) { return entry.toInt(); });
    return entries;
}

/// The server of the group that the settings are in, where one can be made of it.
std::optional<SavedServer> serverIn(const QSettings &kept)
{
    const auto addresses = serverAddresses((QStringList{kept.value(u"address"_s).toString()}
        + kept.value(u"alternatives"_s).toStringList())
            .join(u'\n'));
    const QString id = kept.value(u"id"_s).toString();
    const QStringList rooms = kept.value(u"rooms"_s).toStringList();
    if (!addresses || id.isEmpty() || rooms.isEmpty())
        return std::nullopt;
    return SavedServer{.id = id,
        .name = kept.value(u"name"_s).toString(),
        .address = addresses->constFirst(),
        .alternatives = addresses->sliced(1),
        .rooms = rooms,
        .tokenPlace = int(placeOf(kept.value(u"token"_s).toString())),
        .shown = kept.value(u"shown"_s, true).toBool()};
}

/// All that is in the group that the settings are in.
QVariantMap valuesIn(const QSettings &kept)
{
    QVariantMap values;
    const QStringList keys = kept.allKeys();
    for (const QString &key : keys)
        values.insert(key, kept.value(key));
    return values;
}

} // namespace

KeptServers readServers(const QString &file)
{
    KeptServers read;
    QStringList problems;
    const auto kept = settingsIn(file);
    const QString fileName = kept->fileName();
    const QString obstacle = obstacleTo(fileName);
    read.unreadable = !obstacle.isEmpty();
    if (read.unreadable) {
        problems.append(
            ServerBook::tr("The servers in %1 cannot be read: %2.").arg(fileName, obstacle));
    } else if (kept->status() != QSettings::NoError || isDamaged(fileName)) {
        problems.append(
            ServerBook::tr("%1 is damaged: servers may be missing here.").arg(fileName));
    }
    // Those of the whole computer, entry by entry, are not mixed with these.
    kept->setFallbacksEnabled(false);
    kept->setFallbacksEnabled(!kept->childGroups().contains(u"servers"_s));
    kept->beginGroup(u"servers"_s);
    const QStringList entries = entriesIn(*kept);
    for (const QString &entry : entries) {
        kept->beginGroup(entry);
        auto server = serverIn(*kept);
        const bool isOneMore = server && read.servers.size() < ServerBook::most
            && std::ranges::count(read.servers, server->id, &SavedServer::id) == 0;
        if (isOneMore)
            read.servers.push_back(*std::move(server));
        else
            read.notUnderstood.push_back(valuesIn(*kept));
        kept->endGroup();
    }
    // How many there are said to be is missing, or too few, in a file that was cut or mended by
    // hand: then all count that are there. Where it is more, there were some that are gone.
    const int missing
        = std::max(int(entries.size()), kept->value(u"size"_s).toInt()) - int(read.servers.size());
    if (missing > 0) {
        problems.append(ServerBook::tr(
            "%Ln server(s) in %1 were not understood and are not shown.", nullptr, missing)
                .arg(fileName));
    }
    read.problem = problems.join(u' ');
    return read;
}

QString writeServers(const QString &file, const std::vector<SavedServer> &servers,
    const std::vector<QVariantMap> &notUnderstood)
{
    const auto kept = settingsIn(file);
    kept->remove(u"servers"_s);
    kept->beginWriteArray(u"servers"_s, int(servers.size() + notUnderstood.size()));
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const SavedServer &server = servers[i];
        kept->setArrayIndex(int(i));
        kept->setValue(u"id"_s, server.id);
        kept->setValue(u"name"_s, server.name);
        kept->setValue(u"address"_s, server.address.toString());
        if (!server.alternatives.isEmpty())
            kept->setValue(u"alternatives"_s, QUrl::toStringList(server.alternatives));
        kept->setValue(u"rooms"_s, server.rooms);
        kept->setValue(u"token"_s, wordOf(Place(server.tokenPlace)));
        kept->setValue(u"shown"_s, server.shown);
    }
    // A newer program may know what to make of them.
    for (std::size_t i = 0; i < notUnderstood.size(); ++i) {
        kept->setArrayIndex(int(servers.size() + i));
        const QVariantMap &values = notUnderstood[i];
        for (auto it = values.constBegin(); it != values.constEnd(); ++it)
            kept->setValue(it.key(), it.value());
    }
    kept->endArray();
    return writeSettings(*kept);
}

} // namespace tocsin
