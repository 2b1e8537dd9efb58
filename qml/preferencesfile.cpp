// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/serveraddress.h"
#include "qml/preferences.h"
#include "qml/preferencesfile_p.h"
#include "qml/whenfinished.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

using Kind = Preference::Kind;

constexpr auto format = "tocsin-settings";
constexpr int formatVersion = 1;
/// Nobody's settings are larger.
constexpr qint64 largestFile = 1'000'000;
constexpr std::array parts{
    std::pair{"preferences"_L1, QJsonValue::Object},
    std::pair{"servers"_L1, QJsonValue::Array},
    std::pair{"filters"_L1, QJsonValue::Array},
    std::pair{"alarm"_L1, QJsonValue::Object},
};

QString allowed(const Preference &entry)
{
    QStringList words;
    switch (entry.kind) {
    case Kind::Choice:
        for (const auto &choice : entry.choices)
            words.append(QLatin1StringView(choice.first));
        return words.join(u", ");
    case Kind::Number: return wholeNumber(entry.minimum, entry.maximum);
    case Kind::Switch: return u"true, false"_s;
    }
    Q_UNREACHABLE();
}

/// The one of a book with this address and these rooms.
std::optional<SavedServer> serverAt(
    const ServerBook *book, const QUrl &address, const QStringList &rooms)
{
    if (!book)
        return std::nullopt;
    const auto found = std::ranges::find_if(book->all(), [&](const SavedServer &server) {
        return server.address == address && server.rooms == rooms;
    });
    return found == book->all().end() ? std::nullopt : std::optional(*found);
}

Expected<QHash<QString, QVariant>> valuesIn(const QJsonObject &object)
{
    QHash<QString, QVariant> values;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        const QString where = u"preferences."_s + it.key();
        const Preference *const entry = preferenceOf(it.key());
        if (!entry)
            return noSuchSetting(where);
        const auto value = acceptedValue(*entry, it.value().toVariant());
        if (!value)
            return unexpectedValue(where, allowed(*entry));
        values.insert(it.key(), *value);
    }
    return values;
}

/// What a file says of servers.
struct GivenServers {
    /// Such as are not there yet.
    std::vector<SavedServer> added = {};
    /// Such as are there, with what the file says of them.
    std::vector<SavedServer> changed = {};
};

/// `book`: those that are there; null for none.
Expected<GivenServers> serversIn(const QJsonArray &servers, const ServerBook *book)
{
    GivenServers given;
    for (qsizetype i = 0; i < servers.size(); ++i) {
        const QString where = u"servers[%1]."_s.arg(i);
        const QJsonObject one = servers[i].toObject();
        const auto address = serverAddress(one.value(u"address"_s).toString());
        if (!address)
            return unusable(where + u"address"_s, address.error().message);
        QList<QUrl> alternatives;
        const QJsonArray further = one.value(u"alternatives"_s).toArray();
        if (further.size() >= mostServerAddresses) {
            return unusable(where + u"alternatives"_s,
                Preferences::tr("a server has at most %1 addresses").arg(mostServerAddresses));
        }
        for (const auto &value : further) {
            const auto alternative = serverAddress(value.toString());
            if (!alternative)
                return unusable(where + u"alternatives"_s, alternative.error().message);
            alternatives.append(*alternative);
        }
        const QStringList rooms = one.value(u"rooms"_s).toVariant().toStringList();
        if (rooms.isEmpty() || rooms.contains(QString()))
            return unusable(where + u"rooms"_s, Preferences::tr("expected the names of rooms"));
        const QString name = one.value(u"name"_s).toString().simplified();
        // What the file does not say of one that is here stays.
        if (auto known = serverAt(book, *address, rooms)) {
            const SavedServer before = *known;
            if (!name.isEmpty())
                known->name = name;
            if (one.contains(u"alternatives"_s))
                known->alternatives = alternatives;
            known->shown = one.value(u"shown"_s).toBool(known->shown);
            if (*known != before)
                given.changed.push_back(*std::move(known));
            continue;
        }
        given.added.push_back({.id = {},
            .name = name.isEmpty() ? address->host() : name,
            .address = *address,
            .alternatives = alternatives,
            .rooms = rooms,
            .shown = one.value(u"shown"_s).toBool(true)});
    }
    if (book && book->rowCount() + int(given.added.size()) > ServerBook::most)
        return tooMany(u"servers"_s, ServerBook::most);
    return given;
}

} // namespace

