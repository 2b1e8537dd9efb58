// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "tokencommand.h"

#include "commandfailure.h"
#include "gateway/tokens.h"
#include "helpoption.h"

#include <QCommandLineParser>
#include <QDateTime>

#include <cstdio>

namespace tocsin {

namespace {

int makeToken(const QString &file, const NewToken &token)
{
    const auto secret = addToken(file, token);
    if (!secret)
        return fail(secret.error());
    // Alone, so that it can be sent to a file.
    std::fprintf(stderr, "The token of %s (%s), which is shown this once:\n",
        qUtf8Printable(token.name), qUtf8Printable(enumQString(token.role)));
    std::printf("%s\n", qUtf8Printable(*secret));
    return 0;
}

int listTokens(const QString &file)
{
    const auto tokens = TokenStore::load(file);
    if (!tokens)
        return fail(tokens.error());
    for (const TokenStore::Entry &entry : tokens->entries()) {
        const QString rooms = entry.principal.rooms.isEmpty()
            ? QStringLiteral("all rooms")
            : entry.principal.rooms.join(QStringLiteral(", "));
        QString expiry = QStringLiteral("does not expire");
        if (entry.expires) {
            const auto when
                = QDateTime::fromMSecsSinceEpoch(toMilliseconds(*entry.expires)).toUTC();
            expiry = (*entry.expires <= timestampNow() ? QStringLiteral("expired ")
                                                       : QStringLiteral("expires "))
                + when.toString(Qt::ISODate);
        }
        std::printf("%s\t%s\t%s\t%s\n", qUtf8Printable(entry.principal.name),
            qUtf8Printable(enumQString(entry.principal.role)), qUtf8Printable(rooms),
            qUtf8Printable(expiry));
    }
    return 0;
}

} // namespace

int runTokenCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("token new     makes a token, adds it to a tokens file and prints it, once\n"
                       "token list    says whose tokens a file holds\n"
                       "token revoke  takes a token out of a file; its sessions end"));
    const QCommandLineOption help = addHelp(parser);
    const QCommandLineOption file(
        QStringLiteral("tokens"), QStringLiteral("The tokens file."), QStringLiteral("FILE"));
    const QCommandLineOption name(
        QStringLiteral("name"), QStringLiteral("Whose token it is."), QStringLiteral("NAME"));
    const QCommandLineOption role(QStringLiteral("role"),
        QStringLiteral("new: viewer, responder, admin or sender."), QStringLiteral("ROLE"));
    const QCommandLineOption room(QStringLiteral("room"),
        QStringLiteral("new: a room that it is good for, as account:acme or account:*; may be given"
                       " several times. Without, it is good for all."),
        QStringLiteral("ROOM"));
    const QCommandLineOption expires(QStringLiteral("expires"),
        QStringLiteral("new: when it ends, as 2027-01-31 or 2027-01-31T12:00:00Z."),
        QStringLiteral("TIME"));
    parser.addOptions({file, name, role, room, expires});
    parser.addPositionalArgument(
        QStringLiteral("token"), {}, QStringLiteral("token new|list|revoke"));

    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    if (parser.isSet(help)) {
        std::printf("%s", qUtf8Printable(parser.helpText()));
        return 0;
    }
    const QStringList words = parser.positionalArguments();
    const QString command = words.size() == 2 ? words[1] : QString();
    QList<QCommandLineOption> needed;
    if (command == u"new")
        needed = {file, name, role};
    else if (command == u"revoke")
        needed = {file, name};
    else if (command == u"list")
        needed = {file};
    else
        return refuse(QStringLiteral("The commands are: token new, token list, token revoke."));
    for (const QCommandLineOption &option : std::as_const(needed)) {
        if (parser.value(option).isEmpty())
            return refuse(QStringLiteral("--%1 is missing.").arg(option.names().constFirst()));
    }
    if (command == u"list")
        return listTokens(parser.value(file));
    if (command == u"revoke") {
        const auto removed = removeToken(parser.value(file), parser.value(name));
        return removed ? 0 : fail(removed.error());
    }
    const QByteArray word = parser.value(role).toUtf8();
    const auto known = enumFromName<Role>({word.constData(), std::size_t(word.size())});
    if (!known)
        return refuse(QStringLiteral("--role must be viewer, responder, admin or sender."));
    return makeToken(parser.value(file),
        {.name = parser.value(name),
            .role = *known,
            .rooms = parser.values(room),
            .expires = parser.value(expires)});
}

} // namespace tocsin
