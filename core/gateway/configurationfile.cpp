// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/configurationfile.h"

#include "gateway/clientaddress_p.h"
#include "gateway/nativeadapter.h"
#include "gateway/webaccess_p.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <toml++/toml.h>

namespace tocsin {

namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

// "90d", "12h", "5m", "30s", "500ms".
std::optional<milliseconds> durationFrom(const QString &written)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,9})(ms|s|m|h|d)$"));
    const auto match = pattern.match(written);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = match.captured(1).toLongLong();
    const QString unit = match.captured(2);
    if (unit == u"ms")
        return milliseconds(number);
    const milliseconds one = unit == u"s" ? milliseconds(1s)
        : unit == u"m"                    ? milliseconds(1min)
        : unit == u"h"                    ? milliseconds(1h)
                                          : milliseconds(24h);
    return number * one;
}

QString durationText(milliseconds duration)
{
    for (const auto &[unit, letter] :
        {std::pair(milliseconds(24h), "d"), std::pair(milliseconds(1h), "h"),
            std::pair(milliseconds(1min), "m"), std::pair(milliseconds(1s), "s")}) {
        if (duration % unit == 0ms)
            return QString::number(duration / unit) + QLatin1StringView(letter);
    }
    return QString::number(duration.count()) + QStringLiteral("ms");
}

/// Takes keys out of a file, and keeps what is wrong with them. Whoever asks for a key makes it
/// known; what nobody asked for is not.
class Reader
{
public:
    Reader(const toml::table &root, const QString &fileName)
        : m_root(root)
        , m_fileName(fileName)
    {
    }

    /// A path of at most one table and a key.
    const toml::node *find(const QString &path)
    {
        m_known.append(path);
        const QByteArray utf8 = path.toUtf8();
        return m_root.at_path(std::string_view(utf8.constData(), std::size_t(utf8.size()))).node();
    }
    void fail(const toml::node *node, const QString &path, const QString &what)
    {
        m_errors.append(QStringLiteral("%1:%2: %3: %4.")
                .arg(m_fileName)
                .arg(node ? node->source().begin.line : 1)
                .arg(path, what));
    }
    std::optional<QString> string(const QString &path, const QString &expected)
    {
        const toml::node *const node = find(path);
        if (!node)
            return std::nullopt;
        if (!node->is_string() || node->value_or(std::string_view()).empty()) {
            fail(node, path, QStringLiteral("expected ") + expected);
            return std::nullopt;
        }
        return text(node->value_or(std::string_view()));
    }
    void read(const QString &path, QString &value, const QString &expected)
    {
        if (auto found = string(path, expected))
            value = *std::move(found);
    }
    void readPath(const QString &path, QString &value)
    {
        if (const auto found = string(path, QStringLiteral("a file's name")))
            value = QDir(QFileInfo(m_fileName).absolutePath()).absoluteFilePath(*found);
    }
    void read(const QString &path, qint64 &value, qint64 least, qint64 most)
    {
        const toml::node *const node = find(path);
        if (!node)
            return;
        const auto found = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
        if (found && *found >= least && *found <= most)
            value = *found;
        else
            fail(node, path,
                QStringLiteral("expected a whole number from %1 to %2").arg(least).arg(most));
    }
    template <typename Duration>
    void read(const QString &path, Duration &value, milliseconds least, milliseconds most)
    {
        const toml::node *const node = find(path);
        if (!node)
            return;
        const auto found = node->is_string()
            ? durationFrom(text(node->value_or(std::string_view())))
            : std::nullopt;
        if (found && *found >= least && *found <= most)
            value = std::chrono::duration_cast<Duration>(*found);
        else
            fail(node, path,
                QStringLiteral("expected a duration from %1 to %2, as \"30s\", \"5m\", \"12h\" or "
                               "\"7d\"")
                    .arg(durationText(least), durationText(most)));
    }

    /// What nobody asked for.
    void refuseTheRest()
    {
        for (const auto &[key, node] : m_root)
            refuse(text(key.str()), node);
    }
    [[nodiscard]] const QStringList &errors() const { return m_errors; }
    [[nodiscard]] const QStringList &known() const { return m_known; }

private:
    void refuse(const QString &path, const toml::node &node)
    {
        if (m_known.contains(path))
            return;
        const bool isTable = std::ranges::any_of(
            m_known, [&](const QString &known) { return known.startsWith(path + u'.'); });
        if (isTable && node.is_table()) {
            for (const auto &[key, child] : *node.as_table())
                refuse(path + u'.' + text(key.str()), child);
        } else {
            fail(&node, path,
                isTable ? QStringLiteral("expected a table")
                        : QStringLiteral("there is no such key"));
        }
    }

