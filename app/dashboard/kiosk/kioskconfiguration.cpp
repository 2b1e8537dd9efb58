// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/kioskconfiguration.h"

#include "gateway/configurationreader_p.h"
#include "gateway/nativeadapter.h"
#include "givenaddress.h"
#include "incidents/incidentfilter.h"

#include <QFile>
#include <QKeySequence>
#include <QTime>

namespace tocsin {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// One word of several, as a number.
template <typename Value, std::size_t Count>
void readWord(ConfigurationReader &reader, const QString &path, Value &value,
    const std::array<std::pair<QLatin1StringView, Value>, Count> &words)
{
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const QString written = tomlText(node->value_or(std::string_view()));
    QStringList known;
    for (const auto &[word, meaning] : words) {
        if (written == word) {
            value = meaning;
            return;
        }
        known.append(u'"' + word + u'"');
    }
    reader.fail(node, path, u"expected one of "_s + known.join(u", "));
}

void readWord(
    ConfigurationReader &reader, const QString &path, QString &value, const QStringList &words)
{
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const QString written = tomlText(node->value_or(std::string_view()));
    if (words.contains(written))
        value = written;
    else
        reader.fail(node, path, u"expected one of \""_s + words.join(u"\", \"") + u'"');
}

void readSwitch(ConfigurationReader &reader, const QString &path, bool &value)
{
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    if (node->is_boolean())
        value = node->value_or(false);
    else
        reader.fail(node, path, u"expected true or false"_s);
}

void readTimeOfDay(ConfigurationReader &reader, const QString &path, QString &value)
{
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    const QString written = tomlText(node->value_or(std::string_view()));
    if (QTime::fromString(written, u"HH:mm"_s).isValid())
        value = written;
    else
        reader.fail(node, path, u"expected a time of day, as \"22:00\""_s);
}

/// A sentence for the reader, which puts the full stop.
QString withoutStop(const QString &sentence)
{
    return sentence.chopped(sentence.endsWith(u'.') ? 1 : 0);
}

KioskPage readPage(ConfigurationReader &reader)
{
    using enum incidentview::Order;
    using incidentview::Group;
    KioskPage page;
    reader.read(u"title"_s, page.title, u"a title"_s);
    readWord(reader, u"view"_s, page.view,
        std::array{std::pair("incidents"_L1, WallPage::Incidents),
            std::pair("monitors"_L1, WallPage::Monitors),
            std::pair("activity"_L1, WallPage::Activity)});
    if (const auto filter = reader.string(u"filter"_s, u"a filter, as \"severity:critical\""_s)) {
        const auto parsed = IncidentFilter::parse(*filter);
        if (parsed)
            page.filter = *filter;
        else
            reader.fail(
                reader.find(u"filter"_s), u"filter"_s, withoutStop(parsed.error().error.message));
    }
    readWord(reader, u"order"_s, page.order,
        std::array{std::pair("severity"_L1, Severity), std::pair("newest"_L1, Newest),
            std::pair("oldest"_L1, Oldest), std::pair("service"_L1, Service)});
    readWord(reader, u"group"_s, page.group,
        std::array{std::pair("none"_L1, Group::None), std::pair("severity"_L1, Group::Severity),
            std::pair("service"_L1, Group::Service), std::pair("source"_L1, Group::Source)});
    reader.read(u"duration"_s, page.duration, 1s, 24h);
    return page;
}

/// The tables of an array, each by a reader of its own.
template <typename Value>
QList<Value> readTables(ConfigurationReader &reader, const QString &path, const QString &fileName,
    QStringList &errors, Value (*read)(ConfigurationReader &, const QString &, QStringList &))
{
    QList<Value> values;
    const toml::node *const node = reader.find(path);
    if (!node)
        return values;
    if (!node->is_array() || node->as_array()->empty()) {
        reader.fail(node, path, u"expected [[%1]] tables"_s.arg(path));
        return values;
    }
    for (const toml::node &element : *node->as_array()) {
        if (!element.is_table()) {
            reader.fail(&element, path, u"expected a table"_s);
            continue;
        }
        ConfigurationReader tableReader(
            *element.as_table(), fileName, u"%1[%2]."_s.arg(path).arg(values.size()));
        values.append(read(tableReader, fileName, errors));
        tableReader.refuseTheRest();
        errors += tableReader.errors();
    }
    return values;
}

KioskScreen readScreen(ConfigurationReader &reader, const QString &fileName, QStringList &errors)
{
    KioskScreen screen;
    reader.read(u"name"_s, screen.name, u"a screen's name, or \"*\" for the others"_s);
    reader.read(u"text"_s, screen.textPercent, 50, 200);
    const auto pages = readTables<KioskPage>(reader, u"page"_s, fileName, errors,
        [](ConfigurationReader &page, const QString &, QStringList &) { return readPage(page); });
    if (!pages.isEmpty())
        screen.pages = pages;
    return screen;
}

void readSound(ConfigurationReader &reader, KioskConfiguration &configuration)
{
    readSwitch(reader, u"sound.on"_s, configuration.sound);
    reader.read(u"sound.volume"_s, configuration.volume, 0, 100);
    reader.read(u"sound.repeat"_s, configuration.soundRepeat, 0s, 1h);
    const QString path = u"sound.severities"_s;
    const toml::node *const node = reader.find(path);
    if (!node)
        return;
    int bits = 0;
    const auto words = tomlStrings(node);
    for (const QString &word : words.value_or(QStringList())) {
        const std::string written = word.toStdString();
        const auto severity = enumFromName<Severity>(written);
        // An unknown word for a severity reads as Unknown.
        if (!severity || enumName(*severity) != written)
            bits = -1;
        if (bits >= 0)
            bits |= 1 << int(*severity);
    }
    if (words && bits >= 0)
        configuration.soundBits = bits;
    else
        reader.fail(node, path,
            u"expected an array of \"critical\", \"warning\", \"unknown\" and \"info\""_s);
}

void readDimming(ConfigurationReader &reader, KioskConfiguration &configuration)
{
    readTimeOfDay(reader, u"dimming.from"_s, configuration.dimFrom);
    readTimeOfDay(reader, u"dimming.to"_s, configuration.dimTo);
    reader.read(u"dimming.brightness"_s, configuration.dimPercent, 10, 100);
    readSwitch(reader, u"dimming.lifted_by_critical"_s, configuration.criticalLiftsDimming);
    if (configuration.dimFrom.isEmpty() != configuration.dimTo.isEmpty())
        reader.fail(reader.find(u"dimming"_s), u"dimming"_s, u"expected both from and to"_s);
}

/// Of the first that may not be given; empty where all may.
QString faultOf(const QStringList &addresses)
{
    for (const QString &address : addresses) {
        if (const auto checked = checkGivenAddress(address); !checked)
            return checked.error().message;
    }
    return {};
}

void readServer(ConfigurationReader &reader, KioskConfiguration &configuration)
{
    if (const toml::node *const node = reader.find(u"server"_s)) {
        auto addresses = tomlStrings(node).value_or(QStringList());
        if (addresses.isEmpty()) {
            reader.fail(node, u"server"_s,
                u"expected an address that begins with ws:// or wss:// and names a host, or an "
                "array of such addresses"_s);
        } else if (const QString fault = faultOf(addresses); !fault.isEmpty()) {
            reader.fail(node, u"server"_s, withoutStop(fault));
        } else {
            configuration.server = addresses.takeFirst();
            configuration.alternatives = addresses;
        }
    }
    reader.readPath(u"token_file"_s, configuration.tokenFile);
    const toml::node *const rooms = reader.find(u"rooms"_s);
    if (!rooms)
        return;
    const auto names = tomlStrings(rooms);
    if (names && std::ranges::all_of(*names, &isRoomName))
        configuration.rooms = *names;
    else
        reader.fail(
            rooms, u"rooms"_s, u"expected an array of rooms' names, of 1 to 200 characters"_s);
}

void readLeaveKey(ConfigurationReader &reader, KioskConfiguration &configuration)
{
    const auto key = reader.string(u"leave_key"_s, u"a key, as \"Ctrl+Alt+Q\""_s);
    if (!key)
        return;
    const auto sequence = QKeySequence::fromString(*key, QKeySequence::PortableText);
    if (sequence.count() != 1 || sequence[0].key() == Qt::Key_unknown)
        reader.fail(reader.find(u"leave_key"_s), u"leave_key"_s,
            u"expected a key with its modifiers, as \"Ctrl+Alt+Q\""_s);
    else
        configuration.leaveKey = sequence.toString(QKeySequence::PortableText);
}

QString tomlFault(const QString &fileName, const toml::parse_error &error)
{
    return u"%1:%2: %3."_s.arg(fileName)
        .arg(error.source().begin.line)
        .arg(tomlText(error.description()));
}

/// Reads the text, or says with what line it cannot go on.
Expected<toml::table> parseToml(const QByteArray &text, const QString &fileName)
{
    const std::string_view view(text.constData(), std::size_t(text.size()));
    try {
        return toml::parse(view);
    } catch (const toml::parse_error &error) {
        return makeError(ErrorCode::BadConfiguration, tomlFault(fileName, error));
    }
}

} // namespace

