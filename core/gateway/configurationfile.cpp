// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/configurationfile.h"

#include "gateway/clientaddress_p.h"
#include "gateway/configurationreader_p.h"
#include "gateway/nativeadapter.h"
#include "gateway/webaccess_p.h"

#include <QFile>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

void readSeverities(ConfigurationReader &reader, SeverityTable &severities)
{
    const QString path = QStringLiteral("severities");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    if (!node->is_table())
        return reader.fail(node, path, QStringLiteral("expected a table of words"));
    for (const auto &[key, value] : *node->as_table()) {
        const QString word = tomlText(key.str());
        const auto severity = value.value_or(std::string_view());
        const auto known = enumFromName<Severity>(severity);
        // An unknown word for a severity reads as Unknown.
        if (!value.is_string() || !known || enumName(*known) != severity) {
            reader.fail(&value, path + u'.' + word,
                QStringLiteral("expected \"critical\", \"warning\", \"info\" or \"unknown\""));
            continue;
        }
        severities.set(word, *known);
    }
}

/// What an incident's severity may be, by which it is routed; what its sender calls it is
/// translated by then.
std::optional<QStringList> severityNames(const QStringList &words)
{
    QStringList names;
    for (const QString &word : words) {
        const QByteArray utf8 = word.toLower().toUtf8();
        const std::string_view name(utf8.constData(), std::size_t(utf8.size()));
        const auto known = enumFromName<Severity>(name);
        if (!known || enumName(*known) != name)
            return std::nullopt;
        names.append(enumQString(*known));
    }
    return names;
}

void readMatch(
    ConfigurationReader &reader, const toml::table &table, const QString &path, Route &route)
{
    for (const auto &[label, wanted] : table) {
        const QString name = tomlText(label.str());
        const QString place = path + QStringLiteral(".match.") + name;
        auto values = tomlStrings(&wanted);
        if (!values) {
            reader.fail(
                &wanted, place, QStringLiteral("expected a string, or an array of strings"));
            continue;
        }
        if (name == u"severity") {
            values = severityNames(*values);
            if (!values) {
                reader.fail(&wanted, place,
                    QStringLiteral("expected \"critical\", \"warning\", \"info\" or"
                                   " \"unknown\", which the senders' own words are translated to"
                                   " before"));
                continue;
            }
        }
        route.match.insert(name, *values);
    }
}

void readRoute(
    ConfigurationReader &reader, const toml::node &node, const QString &path, QList<Route> &routes)
{
    const toml::table *const table = node.as_table();
    if (!table)
        return reader.fail(&node, path, QStringLiteral("expected a table"));
    Route route;
    for (const auto &[key, value] : *table) {
        const QString name = tomlText(key.str());
        if (name == u"rooms") {
            const auto rooms = tomlStrings(&value);
            if (rooms && std::ranges::all_of(*rooms, &isRoomName))
                route.rooms = *rooms;
            else
                reader.fail(&value, path + QStringLiteral(".rooms"),
                    QStringLiteral("expected an array of rooms' names, of 1 to 200 characters"));
        } else if (name == u"match" && value.is_table()) {
            readMatch(reader, *value.as_table(), path, route);
        } else {
            reader.fail(&value, path + u'.' + name,
                name == u"match" ? QStringLiteral("expected a table of labels and their values")
                                 : QStringLiteral("there is no such key"));
        }
    }
    if (!table->contains("rooms"))
        reader.fail(&node, path, QStringLiteral("expected rooms"));
    routes.append(std::move(route));
}

void readRoutes(ConfigurationReader &reader, QList<Route> &routes)
{
    const QString path = QStringLiteral("route");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    if (!node->is_array())
        return reader.fail(node, path, QStringLiteral("expected [[route]] tables"));
    int index = 0;
    for (const toml::node &element : *node->as_array())
        readRoute(reader, element, QStringLiteral("route[%1]").arg(index++), routes);
}

void readList(ConfigurationReader &reader, const QString &path, QStringList &list,
    bool (*isGood)(const QString &), const QString &expected)
{
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const auto strings = tomlStrings(node);
    if (strings && std::ranges::all_of(*strings, isGood))
        list = *strings;
    else
        reader.fail(node, path, QStringLiteral("expected an array of ") + expected);
}

