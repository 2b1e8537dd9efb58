// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "client/serveraddress.h"
#include "givenaddress.h"
#include "incidents/incidentfilter.h"
#include "incidents/incidentlink.h"
#include "qml/translations.h"

#include <QCommandLineParser>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

struct Parser {
    QCommandLineOption server{u"server"_s,
        u"Show this server and no other: ws://HOST:PORT/ws or wss://…. Given several times, these "
        "are addresses of one server, and one is used that works. Without it, the servers that "
        "were entered are shown, and a gateway runs in this program, on 127.0.0.1:8787 or another "
        "free port."_s,
        u"URL"_s};
    QCommandLineOption tokenFile{
        u"token-file"_s, u"Read the token from this file, anew for each connection."_s, u"FILE"_s};
    QCommandLineOption room{u"room"_s,
        u"Show this room; may be given several times. Default: account:default."_s, u"ROOM"_s};
    QCommandLineOption dataDirectory{u"data-dir"_s,
        u"Keep the incidents of the gateway in this program here."_s, u"DIRECTORY"_s};
    QCommandLineOption theme{
        u"theme"_s, u"Colours for this run: system, dark or light."_s, u"NAME"_s};
    QCommandLineOption contrast{
        u"contrast"_s, u"Contrast for this run: system, normal or high."_s, u"NAME"_s};
    QCommandLineOption colorVision{u"color-vision"_s,
        u"Severity colours for this run: usual, or limited, for colour blindness."_s, u"NAME"_s};
    QCommandLineOption language{u"language"_s,
        u"Language of the window: system (default), en or de."_s, u"NAME"_s, u"system"_s};
    QCommandLineOption direction{u"direction"_s,
        u"Where lines begin: as the language has it (default), ltr or rtl."_s, u"NAME"_s,
        u"language"_s};
    QCommandLineOption textScale{u"text-scale"_s,
        u"Size of everything for this run, in percent: 80 to 300."_s, u"PERCENT"_s};
    QCommandLineOption filter{u"filter"_s,
        u"Show only these incidents at first, such as 'severity:critical -label.env=staging'."_s,
        u"FILTER"_s};
    QCommandLineOption noCache{u"no-cache"_s,
        u"Neither keep the list of a server for the next start nor show the one that was kept."_s};
    QCommandLineOption offscreen{u"offscreen"_s, u"Use no display."_s};
    QCommandLineOption screenshot{u"screenshot"_s,
        u"Write a picture of the window to this file (PNG) once it is live, or after ten seconds "
        "as it is then, and quit."_s,
        u"FILE"_s};
    QCommandLineOption size{
        u"size"_s, u"Size of the window. Default: 1280x720."_s, u"WIDTHxHEIGHT"_s, u"1280x720"_s};
    QCommandLineOption selfTest{u"self-test"_s,
        u"Start everything on no display and with a data directory of its own, wait until it is "
        "live, and quit: status 0 where it came to that."_s};
    QCommandLineOption kiosk{u"kiosk"_s,
        u"Be a display on a wall: a full-screen window on each screen, which takes no clicks and "
        "does not close. With --size in a window, to try it."_s};
    QCommandLineOption configuration{u"config"_s,
        u"What the display on the wall shows (docs/kiosk.md); taken anew when it changes."_s,
        u"FILE"_s};
    QCommandLineOption checkConfiguration{u"check-config"_s,
        u"Say whether the file of --config can be used, and quit: status 0 where it can."_s};
    QCommandLineOption listScreens{u"list-screens"_s,
        u"Name the screens that are connected, as the file of --config names them, and quit."_s};
    QCommandLineOption platform{u"platform"_s, u"Qt's platform plug-in."_s, u"NAME"_s};
    QCommandLineParser parser;

