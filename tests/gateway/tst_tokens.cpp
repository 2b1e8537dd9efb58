// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QSaveFile>
#include <QScopeGuard>

#include <atomic>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

/// Tokens: their file, the command that changes it, and what a change does to those who are in.
class TokensTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void knowsRoomsByPattern();
    void addsWhatItIsTold();
    void refusesWhatIsNoExpiry();
    void removesOneAndLeavesTheRest();
    void removesAllOfOneName();
    void refusesWordsThatItDoesNotKnow_data();
    void refusesWordsThatItDoesNotKnow();
    void neverLosesATokenToAnotherProgram();
    void leavesTheFileToItsReaders_data();
    void leavesTheFileToItsReaders();
    void changesNothingThatItCannotGiveBack();
    void listsWithoutSecrets();
    void endsTheSessionOfARemovedToken();
    void endsTheSessionOfAnExpiredToken();
    void takesAChangedTokenToOpenSessions();
    void keepsTheOldTokensWhileTheFileIsBroken();
    void readsAgainOnSighup();

private:
    QByteArray content() const
    {
        QFile file(tokensFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    // As an editor does: another file in its place.
    void replace(const QByteArray &toml)
    {
        QSaveFile file(tokensFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(toml), toml.size());
        QVERIFY(file.commit());
    }
    static QProcess *runTokenCommand(const QStringList &arguments, QObject *parent)
    {
        auto *const process = new QProcess(parent);
        process->start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
            QStringList{u"token"_s} + arguments);
        return process;
    }
    std::unique_ptr<Peer> enter(const QByteArray &token)
    {
        auto peer = std::make_unique<Peer>(m_gateway->webSocketUrl());
        peer->send({{u"type"_s, u"auth"_s}, {u"token"_s, QString::fromLatin1(token)}});
        return peer->waitForMessages(1) ? std::move(peer) : nullptr;
    }
};

void TokensTest::knowsRoomsByPattern()
{
    QVERIFY(allowsRoom({}, u"any"_s));
    const QStringList patterns{u"account:acme"_s, u"project:*"_s};
    QVERIFY(allowsRoom(patterns, u"account:acme"_s));
    QVERIFY(!allowsRoom(patterns, u"account:acme2"_s));
    QVERIFY(allowsRoom(patterns, u"project:eu"_s));
    QVERIFY(allowsRoom(patterns, u"project:"_s));
    QVERIFY(!allowsRoom(patterns, u"proj"_s));
    QVERIFY(allowsRoom({u"*"_s}, u"any"_s));
}

void TokensTest::addsWhatItIsTold()
{
    const QByteArray secret = token({.name = u"Ann \"the\" boss"_s,
        .role = Role::Responder,
        .rooms = {u"account:*"_s, u"x"_s},
        .expires = u"2040-02-03T04:05:06Z"_s});
    const auto store = TokenStore::load(tokensFile());
    QVERIFY(store);
    const auto at = [](int year) {
        return timestampFromMilliseconds(
            QDateTime::fromString(u"%1-01-01T00:00:00Z"_s.arg(year), Qt::ISODate)
                .toMSecsSinceEpoch());
    };
    const auto ann = store->find(secret, at(2030));
    QVERIFY(ann);
    QCOMPARE(ann->name, u"Ann \"the\" boss"_s);
    QCOMPARE(ann->role, Role::Responder);
    QVERIFY(ann->mayUse(u"account:acme"_s) && ann->mayUse(u"x"_s) && !ann->mayUse(u"y"_s));
    QVERIFY(!store->find(secret, at(2041)));
    QCOMPARE(store->findAgain(ann->tokenHash, at(2030))->name, ann->name);
    QVERIFY(!store->findAgain(ann->tokenHash, at(2041)));
    QVERIFY(!store->findAgain({}, at(2030)));
    QVERIFY(store->nextExpiry(at(2030)));
    QVERIFY(!store->nextExpiry(at(2041)));
    QVERIFY(!content().contains(secret));
}

void TokensTest::refusesWhatIsNoExpiry()
{
    for (const QString &expires :
        {u"soon"_s, u"2040-13-01"_s, u"2040-01-01\nrole = \"admin\""_s, u"2040-01-01 # x"_s}) {
        const auto refused = addToken(tokensFile(), {.name = u"x"_s, .expires = expires});
        QVERIFY2(!refused, qPrintable(expires));
    }
    QVERIFY(!QFile::exists(tokensFile()));
}

