// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "tokencommand.h"

#include "gateway/tokens.h"

#include <QCommandLineParser>

#include <cstdio>

namespace tocsin {

int runTokenCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Makes a token, adds it to a tokens file and prints it, once."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption file(
        QStringLiteral("tokens"), QStringLiteral("The tokens file."), QStringLiteral("FILE"));
    const QCommandLineOption name(
        QStringLiteral("name"), QStringLiteral("Whose token it is."), QStringLiteral("NAME"));
    const QCommandLineOption role(QStringLiteral("role"),
        QStringLiteral("viewer, responder, admin or sender."), QStringLiteral("ROLE"));
    parser.addOptions({file, name, role});
    parser.addPositionalArgument(QStringLiteral("token"), {}, QStringLiteral("token new"));

    const auto refuse = [](const QString &message) {
        std::fprintf(stderr, "tocsin-gateway: %s\n", qUtf8Printable(message));
        return 2;
    };
    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    if (parser.isSet(help)) {
        std::printf("%s", qUtf8Printable(parser.helpText()));
        return 0;
    }
    if (parser.positionalArguments() != QStringList{QStringLiteral("token"), QStringLiteral("new")})
        return refuse(QStringLiteral("The command is: token new."));
    for (const QCommandLineOption &option : {file, name, role}) {
        if (parser.value(option).isEmpty())
            return refuse(QStringLiteral("--%1 is missing.").arg(option.names().constFirst()));
    }
    const QByteArray word = parser.value(role).toUtf8();
    const auto known = enumFromName<Role>({word.constData(), std::size_t(word.size())});
    if (!known)
        return refuse(QStringLiteral("--role must be viewer, responder, admin or sender."));

    const auto token = addToken(parser.value(file), parser.value(name), *known);
    if (!token) {
        std::fprintf(stderr, "tocsin-gateway: %s\n", qUtf8Printable(token.error().message));
        return 1;
    }
    std::printf("The token of %s (%s), which is shown this once:\n%s\n",
        qUtf8Printable(parser.value(name)), word.constData(), qUtf8Printable(*token));
    return 0;
}

} // namespace tocsin
