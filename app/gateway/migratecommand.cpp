// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "migratecommand.h"

#include "commandfailure.h"
#include "gateway/configurationfile.h"
#include "gateway/logmigration.h"
#include "helpoption.h"

#include <QCommandLineParser>
#include <QDir>

#include <chrono>
#include <cstdio>

namespace tocsin {

namespace {

using Clock = std::chrono::steady_clock;

/// A line a second, and one at the end of each step.
class ProgressLines
{
public:
    void tell(const MigrationProgress &progress)
    {
        const bool isNewStep = progress.step != m_step;
        const bool isAtEnd = progress.done >= progress.all && m_told != progress.all;
        if (!isNewStep && !isAtEnd && Clock::now() < m_next)
            return;
        m_step = progress.step;
        m_told = progress.done;
        m_next = Clock::now() + std::chrono::seconds(1);
        const char *const word
            = progress.step == MigrationProgress::Step::Copying ? "copying" : "checking";
        std::fprintf(stderr, "tocsin-gateway: %s: %lld of %lld incidents and events\n", word,
            static_cast<long long>(progress.done), static_cast<long long>(progress.all));
    }

private:
    std::optional<MigrationProgress::Step> m_step;
    qint64 m_told = -1;
    Clock::time_point m_next;
};

int migrate(
    const LogPlace &from, const LogPlace &to, const QString &fromText, const QString &toText)
{
    ProgressLines lines;
    const auto migrated
        = migrateLog(from, to, [&](const MigrationProgress &progress) { lines.tell(progress); });
    if (!migrated)
        return fail(migrated.error());
    if (migrated->isBegunOver)
        std::printf("tocsin-gateway: an earlier migration was broken off; it was begun over.\n");
    if (migrated->wasThere)
        std::printf("tocsin-gateway: an earlier migration had come to its end; nothing was left to"
                    " do.\n");
    if (!migrated->replaced.isEmpty()) {
        std::printf("tocsin-gateway: the empty log that was there is in %s.\n",
            qUtf8Printable(migrated->replaced));
    }
    std::printf("tocsin-gateway: %s holds %s, the same as %s (read back and compared; SHA-256"
                " %s).\n"
                "tocsin-gateway: start the gateways on %s: clients go on from where they were.\n",
        qUtf8Printable(toText), qUtf8Printable(migrated->contents.toString()),
        qUtf8Printable(fromText), qUtf8Printable(migrated->digest), qUtf8Printable(toText));
    return 0;
}

} // namespace

int runMigrateCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Copies the log from a data directory to Redis, or back, with everything"
                       " that it holds,\nand compares the copy with it. Stop the gateways first."
                       " Broken off, it is run again,\nand begins over."));
    const QCommandLineOption help = addHelp(parser);
    const QString form = QStringLiteral("sqlite:DIR|redis://HOST:PORT/DATABASE");
    const QCommandLineOption source(
        QStringLiteral("from"), QStringLiteral("Where the log is."), form);
    const QCommandLineOption destination(
        QStringLiteral("to"), QStringLiteral("Where it is to be; nothing may be there yet."), form);
    const QCommandLineOption user(QStringLiteral("redis-user"),
        QStringLiteral("Who we are at Redis, where not its default user."), QStringLiteral("NAME"));
    const QCommandLineOption passwordFile(QStringLiteral("redis-password-file"),
        QStringLiteral("A file with the password for Redis."), QStringLiteral("FILE"));
    const QCommandLineOption authorities(QStringLiteral("redis-tls-ca"),
        QStringLiteral("For rediss: the CAs that Redis' certificate may be of (PEM), where not"
                       " those that the system trusts."),
        QStringLiteral("FILE"));
    const QCommandLineOption certificate(QStringLiteral("redis-tls-cert"),
        QStringLiteral("A certificate to show to Redis (PEM)."), QStringLiteral("FILE"));
    const QCommandLineOption key(QStringLiteral("redis-tls-key"),
        QStringLiteral("Its private key (PEM)."), QStringLiteral("FILE"));
    const QCommandLineOption config(QStringLiteral("config"),
        QStringLiteral(
            "Read users, password files and certificates for Redis and its Sentinels from this"
            " configuration file."),
        QStringLiteral("FILE"));
    parser.addOptions(
        {source, destination, user, passwordFile, authorities, certificate, key, config});
    parser.addPositionalArgument(QStringLiteral("migrate"), {}, QStringLiteral("migrate"));

    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    if (parser.isSet(help)) {
        std::printf("%s", qUtf8Printable(parser.helpText()));
        return 0;
    }
    if (parser.positionalArguments().size() != 1)
        return refuse(QStringLiteral("migrate takes options only."));
    for (const QCommandLineOption &option : {source, destination}) {
        if (parser.value(option).isEmpty())
            return refuse(QStringLiteral("--%1 is missing.").arg(option.names().constFirst()));
    }
    auto from = parseLogPlace(parser.value(source));
    if (!from)
        return refuse(QStringLiteral("--from: ") + from.error().message);
    auto to = parseLogPlace(parser.value(destination));
    if (!to)
        return refuse(QStringLiteral("--to: ") + to.error().message);
    GatewayConfiguration configuration;
    if (parser.isSet(config)) {
        auto read = readConfigurationFile(parser.value(config), configuration);
        if (!read)
            return fail(read.error());
        configuration = *std::move(read);
    }
    if (parser.isSet(user))
        configuration.redisUser = parser.value(user);
    for (const auto &[option, value] : {std::pair(&passwordFile, &configuration.redisPasswordFile),
             std::pair(&authorities, &configuration.redisTlsCa),
             std::pair(&certificate, &configuration.redisTlsCertificate),
             std::pair(&key, &configuration.redisTlsKey)}) {
        if (parser.isSet(*option))
            *value = QDir().absoluteFilePath(parser.value(*option));
    }
    for (LogPlace *place : {&*from, &*to}) {
        if (auto *const redis = std::get_if<RedisLogPlace>(place)) {
            redis->user = configuration.redisUser;
            redis->passwordFile = configuration.redisPasswordFile;
            redis->sentinelUser = configuration.redisSentinelUser;
            redis->sentinelPasswordFile = configuration.redisSentinelPasswordFile;
            redis->tls = {.authorities = configuration.redisTlsCa,
                .certificate = configuration.redisTlsCertificate,
                .key = configuration.redisTlsKey};
        }
    }
    return migrate(*from, *to, parser.value(source), parser.value(destination));
}

} // namespace tocsin