void TokensTest::removesOneAndLeavesTheRest()
{
    token(Role::Viewer);
    token({.name = u"odd one"_s, .role = Role::Admin, .rooms = {u"a"_s, u"b"_s}});
    token(Role::Sender);
    const QByteArray before = "# Ours.\n\n"
        + content().replace("\n[[token]]\nname = \"sender\"",
            "\n# The one that sends.\n[[token]]\nname = \"sender\"");
    replace(before);
    QVERIFY(removeToken(tokensFile(), u"odd one"_s));
    const QByteArray after = content();
    QVERIFY(!after.contains("odd one"));
    QVERIFY2(after.startsWith("# Ours.\n\n[[token]]\nname = \"viewer\""), after.constData());
    QVERIFY2(
        after.contains("\n# The one that sends.\n[[token]]\nname = \"sender\""), after.constData());
    QCOMPARE(TokenStore::load(tokensFile())->entries().size(), 2);
    const auto again = removeToken(tokensFile(), u"odd one"_s);
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::NotFound);
    QCOMPARE(QFile::permissions(tokensFile()) & (QFile::ReadGroup | QFile::ReadOther),
        QFile::Permissions());
    QVERIFY(removeToken(tokensFile(), u"sender"_s));
    QVERIFY(removeToken(tokensFile(), u"viewer"_s));
    QVERIFY(TokenStore::load(tokensFile())->isEmpty());
}

void TokensTest::removesAllOfOneName()
{
    token(Role::Viewer);
    token({.name = u"ann"_s, .role = Role::Admin});
    token(Role::Sender);
    // As two files are put together by hand.
    const QByteArray once = content();
    const qsizetype table = once.indexOf("[[token]]\nname = \"ann\"");
    replace(once + '\n' + once.mid(table, once.indexOf("\n\n", table) - table) + '\n');
    QCOMPARE(TokenStore::load(tokensFile())->entries().size(), 4);
    QVERIFY(removeToken(tokensFile(), u"ann"_s));
    QVERIFY(!content().contains("ann"));
    QCOMPARE(TokenStore::load(tokensFile())->entries().size(), 2);
}

void TokensTest::refusesWordsThatItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("where");
    const QByteArray good
        = "[[token]]\nname = \"a\"\nrole = \"viewer\"\nsha256 = \"" + QByteArray(64, 'a') + "\"\n";
    QTest::newRow("a room") << QByteArray(good + "room = [\"r\"]\n") << u"token[0].room"_s;
    QTest::newRow("an end") << QByteArray(good + "expire = 2020-01-01\n") << u"token[0].expire"_s;
    QTest::newRow("a table") << QByteArray("[[tokens]]\nname = \"a\"\n") << u"tokens"_s;
}

void TokensTest::refusesWordsThatItDoesNotKnow()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, where);
    replace(toml);
    const auto store = TokenStore::load(tokensFile());
    QVERIFY(!store);
    QCOMPARE(store.error().where, where);
    QVERIFY2(store.error().message.contains(u"tokens.toml: %1: expected"_s.arg(where)),
        qPrintable(store.error().message));
}

void TokensTest::neverLosesATokenToAnotherProgram()
{
    QObject processes;
    QList<QProcess *> running;
    for (int i = 0; i < 8; ++i) {
        running.append(runTokenCommand({u"new"_s, u"--tokens"_s, tokensFile(), u"--name"_s,
                                           QString::number(i), u"--role"_s, u"viewer"_s},
            &processes));
    }
    for (QProcess *const process : std::as_const(running)) {
        QVERIFY(process->waitForFinished(patience));
        QVERIFY2(process->exitCode() == 0, process->readAllStandardError().constData());
    }
    QCOMPARE(TokenStore::load(tokensFile())->entries().size(), 8);
}

void TokensTest::leavesTheFileToItsReaders_data()
{
    QTest::addColumn<uint>("mode");
    QTest::newRow("its user's") << 0600U;
    QTest::newRow("its group's") << 0640U;
}