    const toml::table &m_root;
    QString m_fileName;
    QStringList m_errors;
    QStringList m_known;
};

void readSeverities(Reader &reader, SeverityTable &severities)
{
    const QString path = QStringLiteral("severities");
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    if (!node->is_table())
        return reader.fail(node, path, QStringLiteral("expected a table of words"));
    for (const auto &[key, value] : *node->as_table()) {
        const QString word = text(key.str());
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

std::optional<QStringList> stringsIn(const toml::node *node)
{
    if (!node)
        return std::nullopt;
    if (node->is_string())
        return QStringList{text(node->value_or(std::string_view()))};
    if (!node->is_array() || node->as_array()->empty())
        return std::nullopt;
    QStringList strings;
    for (const toml::node &element : *node->as_array()) {
        if (!element.is_string())
            return std::nullopt;
        strings.append(text(element.value_or(std::string_view())));
    }
    return strings;
}

void readRoute(Reader &reader, const toml::node &node, const QString &path, QList<Route> &routes)
{
    const toml::table *const table = node.as_table();
    if (!table)
        return reader.fail(&node, path, QStringLiteral("expected a table"));
    Route route;
    for (const auto &[key, value] : *table) {
        const QString name = text(key.str());
        if (name == u"rooms") {
            const auto rooms = stringsIn(&value);
            if (rooms && std::ranges::all_of(*rooms, &isRoomName))
                route.rooms = *rooms;
            else
                reader.fail(&value, path + QStringLiteral(".rooms"),
                    QStringLiteral("expected an array of rooms' names, of 1 to 200 characters"));
        } else if (name == u"match" && value.is_table()) {
            for (const auto &[label, wanted] : *value.as_table()) {
                const auto values = stringsIn(&wanted);
                if (values)
                    route.match.insert(text(label.str()), *values);
                else
                    reader.fail(&wanted, path + QStringLiteral(".match.") + text(label.str()),
                        QStringLiteral("expected a string, or an array of strings"));
            }
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

void readRoutes(Reader &reader, QList<Route> &routes)
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

void readList(Reader &reader, const QString &path, QStringList &list,
    bool (*isGood)(const QString &), const QString &expected)
{
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const auto strings = stringsIn(node);
    if (strings && std::ranges::all_of(*strings, isGood))
        list = *strings;
    else
        reader.fail(node, path, QStringLiteral("expected an array of ") + expected);
}

void readSenderCertificate(
    Reader &reader, const toml::node &node, const QString &path, QList<SenderCertificate> &senders)
{
    const toml::table *const table = node.as_table();
    if (!table)
        return reader.fail(&node, path, QStringLiteral("expected a table"));
    SenderCertificate sender;
    for (const auto &[key, value] : *table) {
        const QString name = text(key.str());
        if (name == u"rooms") {
            const auto rooms = stringsIn(&value);
            if (rooms && std::ranges::all_of(*rooms, &isRoomName))
                sender.rooms = *rooms;
            else
                reader.fail(&value, path + QStringLiteral(".rooms"),
                    QStringLiteral("expected an array of rooms' names, as \"account:acme\" or"
                                   " \"team:*\""));
        } else if (name == u"name") {
            sender.name = text(value.value_or(std::string_view()));
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

void readSenderCertificates(Reader &reader, QList<SenderCertificate> &senders)
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

bool isRoomPattern(const QString &text)
{
    return isRoomName(text);
}

bool isNetwork(const QString &text)
{
    return TrustedProxies::parse({text}).has_value();
}

void readAll(Reader &reader, GatewayConfiguration &configuration)
{
    constexpr qint64 mebibyte = 1024LL * 1024;
    const auto key = [](const char *name) { return QString::fromLatin1(name); };
    if (const auto listen = reader.string(key("listen"), QStringLiteral("HOST:PORT"));
        listen && !parseListen(*listen, configuration))
        reader.fail(reader.find(key("listen")), key("listen"),
            QStringLiteral("expected HOST:PORT, as \"127.0.0.1:8787\""));
    reader.readPath(key("data_directory"), configuration.dataDirectory);
    reader.readPath(key("tokens_file"), configuration.tokensFile);
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
    readSeverities(reader, configuration.severities);
    readRoutes(reader, configuration.routes);
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
                .arg(text(error.description())));
    }
    Reader reader(root, fileName);
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
    Reader reader(nothing, {});
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