tl::unexpected<Error> unusable(const QString &where, const QString &what)
{
    // It stands within a sentence.
    return makeError(
        ErrorCode::InvalidPayload, what.endsWith(u'.') ? what.chopped(1) : what, where);
}

tl::unexpected<Error> noSuchSetting(const QString &where)
{
    return unusable(where, Preferences::tr("there is no such setting"));
}

tl::unexpected<Error> unexpectedValue(const QString &where, const QString &expected)
{
    return unusable(where, Preferences::tr("expected %1").arg(expected));
}

tl::unexpected<Error> tooMany(const QString &where, int most)
{
    return unusable(where, Preferences::tr("with them there would be more than %1").arg(most));
}

QString wholeNumber(int minimum, int maximum)
{
    return Preferences::tr("a whole number from %1 to %2").arg(minimum).arg(maximum);
}

Expected<IncidentFilter> filterAt(const QString &where, const QString &text)
{
    const auto filter = IncidentFilter::parse(text);
    if (filter)
        return *filter;
    const Error &error = filter.error().error;
    return unusable(where, error.where + u": "_s + error.message);
}

QString Preferences::usualFile() const
{
    return QStandardPaths::writableLocation(QStandardPaths::HomeLocation)
        + u"/tocsin-settings.json"_s;
}

QJsonObject Preferences::toJson() const
{
    QJsonObject values;
    for (const Preference &entry : preferenceTable()) {
        const QString key = QString::fromLatin1(entry.key);
        values.insert(key, QJsonValue::fromVariant(m_values.value(key)));
    }
    QJsonObject object{{u"format"_s, QLatin1StringView(format)}, {u"version"_s, formatVersion},
        {u"preferences"_s, values}};
    if (m_servers) {
        QJsonArray servers;
        for (const SavedServer &server : m_servers->all()) {
            QJsonObject one{{u"name"_s, server.name}, {u"address"_s, server.address.toString()},
                {u"rooms"_s, QJsonArray::fromStringList(server.rooms)}, {u"shown"_s, server.shown}};
            QJsonArray alternatives;
            for (const QUrl &alternative : server.alternatives)
                alternatives.append(alternative.toString());
            if (!alternatives.isEmpty())
                one.insert(u"alternatives"_s, alternatives);
            servers.append(one);
        }
        object.insert(u"servers"_s, servers);
    }
    if (m_savedFilters)
        object.insert(u"filters"_s, m_savedFilters->toJson());
    if (m_alarmSettings)
        object.insert(u"alarm"_s, m_alarmSettings->toJson());
    return object;
}

void Preferences::exportTo(const QString &fileName)
{
    const QFileInfo info(fileName.trimmed());
    if (info.fileName().isEmpty() || info.isDir()) {
        Q_EMIT told(tr("Name a file, such as %1.").arg(usualFile()), false);
        return;
    }
    QFile there(info.filePath());
    if (there.open(QIODevice::ReadOnly)) {
        const auto object = QJsonDocument::fromJson(there.read(largestFile)).object();
        if (object.value(u"format"_s) != QLatin1StringView(format)) {
            Q_EMIT told(tr("%1 is there already and holds something else; it was left as it is. "
                           "Name another file.")
                            .arg(info.filePath()),
                false);
            return;
        }
    }
    QSaveFile file(info.filePath());
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(toJson()).toJson()) < 0
        || !file.commit()) {
        Q_EMIT told(
            tr("%1 cannot be written: %2.").arg(info.filePath(), file.errorString()), false);
        return;
    }
    Q_EMIT told(tr("Written to %1, without any token.").arg(info.filePath()), true);
}