void TokensTest::leavesTheFileToItsReaders()
{
    QFETCH(uint, mode);
    if (::geteuid() != 0)
        QSKIP("Only the superuser can give a file away.");
    constexpr uid_t user = 10'087;
    constexpr gid_t group = 10'088;
    token(Role::Viewer);
    const QByteArray name = QFile::encodeName(tokensFile());
    QCOMPARE(::chown(name.constData(), user, group), 0);
    QCOMPARE(::chmod(name.constData(), mode), 0);
    const auto isTheirs = [&] {
        struct stat now{};
        return ::stat(name.constData(), &now) == 0 && now.st_uid == user && now.st_gid == group
            && (now.st_mode & 07777U) == mode;
    };
    token(Role::Admin);
    QVERIFY(isTheirs());
    QVERIFY(removeToken(tokensFile(), u"viewer"_s));
    QVERIFY(isTheirs());
}

void TokensTest::changesNothingThatItCannotGiveBack()
{
    if (::geteuid() != 0)
        QSKIP("Only the superuser can make a file that is somebody else's.");
    token(Role::Viewer);
    const QByteArray before = content();
    // Somebody who may replace the file, in a folder that is theirs, and read it.
    constexpr uid_t somebody = 10'087;
    const QByteArray folder = QFile::encodeName(m_directory->path());
    QCOMPARE(::chown(folder.constData(), somebody, somebody), 0);
    QCOMPARE(::chmod(QFile::encodeName(tokensFile()).constData(), 0644), 0);
    Expected<void> removed;
    {
        QCOMPARE(::seteuid(somebody), 0);
        const auto back = qScopeGuard([] { QCOMPARE(::seteuid(0), 0); });
        removed = removeToken(tokensFile(), u"viewer"_s);
    }
    QVERIFY(!removed);
    QVERIFY2(removed.error().message.contains(u"is not changed: it belongs to user 0"),
        qPrintable(removed.error().message));
    QCOMPARE(content(), before);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList{u"tokens.toml"_s});
}

void TokensTest::listsWithoutSecrets()
{
    const QByteArray secret = token({.name = u"ann"_s,
        .role = Role::Viewer,
        .rooms = {u"a"_s, u"b:*"_s},
        .expires = u"2001-01-01"_s});
    token(Role::Sender);
    QObject parent;
    QProcess *const list = runTokenCommand({u"list"_s, u"--tokens"_s, tokensFile()}, &parent);
    QVERIFY(list->waitForFinished(patience));
    QCOMPARE(list->readAllStandardOutput(),
        "ann\tviewer\ta, b:*\texpired 2001-01-01T00:00:00Z\n"
        "sender\tsender\tall rooms\tdoes not expire\n"_ba);
    QProcess *const none = runTokenCommand({u"revoke"_s, u"--tokens"_s, tokensFile()}, &parent);
    QVERIFY(none->waitForFinished(patience));
    QCOMPARE(none->exitCode(), 2);
    QVERIFY(!content().contains(secret));
}

void TokensTest::endsTheSessionOfARemovedToken()
{
    const QByteArray viewer = token(Role::Viewer);
    const QByteArray admin = token(Role::Admin);
    start({.tokensFile = tokensFile()});
    const auto out = enter(viewer);
    const auto in = enter(admin);
    QVERIFY(out && in);
    QVERIFY(removeToken(tokensFile(), u"viewer"_s));
    QVERIFY(out->waitUntil([&] { return out->isClosed; }));
    QCOMPARE(int(out->socket.closeCode()), 4001);
    QVERIFY(in->join(u"account:default"_s));
    QVERIFY(!in->takeData(u"room.joined"_s).isEmpty());
    // Nor does it come in again, and a new one does.
    QCOMPARE(incidents({{"Authorization", "Bearer " + viewer}}).status, 401);
    const QByteArray fresh = token({.name = u"fresh"_s, .role = Role::Viewer});
    QTRY_COMPARE(incidents({{"Authorization", "Bearer " + fresh}}).status, 200);
}

