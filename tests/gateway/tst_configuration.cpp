// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/configurationfile.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The gateway's configuration file, read by itself and by the program.
class ConfigurationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void leavesWhatIsNotNamed();
    void readsEveryKind();
    void findsFilesBesideItself();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void saysEverythingThatIsWrong();
    void saysWhatCannotBeRead();
    void readsSources();
    void routesByLabelsAndFields();
    void checksTheExample();
    void checksWithoutTouchingAnything();
    void saysWhyItCannotUseRedis_data();
    void saysWhyItCannotUseRedis();
    void goesBehindTheCommandLine();
    void isDocumented();

private:
    QString write(const QByteArray &toml)
    {
        const QString name = m_directory->filePath(u"gateway.toml"_s);
        QFile file(name);
        return file.open(QIODevice::WriteOnly) && file.write(toml) == toml.size() ? name
                                                                                  : QString();
    }
    Expected<GatewayConfiguration> read(const QByteArray &toml)
    {
        return readConfigurationFile(write(toml), {});
    }
    struct Outcome {
        int status;
        QString said;
    };
    static Outcome run(const QStringList &arguments)
    {
        QProcess program;
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"), arguments);
        if (!program.waitForFinished())
            return {-1, program.errorString()};
        return {program.exitCode(), QString::fromUtf8(program.readAll())};
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void ConfigurationTest::leavesWhatIsNotNamed()
{
    const auto configuration = readConfigurationFile(write("# nothing\n"), {.port = 4});
    QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().message));
    QCOMPARE(configuration->port, 4);
    QCOMPARE(configuration->largestBody, GatewayConfiguration().largestBody);
    QVERIFY(configuration->routes.isEmpty());
}

void ConfigurationTest::readsEveryKind()
{
    const auto configuration = read(R"(
listen = "[::1]:9000"
[redis]
url = "redis://redis.example.com:6380/3"
user = "tocsin"
[history]
events = 500
age = "12h"
resolved_age = "30d"
[limits]
header_timeout = "1500ms"
[severities]
Sev0 = "critical"
odd = "unknown"
[[route]]
match = { cluster = "eu-1", severity = ["Critical", "warning"] }
rooms = ["account:acme", "project:eu"]
[[route]]
rooms = "everything"
)");
    QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().message));
    QCOMPARE(configuration->listenAddress, u"[::1]"_s);
    QCOMPARE(configuration->port, 9000);
    QCOMPARE(configuration->redisUrl, u"redis://redis.example.com:6380/3"_s);
    QCOMPARE(configuration->redisUser, u"tocsin"_s);
    QCOMPARE(configuration->historyLength, 500);
    QCOMPARE(configuration->historyAge, 12h);
    QCOMPARE(configuration->resolvedAge, 30 * 24h);
    QCOMPARE(configuration->headerTimeout, 1500ms);
    QCOMPARE(configuration->severities.find(u"sev0"_s), Severity::Critical);
    QCOMPARE(configuration->severities.find(u"odd"_s), Severity::Unknown);
    QCOMPARE(configuration->routes.size(), 2);
    QCOMPARE(
        configuration->routes[0].match[u"severity"_s], (QStringList{u"critical"_s, u"warning"_s}));
    QCOMPARE(configuration->routes[0].rooms, (QStringList{u"account:acme"_s, u"project:eu"_s}));
    QVERIFY(configuration->routes[1].match.isEmpty());
}

void ConfigurationTest::findsFilesBesideItself()
{
    const auto configuration = read("tokens_file = \"t.toml\"\ndata_directory = \"/var/x\"\n"
                                    "[redis]\npassword_file = \"p\"\ntls_ca = \"c\"\n"
                                    "tls_certificate = \"/etc/x.pem\"\ntls_key = \"k\"\n");
    QVERIFY(configuration);
    QCOMPARE(configuration->redisPasswordFile, m_directory->filePath(u"p"_s));
    QCOMPARE(configuration->redisTlsCa, m_directory->filePath(u"c"_s));
    QCOMPARE(configuration->redisTlsCertificate, u"/etc/x.pem"_s);
    QCOMPARE(configuration->redisTlsKey, m_directory->filePath(u"k"_s));
    QCOMPARE(configuration->tokensFile, m_directory->filePath(u"t.toml"_s));
    QCOMPARE(configuration->dataDirectory, u"/var/x"_s);
}

void ConfigurationTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("said"); // behind the file's name
    const auto row = [](const char *name, const char *toml, const char *said) {
        QTest::newRow(name) << QByteArray(toml) << QString::fromUtf8(said);
    };
    row("syntax", "listen = \n", ":1: ");
    row("unknown key", "\n\nlisten_on = \"x\"\n", ":3: listen_on: there is no such key");
    row("unknown in a table", "[history]\nevent = 5\n", ":2: history.event: there is no such key");
    row("no table", "history = 5\n", ":1: history: expected a table");
    row("no text", "listen = 8787\n", ":1: listen: expected HOST:PORT");
    row("no port", "listen = \"localhost\"\n", ":1: listen: expected HOST:PORT");
    row("no number", "[history]\nevents = \"many\"\n",
        ":2: history.events: expected a whole number from 100 to 10000000");
    row("a fraction", "[history]\nevents = 1000.5\n",
        ":2: history.events: expected a whole number");
    row("too few", "[history]\nevents = 1\n", ":2: history.events: expected a whole number");
    row("no duration", "[history]\nage = \"a week\"\n",
        ":2: history.age: expected a duration from 1h to 3650d");
    row("no unit", "[history]\nage = 7\n", ":2: history.age: expected a duration");
    row("too long", "[limits]\nsilence_timeout = \"2h\"\n",
        ":2: limits.silence_timeout: expected a duration from 10s to 1h");
    row("severity", "[severities]\npage = \"bad\"\n", ":2: severities.page: expected \"critical\"");
    row("severities", "severities = 1\n", ":1: severities: expected a table of words");
    row("routes", "route = 1\n", ":1: route: expected [[route]] tables");
    row("no rooms", "[[route]]\nmatch = {a = \"b\"}\n", ":1: route[0]: expected rooms");
    row("bad room", "[[route]]\nrooms = [\"\"]\n", ":2: route[0].rooms: expected an array");
    row("severity of a route", "[[route]]\nmatch = {severity = [\"P1\"]}\nrooms = \"r\"\n",
        ":2: route[0].match.severity: expected \"critical\", \"warning\", \"info\" or"
        " \"unknown\", which the senders' own words are translated to");
    row("bad match", "[[route]]\nmatch = {a = 1}\nrooms = \"r\"\n",
        ":2: route[0].match.a: expected a string, or an array of strings");
    row("sources", "source = 1\n", ":1: source: expected [[source]] tables");
    row("no name", "[[source]]\nexpect_every = \"1m\"\n", ":1: source[0]: expected name");
    row("the gateway's name", "[[source]]\nname = \"gateway\"\n",
        ":2: source[0].name: this name is the gateway's own");
    row("two of a name", "[[source]]\nname = \"a\"\n[[source]]\nname = \"a\"\n",
        ":4: source[1].name: there is a source of this name already");
    row("no address", "[[source]]\nname = \"a\"\napi_url = \"am:9093\"\n",
        ":3: source[0].api_url: expected an address");
    row("a secret in an address",
        "[[source]]\nname = \"a\"\napi_url = \"http://ann:secret@am:9093\"\n",
        ":3: source[0].api_url: a secret does not stand in an address");
    row("half a login", "[[source]]\nname = \"a\"\napi_user = \"ann\"\n",
        ":1: source[0]: api_user and api_password_file belong together");
    row("two logins",
        "[[source]]\nname = \"a\"\napi_user = \"ann\"\napi_password_file = \"p\"\n"
        "api_token_file = \"t\"\n",
        ":1: source[0]: expected api_token_file or api_password_file");
    row("a severity", "[[source]]\nname = \"a\"\nsilence_severity = \"bad\"\n",
        ":3: source[0].silence_severity: expected \"critical\"");
    row("odd key of a source", "[[source]]\nname = \"a\"\nurl = \"x\"\n",
        ":3: source[0].url: there is no such key");
    row("a host with a scheme", "[web]\nallowed_hosts = \"https://a.example\"\n",
        ":2: web.allowed_hosts: expected an array of hosts");
    row("an origin with a path", "[web]\nallowed_origins = [\"https://a.example/x\"]\n",
        ":2: web.allowed_origins: expected an array of origins");
    row("a proxy by name", "trusted_proxies = [\"proxy\"]\n",
        ":1: trusted_proxies: expected an array of addresses or networks");
    row("a nameless sender", "[[sender_certificate]]\nrooms = \"a\"\n",
        ":1: sender_certificate[0]: expected a name");
    row("a sender twice",
        "[[sender_certificate]]\nname = \"a\"\n[[sender_certificate]]\nname = \"a\"\n",
        ":3: sender_certificate[1]: \"a\" is there already");
    row("a sender's room", "[[sender_certificate]]\nname = \"a\"\nrooms = [1]\n",
        ":3: sender_certificate[0].rooms: expected an array of rooms' names");
    row("odd key", "[[route]]\nroom = \"r\"\nrooms = \"r\"\n",
        ":2: route[0].room: there is no such key");
}

void ConfigurationTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, said);
    const auto configuration = read(toml);
    QVERIFY(!configuration);
    QCOMPARE(configuration.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(
        configuration.error().message.startsWith(m_directory->filePath(u"gateway.toml"_s) + said),
        qPrintable(configuration.error().message));
}

void ConfigurationTest::saysEverythingThatIsWrong()
{
    const auto configuration = read("listen = 1\nx = 2\n[history]\nage = 3\n");
    QVERIFY(!configuration);
    QCOMPARE(configuration.error().message.count(u'\n'), 2);
}

void ConfigurationTest::saysWhatCannotBeRead()
{
    const auto configuration = readConfigurationFile(m_directory->filePath(u"none"_s), {});
    QVERIFY(!configuration);
    QVERIFY(configuration.error().message.contains(u"cannot be read"));
}

void ConfigurationTest::readsSources()
{
    const auto configuration = read(R"(
[[source]]
name = "eu"
api_url = ["http://am-1:9093", "https://am-2.example.com/alertmanager"]
api_receiver = "tocsin"
api_user = "ann"
api_password_file = "password"
api_certificate_authority = "ca.crt"
read_every = "30s"
restart_grace = "2m"
expect_every = "10m"
silence_severity = "warning"
rooms = ["team:eu"]

[[source]]
name = "backup"
api_token_file = "token"
api_url = "http://127.0.0.1:9093"
)");
    QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().message));
    QCOMPARE(configuration->sources.size(), 2);
    const IncidentSource &eu = configuration->sources[0];
    QCOMPARE(eu.name, u"eu"_s);
    QCOMPARE(eu.apiUrls,
        (QList<QUrl>{
            QUrl(u"http://am-1:9093"_s), QUrl(u"https://am-2.example.com/alertmanager"_s)}));
    QCOMPARE(eu.apiReceiver, u"tocsin"_s);
    QCOMPARE(eu.apiUser, u"ann"_s);
    QCOMPARE(eu.apiPasswordFile, m_directory->filePath(u"password"_s));
    QCOMPARE(eu.apiCertificateAuthority, m_directory->filePath(u"ca.crt"_s));
    QCOMPARE(eu.readEvery, 30s);
    QCOMPARE(eu.restartGrace, 2min);
    QCOMPARE(eu.expectEvery, 10min);
    QCOMPARE(eu.silenceSeverity, Severity::Warning);
    QCOMPARE(eu.rooms, QStringList{u"team:eu"_s});
    const IncidentSource &backup = configuration->sources[1];
    QCOMPARE(backup.apiUrls.size(), 1);
    QCOMPARE(backup.expectEvery, 0ms);
    QCOMPARE(backup.silenceSeverity, Severity::Critical);

    // Files that are not there are found before anything is served.
    const auto checked = Gateway::check(*configuration);
    QVERIFY(!checked);
    QVERIFY2(checked.error().message.contains(u"password cannot be read"),
        qPrintable(checked.error().message));
}

void ConfigurationTest::routesByLabelsAndFields()
{
    const QList<Route> routes{
        {.match = {{u"cluster"_s, {u"eu-1"_s, u"eu-2"_s}}}, .rooms = {u"eu"_s, u"all"_s}},
        {.match = {{u"source"_s, {u"grafana"_s}}, {u"severity"_s, {u"critical"_s}}},
            .rooms = {u"all"_s, u"bad"_s}},
        {.match = {{u"service"_s, {u"db"_s}}}, .rooms = {u"db"_s}}};
    IncidentReport report{.source = u"grafana"_s, .severity = Severity::Critical};
    QCOMPARE(roomsFor(report, routes), (QStringList{u"all"_s, u"bad"_s}));
    report.labels.insert(u"cluster"_s, u"eu-2"_s);
    QCOMPARE(roomsFor(report, routes), (QStringList{u"eu"_s, u"all"_s, u"bad"_s}));
    report.source = u"alertmanager"_s;
    QCOMPARE(roomsFor(report, routes), (QStringList{u"eu"_s, u"all"_s}));
    report.labels.clear();
    // A label of that name is not the field.
    report.labels.insert(u"service"_s, u"db"_s);
    QVERIFY(roomsFor(report, routes).isEmpty());
    report.service = u"db"_s;
    QCOMPARE(roomsFor(report, routes), QStringList{u"db"_s});
}