void Preferences::importFrom(const QString &fileName)
{
    QFile file(fileName.trimmed());
    if (!file.open(QIODevice::ReadOnly)) {
        Q_EMIT told(tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()), false);
        return;
    }
    QJsonParseError mistake;
    const QByteArray text = file.read(largestFile + 1);
    const QJsonDocument document = QJsonDocument::fromJson(text, &mistake);
    const auto taken = [&]() -> Expected<int> {
        if (text.size() > largestFile)
            return unusable({}, tr("it is too large to be that"));
        if (mistake.error != QJsonParseError::NoError) {
            return unusable(
                {}, tr("%1, at byte %2").arg(mistake.errorString()).arg(mistake.offset));
        }
        return takeJson(document.object());
    }();
    if (!taken) {
        const Error &error = taken.error();
        Q_EMIT told(
            tr("%1 holds no settings that can be used: %2. Nothing was changed.")
                .arg(file.fileName(),
                    error.where.isEmpty() ? error.message : error.where + u": "_s + error.message),
            false);
        return;
    }
    if (const QString problem = importProblem(); !problem.isEmpty()) {
        Q_EMIT told(tr("Taken from %1, but for now only. %2").arg(file.fileName(), problem), false);
        return;
    }
    Q_EMIT told(*taken == 0 ? tr("Taken from %1.").arg(file.fileName())
                            : tr("Taken from %1. Servers added, without tokens: %2.")
                                  .arg(file.fileName())
                                  .arg(*taken),
        true);
}

QString Preferences::importProblem() const
{
    QStringList problems{m_problem};
    if (m_savedFilters)
        problems.append(m_savedFilters->problem());
    if (m_alarmSettings)
        problems.append(m_alarmSettings->problem());
    problems.removeAll(QString());
    problems.removeDuplicates();
    return problems.join(u' ');
}

Expected<int> Preferences::takeJson(const QJsonObject &object)
{
    if (object.value(u"format"_s) != QLatin1StringView(format))
        return unexpectedValue(u"format"_s, u"\"%1\""_s.arg(QLatin1StringView(format)));
    const int version = object.value(u"version"_s).toInt();
    if (version > formatVersion)
        return unusable(u"version"_s, tr("it is of a newer Tocsin"));
    if (version != formatVersion)
        return unexpectedValue(u"version"_s, QString::number(formatVersion));
    for (const auto &[key, type] : parts) {
        // An older program wrote fewer of them.
        const QJsonValue part = object.value(key);
        if (!part.isUndefined() && part.type() != type)
            return unexpectedValue(key, type == QJsonValue::Array ? u"[…]"_s : u"{…}"_s);
    }
    // All is looked at before anything is changed.
    const auto values = valuesIn(object.value(u"preferences"_s).toObject());
    if (!values)
        return tl::unexpected<Error>(values.error());
    const auto servers = serversIn(object.value(u"servers"_s).toArray(), m_servers);
    if (!servers)
        return tl::unexpected<Error>(servers.error());
    const auto alarm = AlarmSettings::choicesIn(object.value(u"alarm"_s).toObject());
    if (!alarm)
        return tl::unexpected<Error>(alarm.error());
    const auto filters = m_savedFilters
        ? m_savedFilters->filtersIn(object.value(u"filters"_s).toArray())
        : std::vector<SavedFilters::Named>();
    if (!filters)
        return tl::unexpected<Error>(filters.error());
    for (auto it = values->constBegin(); it != values->constEnd(); ++it)
        set(it.key(), it.value());
    if (m_alarmSettings)
        m_alarmSettings->take(*alarm);
    if (m_savedFilters && !filters->empty())
        m_savedFilters->take(*filters);
    if (!m_servers)
        return 0;
    const auto complain = [this](const auto &saved) {
        if (!saved)
            Q_EMIT told(saved.error().message, false);
    };
    // With the token that it has.
    for (const SavedServer &server : servers->changed)
        whenFinished(m_servers->save(server, std::nullopt), this, complain);
    for (const SavedServer &server : servers->added)
        whenFinished(m_servers->save(server, QString()), this, complain);
    return int(servers->added.size());
}

} // namespace tocsin
