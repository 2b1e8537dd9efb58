// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "backupcommand.h"

#include "commandfailure.h"
#include "gateway/logbackup.h"
#include "helpoption.h"

#include <QCommandLineParser>
#include <QDir>

#include <cstdio>

namespace tocsin {

namespace {

int backUp(const QString &dataDirectory, const QString &file)
{
    const auto contents = backUpLog(dataDirectory, file);
    if (!contents)
        return fail(contents.error());
    std::printf("tocsin-gateway: %s holds %s.\n", qUtf8Printable(file),
        qUtf8Printable(contents->toString()));
    return 0;
}

int restore(const QString &dataDirectory, const QString &file, ExistingIncidents existing)
{
    const auto restored = restoreLog(dataDirectory, file, existing);
    if (!restored)
        return fail(restored.error());
    const QString replaced = restored->replaced.isEmpty()
        ? QString()
        : QStringLiteral("; what it held before is in %1").arg(restored->replaced);
    std::printf("tocsin-gateway: %s holds %s, from %s%s.\n", qUtf8Printable(dataDirectory),
        qUtf8Printable(restored->contents.toString()), qUtf8Printable(file),
        qUtf8Printable(replaced));
    return 0;
}

} // namespace

int runBackupCommand(const QStringList &arguments)
{
    const bool isRestore = arguments.value(1) == u"restore";
    const QString command = isRestore ? QStringLiteral("restore") : QStringLiteral("backup");
    QCommandLineParser parser;
    parser.setApplicationDescription(isRestore
            ? QStringLiteral("Makes a backup the log of a data directory that no gateway serves.\n"
                             "Every client asks for a snapshot then.")
            : QStringLiteral("Writes a copy of a data directory's log, also while a gateway serves"
                             " it."));
    const QCommandLineOption help = addHelp(parser);
    const QCommandLineOption directory(QStringLiteral("data-dir"),
        QStringLiteral("Where the gateway keeps its incidents."), QStringLiteral("DIR"));
    const QCommandLineOption replace(QStringLiteral("replace"),
        QStringLiteral("Where there are incidents already, put them aside."));
    parser.addOption(directory);
    if (isRestore)
        parser.addOption(replace);
    parser.addPositionalArgument(command, {}, command);
    parser.addPositionalArgument(QStringLiteral("FILE"),
        isRestore ? QStringLiteral("The backup.")
                  : QStringLiteral("Where to write it; must not exist."));

    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    if (parser.isSet(help)) {
        std::printf("%s", qUtf8Printable(parser.helpText()));
        return 0;
    }
    if (parser.value(directory).isEmpty())
        return refuse(QStringLiteral("--data-dir is missing."));
    const QStringList words = parser.positionalArguments();
    if (words.size() != 2 || words[1].isEmpty())
        return refuse(QStringLiteral("%1 takes the name of one file.").arg(command));
    const QString path = QDir(parser.value(directory)).absolutePath();
    const QString file = QDir().absoluteFilePath(words[1]);
    if (!isRestore)
        return backUp(path, file);
    return restore(
        path, file, parser.isSet(replace) ? ExistingIncidents::Replace : ExistingIncidents::Refuse);
}

} // namespace tocsin