void readSenderCertificate(ConfigurationReader &reader, const toml::node &node, const QString &path,
    QList<SenderCertificate> &senders)
{
    const toml::table *const table = node.as_table();
    if (!table)
        return reader.fail(&node, path, QStringLiteral("expected a table"));
    SenderCertificate sender;
    for (const auto &[key, value] : *table) {
        const QString name = tomlText(key.str());
        if (name == u"rooms") {
            const auto rooms = tomlStrings(&value);
            if (rooms && std::ranges::all_of(*rooms, &isRoomName))
                sender.rooms = *rooms;
            else
                reader.fail(&value, path + QStringLiteral(".rooms"),
                    QStringLiteral("expected an array of rooms' names, as \"account:acme\" or"
                                   " \"team:*\""));
        } else if (name == u"name") {
            sender.name = tomlText(value.value_or(std::string_view()));
        } else {
            reader.fail(&value, path + u'.' + name, QStringLiteral("there is no such key"));
        }
    }
    const bool isDouble = std::ranges::any_of(
        senders, [&](const SenderCertificate &other) { return other.name == sender.name; });
    if (sender.name.isEmpty())
        reader.fail(&node, path, QStringLiteral("expected a name, as a certificate has it"));
    else if (isDouble)
        reader.fail(&node, path, QStringLiteral("\"%1\" is there already").arg(sender.name));
    senders.append(std::move(sender));
}

void readSenderCertificates(ConfigurationReader &reader, QList<SenderCertificate> &senders)
{
    const QString path = QStringLiteral("sender_certificate");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    if (!node->is_array())
        return reader.fail(node, path, QStringLiteral("expected [[sender_certificate]] tables"));
    int index = 0;
    for (const toml::node &element : *node->as_array()) {
        readSenderCertificate(
            reader, element, QStringLiteral("sender_certificate[%1]").arg(index++), senders);
    }
}

template <typename T>
void readWord(ConfigurationReader &reader, const QString &path, T &value)
{
    const auto word = reader.string(path, expectedText<T>());
    if (!word)
        return;
    const QByteArray utf8 = word->toUtf8();
    const auto known = enumFromName<T>({utf8.constData(), std::size_t(utf8.size())});
    if (known)
        value = *known;
    else
        reader.fail(reader.find(path), path, QStringLiteral("expected ") + expectedText<T>());
}

bool isRoomPattern(const QString &text)
{
    return isRoomName(text);
}

bool isNetwork(const QString &text)
{
    return TrustedProxies::parse({text}).has_value();
}