void ConfigurationTest::checksTheExample()
{
    const QString example = QStringLiteral(TOCSIN_EXAMPLE);
    const auto [status, said] = run({u"--config"_s, example, u"--check-config"_s});
    QVERIFY2(status == 0, qPrintable(said));
    // It names every key.
    QFile file(example);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    for (const QString &key : configurationKeys()) {
        const QString name = key.section(u'.', -1);
        QVERIFY2(
            text.contains(QRegularExpression(u"(^|\\n)#?\\[*%1\\b"_s.arg(name))), qPrintable(key));
    }
}

void ConfigurationTest::checksWithoutTouchingAnything()
{
    const QString data = m_directory->filePath(u"data"_s);
    const QString file = write("data_directory = \"data\"\n[tls]\ncertificate = \"none.crt\"\n"
                               "key = \"none.key\"\n");
    const auto [status, said] = run({u"--config"_s, file, u"--check-config"_s});
    QCOMPARE(status, 1);
    QVERIFY2(said.contains(u"none.crt"), qPrintable(said));
    QCOMPARE(
        run({u"--config"_s, write("listen = \"0.0.0.0:1\"\n"), u"--check-config"_s}).status, 1);
    QCOMPARE(run({u"--config"_s, write("x = 1\n"), u"--check-config"_s}).status, 1);
    QCOMPARE(
        run({u"--config"_s, write("data_directory = \"data\"\n"), u"--check-config"_s}).status, 0);
    // Nor is Redis asked.
    QCOMPARE(
        run({u"--config"_s, write("[redis]\nurl = \"redis://127.0.0.1:1\"\n"), u"--check-config"_s})
            .status,
        0);
    QVERIFY(!QFile::exists(data));
}

void ConfigurationTest::saysWhyItCannotUseRedis_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("why");
    QTest::newRow("address") << QByteArray("[redis]\nurl = \"http://127.0.0.1\"\n")
                             << u"must be redis://HOST:PORT/DATABASE"_s;
    QTest::newRow("password in it")
        << QByteArray("[redis]\nurl = \"redis://:telltale@127.0.0.1\"\n")
        << u"redis.password_file"_s;
    QTest::newRow("password file")
        << QByteArray("[redis]\nurl = \"redis://127.0.0.1\"\npassword_file = \"none\"\n")
        << u"/none of Redis cannot be read"_s;
}

void ConfigurationTest::saysWhyItCannotUseRedis()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, why);
    const auto [status, said] = run({u"--config"_s, write(toml), u"--check-config"_s});
    QCOMPARE(status, 1);
    QVERIFY2(said.contains(why), qPrintable(said));
    QVERIFY2(!said.contains(u"telltale"), qPrintable(said));
}

void ConfigurationTest::goesBehindTheCommandLine()
{
    const QString file = write("listen = \"0.0.0.0:1\"\n");
    QCOMPARE(
        run({u"--config"_s, file, u"--listen"_s, u"127.0.0.1:0"_s, u"--check-config"_s}).status, 0);
}

void ConfigurationTest::isDocumented()
{
    QFile file(QStringLiteral(TOCSIN_GATEWAY_PAGE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString page = QString::fromUtf8(file.readAll());
    QStringList documented;
    auto rows
        = QRegularExpression(u"^\\| `([a-z_.]+)` \\|"_s, QRegularExpression::MultilineOption)
              .globalMatch(page.section(u"## Configuration\n"_s, 1).section(u"\n## "_s, 0, 0));
    while (rows.hasNext())
        documented.append(rows.next().captured(1));
    QCOMPARE(documented, configurationKeys());
}

QTEST_GUILESS_MAIN(ConfigurationTest)
#include "tst_configuration.moc"
