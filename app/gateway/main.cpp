// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "backupcommand.h"
#include "gateway/configurationfile.h"
#include "gatewayservice.h"
#include "helpoption.h"
#include "logoutput.h"
#include "migratecommand.h"
#include "stopsignals.h"
#include "tokencommand.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

#include <csignal>
#include <cstdio>
#include <sys/resource.h>

using namespace tocsin;

namespace {

int fail(const QString &message, int status)
{
    tellOfFailure(message);
    return status;
}

template <typename T>
bool readWord(const QCommandLineParser &parser, const QCommandLineOption &option, T &value)
{
    if (!parser.isSet(option))
        return true;
    const QByteArray word = parser.value(option).toUtf8();
    const auto known = enumFromName<T>({word.constData(), std::size_t(word.size())});
    value = known.value_or(value);
    return known.has_value();
}

// A connection is a file descriptor, and the usual soft limit is 1024.
void allowManyConnections()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tocsin-gateway"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TOCSIN_VERSION));
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"token")
        return runTokenCommand(arguments);
    if (arguments.value(1) == u"backup" || arguments.value(1) == u"restore")
        return runBackupCommand(arguments);
    if (arguments.value(1) == u"migrate")
        return runMigrateCommand(arguments);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Takes alerts over HTTP, keeps the incidents, and tells every dashboard.\n"
                       "`tocsin-gateway token new --help` says how to make a token,\n"
                       "`tocsin-gateway backup --help` and `restore --help` how to keep what it"
                       " holds,\n"
                       "`tocsin-gateway migrate --help` how to move it to Redis and back."));
    const QCommandLineOption help = addHelp(parser);
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption listen(QStringLiteral("listen"),
        QStringLiteral("Where to listen; port 0 is any free one."), QStringLiteral("HOST:PORT"),
        QStringLiteral("127.0.0.1:8787"));
    const QCommandLineOption dataDirectory(QStringLiteral("data-dir"),
        QStringLiteral("Where incidents are kept."), QStringLiteral("DIR"),
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + QStringLiteral("/tocsin"));
    const QCommandLineOption log(QStringLiteral("log"),
        QStringLiteral("Keep incidents in this Redis instead, which several gateways may share:"
                       " redis://HOST:PORT/DATABASE, or"
                       " redis-sentinel://HOST:PORT,HOST:PORT,HOST:PORT/MASTER/DATABASE; over TLS"
                       " rediss: and rediss-sentinel:."),
        QStringLiteral("URL"));
    const QCommandLineOption tokens(QStringLiteral("tokens"),
        QStringLiteral("Let in only who has a token of this file."), QStringLiteral("FILE"));
    const QCommandLineOption certificate(QStringLiteral("tls-cert"),
        QStringLiteral("Serve https and wss: the certificate"
                       " chain (PEM)."),
        QStringLiteral("FILE"));
    const QCommandLineOption key(QStringLiteral("tls-key"),
        QStringLiteral("The certificate's private key (PEM)."), QStringLiteral("FILE"));
    const QCommandLineOption config(QStringLiteral("config"),
        QStringLiteral("Read this configuration file; what is given here goes before it."),
        QStringLiteral("FILE"));
    const QCommandLineOption checkConfig(QStringLiteral("check-config"),
        QStringLiteral("Say what is wrong with the configuration, and end."));
    const QCommandLineOption logLevel(QStringLiteral("log-level"),
        QStringLiteral("What is logged: debug, info, warning or error and what is worse."),
        QStringLiteral("LEVEL"), QStringLiteral("info"));
    const QCommandLineOption logFormat(QStringLiteral("log-format"),
        QStringLiteral("How: text (key=value) or json."), QStringLiteral("FORMAT"),
        QStringLiteral("text"));
    parser.addOptions({listen, dataDirectory, log, tokens, certificate, key, logLevel, logFormat,
        config, checkConfig});
    if (!parser.parse(arguments))
        return fail(parser.errorText(), 2);
    if (parser.isSet(help)) {
        std::printf("%s", qUtf8Printable(parser.helpText()));
        return 0;
    }
    if (parser.isSet(version)) {
        std::printf("tocsin-gateway %s\n", TOCSIN_VERSION);
        return 0;
    }
    if (!parser.positionalArguments().isEmpty()) {
        return fail(QStringLiteral("There is no command \"%1\".")
                        .arg(parser.positionalArguments().constFirst()),
            2);
    }

    for (const QCommandLineOption &option :
        {listen, dataDirectory, log, tokens, certificate, key, config}) {
        // As where a shell's variable is not set: it would take away what the file says.
        if (parser.isSet(option) && parser.value(option).isEmpty()) {
            return fail(QStringLiteral("--%1 is empty.").arg(option.names().constFirst()), 2);
        }
    }

    GatewayConfiguration configuration;
    configuration.dataDirectory = parser.value(dataDirectory);
    if (parser.isSet(config)) {
        auto read = readConfigurationFile(parser.value(config), configuration);
        if (!read)
            return fail(read.error().message, 1);
        configuration = *std::move(read);
    }
    if (parser.isSet(listen) && !parseListen(parser.value(listen), configuration)) {
        return fail(QStringLiteral("--listen must be HOST:PORT, as 127.0.0.1:8787; got \"%1\".")
                        .arg(parser.value(listen)),
            2);
    }
    if (!readWord(parser, logLevel, configuration.logLevel))
        return fail(QStringLiteral("--log-level must be debug, info, warning or error."), 2);
    if (!readWord(parser, logFormat, configuration.logFormat))
        return fail(QStringLiteral("--log-format must be text or json."), 2);
    for (const auto &[option, value] :
        {std::pair(&dataDirectory, &configuration.dataDirectory),
            std::pair(&log, &configuration.redisUrl), std::pair(&tokens, &configuration.tokensFile),
            std::pair(&certificate, &configuration.tlsCertificate),
            std::pair(&key, &configuration.tlsKey)}) {
        if (parser.isSet(*option))
            *value = parser.value(*option);
    }
    configuration.dataDirectory = QDir(configuration.dataDirectory).absolutePath();
    if (parser.isSet(checkConfig)) {
        if (const auto good = Gateway::check(configuration); !good)
            return fail(good.error().message, 1);
        std::printf("tocsin-gateway: the configuration is good\n");
        return 0;
    }

    allowManyConnections();
    installLogOutput(configuration.logFormat, configuration.logLevel);
    StopSignals stop;
    GatewayService service(ServiceManager::fromEnvironment());
    QObject::connect(
        &stop, &StopSignals::received, &application,
        [&service](int signal) {
            service.tellStopping();
            logEvent(LogLevel::Info, "gateway.stopping",
                {{"reason", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
            QCoreApplication::quit();
        },
        Qt::QueuedConnection);
    const auto gateway = Gateway::start(configuration);
    if (!gateway)
        return fail(gateway.error().message, 1);
    QObject::connect(&stop, &StopSignals::reloadAsked, &service, [&gateway, &service] {
        service.tellReloading();
        (*gateway)->reload().then(&service, [&service] { service.tellReloaded(); });
    });
    std::printf("tocsin-gateway: listening on %s (%s), data in %s\n",
        (*gateway)->httpUrl().toEncoded().constData(),
        (*gateway)->webSocketUrl().toEncoded().constData(),
        qUtf8Printable(configuration.redisUrl.isEmpty() ? configuration.dataDirectory
                                                        : configuration.redisUrl));
    std::fflush(stdout);
    service.tellReady(QStringLiteral("Listening on %1")
            .arg((*gateway)->httpUrl().toString(QUrl::RemoveUserInfo)));
    service.watch(**gateway);
    return QCoreApplication::exec();
}