void readAll(ConfigurationReader &reader, GatewayConfiguration &configuration)
{
    constexpr qint64 mebibyte = 1024LL * 1024;
    const auto key = [](const char *name) { return QString::fromLatin1(name); };
    if (const auto listen = reader.string(key("listen"), QStringLiteral("HOST:PORT"));
        listen && !parseListen(*listen, configuration))
        reader.fail(reader.find(key("listen")), key("listen"),
            QStringLiteral("expected HOST:PORT, as \"127.0.0.1:8787\""));
    reader.readPath(key("data_directory"), configuration.dataDirectory);
    reader.readPath(key("tokens_file"), configuration.tokensFile);
    reader.read(
        key("redis.url"), configuration.redisUrl, QStringLiteral("redis://HOST:PORT/DATABASE"));
    reader.read(key("redis.user"), configuration.redisUser, QStringLiteral("a name"));
    reader.readPath(key("redis.password_file"), configuration.redisPasswordFile);
    reader.read(
        key("redis.sentinel_user"), configuration.redisSentinelUser, QStringLiteral("a name"));
    reader.readPath(key("redis.sentinel_password_file"), configuration.redisSentinelPasswordFile);
    reader.readPath(key("redis.tls_ca"), configuration.redisTlsCa);
    reader.readPath(key("redis.tls_certificate"), configuration.redisTlsCertificate);
    reader.readPath(key("redis.tls_key"), configuration.redisTlsKey);
    reader.readPath(key("tls.certificate"), configuration.tlsCertificate);
    reader.readPath(key("tls.key"), configuration.tlsKey);
    reader.readPath(key("tls.client_ca"), configuration.tlsClientCa);
    readSenderCertificates(reader, configuration.senderCertificates);
    readList(reader, key("web.allowed_hosts"), configuration.allowedHosts, &WebAccess::isHost,
        QStringLiteral("hosts, as \"tocsin.example.com\""));
    readList(reader, key("web.allowed_origins"), configuration.allowedOrigins, &WebAccess::isOrigin,
        QStringLiteral("origins, as \"https://status.example.com\""));
    readList(reader, key("trusted_proxies"), configuration.trustedProxies, &isNetwork,
        QStringLiteral("addresses or networks, as \"127.0.0.1\" or \"10.0.0.0/8\""));
    reader.read(key("history.events"), configuration.historyLength, 100, 10'000'000);
    reader.read(key("history.age"), configuration.historyAge, 1h, 24h * 3650);
    reader.read(key("history.resolved_age"), configuration.resolvedAge, 1h, 24h * 3650);
    reader.read(key("limits.body_bytes"), configuration.largestBody, 1024, 1024 * mebibyte);
    reader.read(key("limits.session_queue_bytes"), configuration.sessionQueueBytes, mebibyte,
        1024 * mebibyte);
    reader.read(key("limits.authentication_timeout"), configuration.authenticationTimeout, 1s, 60s);
    reader.read(key("limits.header_timeout"), configuration.headerTimeout, 1s, 120s);
    reader.read(key("limits.body_timeout"), configuration.bodyTimeout, 1s, 1h);
    reader.read(key("limits.silence_timeout"), configuration.silenceTimeout, 10s, 1h);
    reader.read(key("limits.heads_interval"), configuration.heartbeatInterval, 1s, 60s);
    reader.read(key("limits.messages_per_second"), configuration.messagesPerSecond, 1, 1'000'000);
    reader.read(key("limits.message_burst"), configuration.messageBurst, 1, 1'000'000);
    reader.read(key("limits.connections"), configuration.connections, 1, 1'000'000);
    reader.read(
        key("limits.connections_per_address"), configuration.connectionsPerAddress, 1, 1'000'000);
    readList(reader, key("presence"), configuration.presenceRooms, &isRoomPattern,
        QStringLiteral("rooms' names, as \"account:acme\" or \"team:*\""));
    readWord(reader, key("log.level"), configuration.logLevel);
    readWord(reader, key("log.format"), configuration.logFormat);
    readSeverities(reader, configuration.severities);
    readRoutes(reader, configuration.routes);
    readSources(reader, configuration.sources);
}

} // namespace

Expected<GatewayConfiguration> readConfigurationFile(
    const QString &fileName, GatewayConfiguration configuration)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("The configuration file %1 cannot be read: %2.")
                .arg(fileName, file.errorString()));
    }
    const QByteArray content = file.readAll();
    toml::table root;
    try {
        root = toml::parse(std::string_view(content.constData(), std::size_t(content.size())));
    } catch (const toml::parse_error &error) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("%1:%2: %3.")
                .arg(fileName)
                .arg(error.source().begin.line)
                .arg(tomlText(error.description())));
    }
    ConfigurationReader reader(root, fileName);
    readAll(reader, configuration);
    reader.refuseTheRest();
    if (!reader.errors().isEmpty()) {
        return makeError(ErrorCode::BadConfiguration, reader.errors().join(u'\n'));
    }
    return configuration;
}

QStringList configurationKeys()
{
    const toml::table nothing;
    ConfigurationReader reader(nothing, {});
    GatewayConfiguration configuration;
    readAll(reader, configuration);
    return reader.known();
}

bool parseListen(const QString &text, GatewayConfiguration &configuration)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    const quint16 port = text.sliced(colon + 1).toUShort(&isNumber);
    if (colon < 1 || !isNumber)
        return false;
    configuration.listenAddress = text.first(colon);
    configuration.port = port;
    return true;
}

} // namespace tocsin
