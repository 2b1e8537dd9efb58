// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "client/serveraddress.h"

#include <QCommandLineParser>

#include <cstdio>
#include <cstdlib>

namespace tocsin {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

auto usageError(const QString &message)
{
    return makeError(ErrorCode::BadConfiguration, message);
}

Expected<milliseconds> parseDuration(const QString &name, const QString &value)
{
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    if (!isNumber || number < 0 || number > std::numeric_limits<qint32>::max()) {
        return usageError(
            u"--set %1: \"%2\" is no duration; give milliseconds, as in %1=500."_s.arg(
                name, value));
    }
    return milliseconds(number);
}

/// Applies one OPTION=VALUE of --set.
Expected<void> applyOption(ConnectionOptions &options, const QString &assignment)
{
    const qsizetype equals = assignment.indexOf(u'=');
    if (equals <= 0) {
        return usageError(
            u"--set %1: give it as OPTION=VALUE, as in reconnectDelay=500."_s.arg(assignment));
    }
    const QString name = assignment.left(equals);
    const QString value = assignment.mid(equals + 1);

    if (name == u"reconnect") {
        if (value != u"true" && value != u"false")
            return usageError(u"--set reconnect: \"%1\" is neither true nor false."_s.arg(value));
        options.reconnect = value == u"true";
        return {};
    }
    if (name == u"maxReconnectAttempts") {
        if (value == u"unlimited") {
            options.maxReconnectAttempts.reset();
            return {};
        }
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        if (!isNumber || number < 0) {
            return usageError(
                u"--set maxReconnectAttempts: \"%1\" is neither a number nor \"unlimited\"."_s.arg(
                    value));
        }
        options.maxReconnectAttempts = number;
        return {};
    }
    const std::pair<QStringView, milliseconds *> durations[]{
        {u"reconnectDelay", &options.reconnectDelay},
        {u"maxReconnectDelay", &options.maxReconnectDelay},
        {u"connectionTimeout", &options.connectionTimeout},
        {u"heartbeatInterval", &options.heartbeatInterval},
        {u"heartbeatTimeout", &options.heartbeatTimeout},
        {u"verificationTimeout", &options.verificationTimeout},
    };
    for (const auto &[known, target] : durations) {
        if (name != known)
            continue;
        const auto duration = parseDuration(name, value);
        if (!duration)
            return tl::unexpected<Error>(duration.error());
        *target = *duration;
        return {};
    }
    return usageError(
        u"--set: there is no option \"%1\". The options are reconnect, reconnectDelay, "
        u"maxReconnectDelay, maxReconnectAttempts, connectionTimeout, "
        u"heartbeatInterval, heartbeatTimeout and verificationTimeout."_s.arg(name));
}

/// All addresses of the server.
Expected<void> readAddresses(SocketClientOptions &options, QStringList addresses)
{
    addresses.removeDuplicates();
    if (addresses.isEmpty()) {
        return usageError(
            u"Give an address, as in tocsin-watch ws://127.0.0.1:8787/ws (--help tells more)."_s);
    }
    if (addresses.size() > mostServerAddresses)
        return usageError(u"A server has at most %1 addresses."_s.arg(mostServerAddresses));
    for (const QString &address : std::as_const(addresses)) {
        const QUrl url(address, QUrl::StrictMode);
        if (!url.isValid() || (url.scheme() != u"ws" && url.scheme() != u"wss")
            || url.host().isEmpty()) {
            return usageError(
                u"\"%1\" is no WebSocket address; it begins with ws:// or wss:// and names a host."_s
                    .arg(address));
        }
        if (!url.userInfo().isEmpty()) {
            return usageError(
                u"An address may not hold a user or a password: others can see it. Use "
                u"--token-file."_s);
        }
        if (options.url.isEmpty())
            options.url = url;
        else
            options.alternatives.append(url);
    }
    return {};
}

} // namespace

Expected<WatchOptions> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Prints what a Tocsin gateway, or any WebSocket server with the same envelope, sends: one "
        u"JSON object a line. Lines on standard input are sent as commands."_s);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Shows this help."_s);
    const QCommandLineOption version({u"v"_s, u"version"_s}, u"Shows the version."_s);
    const QCommandLineOption room(
        u"room"_s, u"Joins a room; may be given several times."_s, u"R"_s);
    const QCommandLineOption tokenFile(
        u"token-file"_s, u"Reads the token from a file, anew for each attempt."_s, u"F"_s);
    const QCommandLineOption set(u"set"_s,
        u"Sets an option of the connection; durations in milliseconds."_s, u"OPTION=VALUE"_s);
    const QCommandLineOption heartbeat(
        u"heartbeat"_s, u"text (default), json or control."_s, u"FLAVOUR"_s, u"text"_s);
    const QCommandLineOption duration(u"for"_s, u"Ends after this many seconds."_s, u"SECONDS"_s);
    const QCommandLineOption count(u"count"_s, u"Ends after this many messages."_s, u"MESSAGES"_s);
    parser.addOptions({help, version, room, tokenFile, set, heartbeat, duration, count});
    const QCommandLineOption server(u"server"_s,
        u"One more address of the same server; may be given several times."_s, u"URL"_s);
    parser.addOption(server);
    parser.addPositionalArgument(u"URL"_s,
        u"ws:// or wss://, as in ws://127.0.0.1:8787/ws. Several are addresses of one server: one "
        u"is used that works."_s,
        u"URL…"_s);
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(help)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        std::exit(0);
    }
    if (parser.isSet(version)) {
        std::puts("tocsin-watch " TOCSIN_VERSION);
        std::exit(0);
    }

    WatchOptions options;
    if (const auto read
        = readAddresses(options.client, parser.positionalArguments() + parser.values(server));
        !read)
        return tl::unexpected<Error>(read.error());
    options.rooms = parser.values(room);
    options.rooms.removeDuplicates();
    options.tokenFile = parser.value(tokenFile);
    for (const QString &assignment : parser.values(set)) {
        if (const auto applied = applyOption(options.client.connection, assignment); !applied)
            return tl::unexpected<Error>(applied.error());
    }
    // A terminal is looked at, or its output is read by somebody else: it is never hidden unless
    // told so, and then behaves as any client.
    const QString flavour = parser.value(heartbeat);
    if (flavour == u"text")
        options.client.heartbeat = HeartbeatFlavour::Text;
    else if (flavour == u"json")
        options.client.heartbeat = HeartbeatFlavour::Json;
    else if (flavour == u"control")
        options.client.heartbeat = HeartbeatFlavour::Control;
    else
        return usageError(u"--heartbeat: \"%1\" is none of text, json, control."_s.arg(flavour));
    if (parser.isSet(duration)) {
        bool isNumber = false;
        const double seconds = parser.value(duration).toDouble(&isNumber);
        if (!isNumber || seconds < 0 || seconds > 2'000'000) {
            return usageError(u"--for: \"%1\" is no number of seconds up to 2000000."_s.arg(
                parser.value(duration)));
        }
        options.duration = milliseconds(qint64(seconds * 1000));
    }
    if (parser.isSet(count)) {
        bool isNumber = false;
        const qint64 messages = parser.value(count).toLongLong(&isNumber);
        if (!isNumber || messages < 1) {
            return usageError(
                u"--count: \"%1\" is no number of messages from 1."_s.arg(parser.value(count)));
        }
        options.messages = messages;
    }
    return options;
}

} // namespace tocsin