    Parser()
    {
        parser.setApplicationDescription(u"Tocsin shows live incidents."_s);
        parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
        parser.addOptions({server, tokenFile, room, dataDirectory, theme, contrast, colorVision,
            language, direction, textScale, filter, noCache, offscreen, screenshot, size, selfTest,
            kiosk, configuration, checkConfiguration, listScreens, platform});
        parser.addPositionalArgument(u"LINK"_s,
            u"Open this incident, as tocsin://incident/ID, in the dashboard that runs already or "
            u"in "
            "this one."_s,
            u"[LINK]"_s);
        // Qt's own comes with a second one (--help-all), which tells of nothing more here.
        parser.addOption({{u"h"_s, u"help"_s}, u"Tell the options, and end."_s});
        parser.addVersionOption();
    }
};

tl::unexpected<Error> usageError(const QString &message)
{
    return makeError(ErrorCode::BadConfiguration, message);
}

} // namespace

Expected<CommandLine> parseCommandLine(const QStringList &arguments)
{
    Parser options;
    const QCommandLineParser &parser = options.parser;
    if (!options.parser.parse(arguments))
        return usageError(u"%1. Try --help."_s.arg(parser.errorText().chopped(1)));

    CommandLine line;
    if (parser.isSet(u"help"_s)) {
        line.action = CommandLine::Action::ShowHelp;
        return line;
    }
    if (parser.isSet(u"version"_s)) {
        line.action = CommandLine::Action::ShowVersion;
        return line;
    }
    QStringList extra = parser.positionalArguments();
    if (!extra.isEmpty() && extra.first().startsWith(u"tocsin:", Qt::CaseInsensitive)) {
        const auto incident = incidentOfLink(extra.takeFirst());
        if (!incident)
            return tl::unexpected(incident.error());
        line.incident = *incident;
    }
    if (!extra.isEmpty()) {
        return usageError(
            u"“%1” is not understood; a server is named with --server. Try --help."_s.arg(
                extra.first()));
    }
    line.alternatives = parser.values(options.server);
    line.alternatives.removeDuplicates();
    for (const QString &address : std::as_const(line.alternatives)) {
        if (address.isEmpty())
            return usageError(u"--server needs an address, such as wss://ops.example.com/ws."_s);
        if (const auto checked = checkGivenAddress(address); !checked)
            return usageError(checked.error().message);
    }
    if (line.alternatives.size() > mostServerAddresses) {
        return usageError(
            u"--server: a server has at most %1 addresses."_s.arg(mostServerAddresses));
    }
    if (!line.alternatives.isEmpty())
        line.server = line.alternatives.takeFirst();
    line.tokenFile = parser.value(options.tokenFile);
    line.rooms = parser.values(options.room);
    line.rooms.removeDuplicates();
    line.namedRooms = line.rooms;
    if (line.rooms.isEmpty())
        line.rooms.append(u"account:default"_s);
    line.dataDirectory = parser.value(options.dataDirectory);
    line.platform = parser.value(options.platform);
    if (parser.isSet(options.noCache))
        line.cache = CommandLine::Cache::None;
    line.offscreen = parser.isSet(options.offscreen);
    line.selfTest = parser.isSet(options.selfTest);
    line.screenshot = parser.value(options.screenshot);
    if (parser.isSet(options.screenshot) && line.screenshot.isEmpty())
        return usageError(u"--screenshot needs the name of a file."_s);

    if (parser.isSet(options.tokenFile) && line.tokenFile.isEmpty())
        return usageError(u"--token-file needs the name of a file."_s);
    if (parser.isSet(options.dataDirectory) && line.dataDirectory.isEmpty())
        return usageError(u"--data-dir needs the name of a directory."_s);

    line.kiosk = parser.isSet(options.kiosk);
    line.configurationFile = parser.value(options.configuration);
    line.sizeGiven = parser.isSet(options.size);
    if (parser.isSet(options.configuration) && line.configurationFile.isEmpty())
        return usageError(u"--config needs the name of a file."_s);
    if (parser.isSet(options.checkConfiguration)) {
        if (line.configurationFile.isEmpty())
            return usageError(u"--check-config needs --config FILE."_s);
        line.action = CommandLine::Action::CheckConfiguration;
    } else if (!line.configurationFile.isEmpty() && !line.kiosk) {
        return usageError(u"--config is for --kiosk, which is not there."_s);
    }
    if (parser.isSet(options.listScreens))
        line.action = CommandLine::Action::ListScreens;
    if (line.kiosk && !line.incident.isEmpty())
        return usageError(u"A link is not for --kiosk, which nobody clicks at."_s);
    if (line.kiosk && line.selfTest)
        return usageError(u"--self-test is not for --kiosk."_s);
    if (line.kiosk && parser.isSet(options.textScale)) {
        return usageError(
            u"--text-scale is not for --kiosk: the file of --config has text for each screen."_s);
    }
    if (line.kiosk && parser.isSet(options.filter)) {
        return usageError(
            u"--filter is not for --kiosk: the file of --config has a filter for each page."_s);
    }

    line.theme = parser.value(options.theme);
    if (parser.isSet(options.theme)
        && !QStringList{u"system"_s, u"dark"_s, u"light"_s}.contains(line.theme))
        return usageError(u"--theme is system, dark or light, not “%1”."_s.arg(line.theme));
    line.contrast = parser.value(options.contrast);
    if (parser.isSet(options.contrast)
        && !QStringList{u"system"_s, u"normal"_s, u"high"_s}.contains(line.contrast))
        return usageError(u"--contrast is system, normal or high, not “%1”."_s.arg(line.contrast));
    line.colorVision = parser.value(options.colorVision);
    if (parser.isSet(options.colorVision)
        && !QStringList{u"usual"_s, u"limited"_s}.contains(line.colorVision))
        return usageError(u"--color-vision is usual or limited, not “%1”."_s.arg(line.colorVision));
    line.language = parser.value(options.language);
    if (const QStringList known = QStringList{u"system"_s} + translatedLanguages();
        !known.contains(line.language)) {
        return usageError(
            u"--language is one of %1, not “%2”."_s.arg(known.join(u", "), line.language));
    }
    const QString direction = parser.value(options.direction);
    if (direction == u"rtl")
        line.direction = Qt::RightToLeft;
    else if (direction == u"ltr")
        line.direction = Qt::LeftToRight;
    else if (direction != u"language")
        return usageError(u"--direction is language, ltr or rtl, not “%1”."_s.arg(direction));
    bool isNumber = false;
    line.textPercent = parser.value(options.textScale).toInt(&isNumber);
    if (parser.isSet(options.textScale)
        && (!isNumber || line.textPercent < 80 || line.textPercent > 300)) {
        return usageError(u"--text-scale is a number from 80 to 300, not “%1”."_s.arg(
            parser.value(options.textScale)));
    }

    line.filter = parser.value(options.filter);
    if (const auto filter = IncidentFilter::parse(line.filter); !filter) {
        return usageError(
            u"--filter, %1: %2"_s.arg(filter.error().error.where, filter.error().error.message));
    }

    static const QRegularExpression sizePattern(uR"(^(\d{2,5})x(\d{2,5})$)"_s);
    const auto size = sizePattern.match(parser.value(options.size));
    line.size = {size.captured(1).toInt(), size.captured(2).toInt()};
    if (!size.hasMatch() || line.size.width() < 200 || line.size.height() < 200
        || line.size.width() > 16'384 || line.size.height() > 16'384) {
        return usageError(u"--size is WIDTHxHEIGHT, each from 200 to 16384, not “%1”."_s.arg(
            parser.value(options.size)));
    }
    return line;
}

bool asksForUsualDashboard(const CommandLine &commandLine)
{
    return commandLine.server.isEmpty() && commandLine.dataDirectory.isEmpty() && !commandLine.kiosk
        && !commandLine.offscreen && !commandLine.selfTest && commandLine.screenshot.isEmpty();
}

QString helpText()
{
    return Parser().parser.helpText().replace(u"<executable_name>"_s, u"tocsin"_s);
}

QString versionText()
{
    return QStringLiteral("tocsin " TOCSIN_VERSION "\n");
}

} // namespace tocsin