Expected<KioskConfiguration> KioskConfiguration::read(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorCode::BadConfiguration,
            u"%1 cannot be read: %2."_s.arg(fileName, file.errorString()));
    }
    const auto root = parseToml(file.readAll(), fileName);
    if (!root)
        return tl::unexpected(root.error());

    KioskConfiguration configuration;
    ConfigurationReader reader(*root, fileName);
    QStringList errors;
    readServer(reader, configuration);
    reader.read(u"name"_s, configuration.name, u"a name"_s);
    readWord(reader, u"theme"_s, configuration.theme, {u"dark"_s, u"light"_s, u"system"_s});
    readWord(reader, u"contrast"_s, configuration.contrast, {u"normal"_s, u"high"_s, u"system"_s});
    readWord(reader, u"color_vision"_s, configuration.colorVision, {u"usual"_s, u"limited"_s});
    readSwitch(reader, u"keep_list"_s, configuration.keepsList);
    readLeaveKey(reader, configuration);
    reader.read(u"hold"_s, configuration.hold, 1s, 24h);
    reader.read(u"pixel_shift"_s, configuration.pixelShift, 0, 20);
    readDimming(reader, configuration);
    readSound(reader, configuration);
    const auto screens
        = readTables<KioskScreen>(reader, u"screen"_s, fileName, errors, &readScreen);
    if (!screens.isEmpty())
        configuration.screens = screens;
    QStringList names;
    for (const KioskScreen &screen : screens) {
        if (names.contains(screen.name))
            reader.fail(
                reader.find(u"screen"_s), u"screen"_s, u"“%1” is there twice"_s.arg(screen.name));
        names.append(screen.name);
    }
    reader.refuseTheRest();
    errors = reader.errors() + errors;
    if (!errors.isEmpty())
        return makeError(ErrorCode::BadConfiguration, errors.join(u'\n'));
    return configuration;
}

ScreenPlan ScreenPlan::of(const QList<KioskScreen> &configured, const QStringList &connected)
{
    ScreenPlan plan;
    qsizetype others = -1;
    QStringList named;
    for (qsizetype i = 0; i < configured.size(); ++i) {
        const QString &name = configured[i].name;
        if (name == u"*") {
            others = i;
            continue;
        }
        named.append(name);
        if (connected.contains(name))
            plan.places.append({name, i});
        else
            plan.missing.append(name);
    }
    for (const QString &screen : connected) {
        if (others >= 0 && !named.contains(screen))
            plan.places.append({screen, others});
    }
    if (plan.places.isEmpty() && !connected.isEmpty() && !configured.isEmpty())
        plan.places.append({connected.first(), 0});
    return plan;
}

} // namespace tocsin
