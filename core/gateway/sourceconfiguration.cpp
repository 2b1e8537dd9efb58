// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/configurationreader_p.h"
#include "gateway/nativeadapter.h"

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr std::array knownKeys{"name", "api_url", "api_receiver", "api_token_file", "api_user",
    "api_password_file", "api_certificate_authority", "read_every", "restart_grace", "expect_every",
    "silence_severity", "rooms"};

void readName(ConfigurationReader &reader, const QString &prefix, const toml::node &table,
    const QList<IncidentSource> &before, IncidentSource &source)
{
    const QString expected = QStringLiteral("a name of 1 to 200 characters, as \"alertmanager\"");
    const QString path = prefix + QStringLiteral("name");
    const toml::node *const node = reader.find(path);
    if (!node)
        return reader.fail(&table, prefix.chopped(1), QStringLiteral("expected name"));
    reader.read(path, source.name, expected);
    if (source.name.isEmpty())
        return;
    if (!isSourceName(source.name))
        reader.fail(node, path, QStringLiteral("expected ") + expected);
    else if (source.name == gatewaySource)
        reader.fail(node, path, QStringLiteral("this name is the gateway's own"));
    else if (std::ranges::any_of(
                 before, [&](const IncidentSource &other) { return other.name == source.name; }))
        reader.fail(node, path, QStringLiteral("there is a source of this name already"));
}

void readAddresses(ConfigurationReader &reader, const QString &prefix, IncidentSource &source)
{
    const QString path = prefix + QStringLiteral("api_url");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const QStringList addresses = tomlStrings(node).value_or(QStringList());
    for (const QString &address : addresses) {
        const QUrl url(address, QUrl::StrictMode);
        const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
        if (!isWeb || url.host().isEmpty() || url.hasQuery()) {
            reader.fail(node, path,
                QStringLiteral("expected an address as \"http://127.0.0.1:9093\", or an array of"
                               " them"));
        } else if (!url.userInfo().isEmpty()) {
            reader.fail(node, path,
                QStringLiteral("a secret does not stand in an address: use api_user and"
                               " api_password_file, or api_token_file"));
        } else {
            source.apiUrls.append(url);
        }
    }
    if (addresses.isEmpty())
        reader.fail(node, path, QStringLiteral("expected an address, or an array of them"));
}

void readCredentials(ConfigurationReader &reader, const QString &prefix, const toml::node &table,
    IncidentSource &source)
{
    reader.read(prefix + QStringLiteral("api_receiver"), source.apiReceiver,
        QStringLiteral("a receiver's name, or a regular expression for it"));
    reader.readPath(prefix + QStringLiteral("api_token_file"), source.apiTokenFile);
    reader.read(
        prefix + QStringLiteral("api_user"), source.apiUser, QStringLiteral("a user's name"));
    reader.readPath(prefix + QStringLiteral("api_password_file"), source.apiPasswordFile);
    reader.readPath(
        prefix + QStringLiteral("api_certificate_authority"), source.apiCertificateAuthority);
    if (source.apiUser.isEmpty() != source.apiPasswordFile.isEmpty()) {
        reader.fail(&table, prefix.chopped(1),
            QStringLiteral("api_user and api_password_file belong together"));
    }
    if (!source.apiTokenFile.isEmpty() && !source.apiPasswordFile.isEmpty()) {
        reader.fail(&table, prefix.chopped(1),
            QStringLiteral("expected api_token_file or api_password_file, not both"));
    }
}

void readSeverity(ConfigurationReader &reader, const QString &prefix, IncidentSource &source)
{
    const QString path = prefix + QStringLiteral("silence_severity");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const auto word = node->value_or(std::string_view());
    const auto severity = enumFromName<Severity>(word);
    if (node->is_string() && severity && enumName(*severity) == word)
        source.silenceSeverity = *severity;
    else
        reader.fail(node, path,
            QStringLiteral("expected \"critical\", \"warning\", \"info\" or \"unknown\""));
}

void readRooms(ConfigurationReader &reader, const QString &prefix, IncidentSource &source)
{
    const QString path = prefix + QStringLiteral("rooms");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const auto rooms = tomlStrings(node);
    if (rooms && std::ranges::all_of(*rooms, &isRoomName))
        source.rooms = *rooms;
    else
        reader.fail(node, path,
            QStringLiteral("expected an array of rooms' names, of 1 to 200 characters"));
}

void readSource(ConfigurationReader &reader, const QString &prefix, const toml::table &table,
    QList<IncidentSource> &sources)
{
    IncidentSource source;
    readName(reader, prefix, table, sources, source);
    readAddresses(reader, prefix, source);
    readCredentials(reader, prefix, table, source);
    readSeverity(reader, prefix, source);
    readRooms(reader, prefix, source);
    reader.read(prefix + QStringLiteral("read_every"), source.readEvery, 1s, 1h);
    reader.read(prefix + QStringLiteral("restart_grace"), source.restartGrace, 1s, 24h);
    reader.read(prefix + QStringLiteral("expect_every"), source.expectEvery, 1s, 24h * 366);
    for (const auto &[key, value] : table) {
        if (std::ranges::find(knownKeys, key.str()) == knownKeys.end())
            reader.fail(
                &value, prefix + tomlText(key.str()), QStringLiteral("there is no such key"));
    }
    sources.append(std::move(source));
}

} // namespace

void readSources(ConfigurationReader &reader, QList<IncidentSource> &sources)
{
    const QString path = QStringLiteral("source");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    if (!node->is_array())
        return reader.fail(node, path, QStringLiteral("expected [[source]] tables"));
    int index = 0;
    for (const toml::node &element : *node->as_array()) {
        const QString name = QStringLiteral("source[%1]").arg(index++);
        if (const toml::table *const table = element.as_table())
            readSource(reader, name + u'.', *table, sources);
        else
            reader.fail(&element, name, QStringLiteral("expected a table"));
    }
}

} // namespace tocsin