void TokensTest::endsTheSessionOfAnExpiredToken()
{
    const auto soon = QDateTime::currentDateTimeUtc().addSecs(3);
    const QByteArray viewer = token({.name = u"ann"_s,
        .role = Role::Viewer,
        .expires = soon.toString(u"yyyy-MM-ddTHH:mm:ssZ"_s)});
    start({.tokensFile = tokensFile()});
    const auto peer = enter(viewer);
    QVERIFY(peer);
    QVERIFY(peer->waitUntil([&] { return peer->isClosed; }));
    QCOMPARE(int(peer->socket.closeCode()), 4001);
    QVERIFY(QDateTime::currentDateTimeUtc().toSecsSinceEpoch() >= soon.toSecsSinceEpoch());
}

void TokensTest::takesAChangedTokenToOpenSessions()
{
    const QByteArray secret
        = token({.name = u"ann"_s, .role = Role::Responder, .rooms = {u"a"_s, u"b"_s}});
    start({.tokensFile = tokensFile()});
    const auto peer = enter(secret);
    QVERIFY(peer && peer->join(u"a"_s) && peer->join(u"b"_s));
    QVERIFY(peer->waitForMessages(5));
    replace(content().replace("\"responder\"", "\"viewer\"").replace(", \"b\"", ""));
    const QJsonObject error = peer->takeData(u"error"_s);
    QCOMPARE(error[u"code"_s].toString(), u"forbidden"_s);
    QVERIFY(error[u"message"_s].toString().contains(u"room b"));
    QCOMPARE(
        m_gateway
            ->ingest({{.source = u"s"_s, .fingerprint = u"1"_s, .title = u"t"_s, .rooms = {u"b"_s}},
                {.source = u"s"_s, .fingerprint = u"2"_s, .title = u"u"_s, .rooms = {u"a"_s}}})
            .result(),
        Expected<int>(2));
    const QJsonObject created = peer->take(u"incident.created"_s);
    QCOMPARE(created[u"room"_s].toString(), u"a"_s); // and nothing of b's
    peer->send({{u"type"_s, u"incident.acknowledge"_s},
        {u"uuid"_s, created[u"data"_s].toObject()[u"uuid"_s]}, {u"requestId"_s, 1}});
    QCOMPARE(
        peer->takeData(u"reply"_s)[u"error"_s].toObject()[u"code"_s].toString(), u"forbidden"_s);
}

void TokensTest::keepsTheOldTokensWhileTheFileIsBroken()
{
    const QByteArray viewer = token(Role::Viewer);
    const QByteArray good = content();
    start({.tokensFile = tokensFile()});
    const auto peer = enter(viewer);
    QVERIFY(peer);
    static std::atomic<int> warnings;
    warnings = 0;
    const auto before = qInstallMessageHandler(
        [](QtMsgType type, const QMessageLogContext &, const QString &message) {
            if (type == QtWarningMsg && message.contains(u"The tokens from before stay good"))
                ++warnings;
        });
    const auto restore = qScopeGuard([before] { qInstallMessageHandler(before); });
    replace("[[token]]\nname = ");
    QTRY_COMPARE(warnings, 1);
    QCOMPARE(incidents({{"Authorization", "Bearer " + viewer}}).status, 200);
    QVERIFY(!peer->isClosed);
    replace(good);
    const QByteArray admin = token(Role::Admin);
    QTRY_COMPARE(incidents({{"Authorization", "Bearer " + admin}}).status, 200);
    QCOMPARE(warnings, 1); // once, and not every second
}

void TokensTest::readsAgainOnSighup()
{
    token(Role::Viewer);
    QProcess gateway;
    gateway.setProcessChannelMode(QProcess::MergedChannels);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_LOGGING_RULES"_s, u"tocsin.*.info=true"_s);
    gateway.setProcessEnvironment(environment);
    gateway.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
        {u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, data(), u"--tokens"_s, tokensFile()});
    QByteArray said;
    const auto says = [&](const char *word) {
        return QTest::qWaitFor(
            [&] {
                said += gateway.readAll();
                return said.contains(word);
            },
            patience);
    };
    QVERIFY(says("listening"));
    ::kill(pid_t(gateway.processId()), SIGHUP);
    QVERIFY2(says("event=tokens.reloaded tokens=1"), said.constData());
    gateway.terminate();
    QVERIFY(gateway.waitForFinished(patience));
    QCOMPARE(gateway.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TokensTest)
#include "tst_tokens.moc"
