// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "watch.h"

#include "protocol/closecode.h"
#include "protocol/messages.h"

#include <QFile>
#include <QFuture>
#include <QMetaEnum>
#include <QTimer>

#include <cstdio>

namespace tocsin {

using namespace Qt::StringLiterals;

namespace {

QFuture<QString> readToken(const QString &fileName)
{
    QPromise<QString> promise;
    promise.start();
    QFile file(fileName);
    if (file.open(QIODevice::ReadOnly)) {
        promise.addResult(QString::fromUtf8(file.readAll()).trimmed());
    } else {
        promise.setException(std::make_exception_ptr(
            std::runtime_error(u"%1: %2"_s.arg(fileName, file.errorString()).toStdString())));
    }
    promise.finish();
    return promise.future();
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

std::string_view freshnessName(RoomFreshness freshness)
{
    switch (freshness) {
    case RoomFreshness::Joining: return "joining";
    case RoomFreshness::Recovering: return "recovering";
    case RoomFreshness::Live: return "live";
    case RoomFreshness::Stale: return "stale";
    }
    Q_UNREACHABLE();
}

} // namespace

Watch::Watch(WatchOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_client(m_options.client)
{
    if (!m_options.tokenFile.isEmpty())
        m_client.setTokenProvider([file = m_options.tokenFile] { return readToken(file); });
    for (const QString &room : std::as_const(m_options.rooms))
        m_client.joinRoom(room);
    watchClient();
}

void Watch::watchClient()
{
    connect(&m_client, &SocketClient::stateChanged, this, [this](SocketClient::State state) {
        print("state", [state](JsonWriter &writer) {
            const auto name = QMetaEnum::fromType<SocketClient::State>().valueToKey(int(state));
            writer.key("state").string(QString::fromLatin1(name).toLower());
        });
    });
    if (!m_options.client.alternatives.isEmpty()) {
        connect(&m_client, &SocketClient::currentAddressChanged, this, [this] {
            print("address", [this](JsonWriter &writer) {
                writer.key("address").string(m_client.currentAddress().toString());
            });
        });
    }
    connect(&m_client, &SocketClient::connected, this, [this](bool reconnected) {
        print("connected",
            [=](JsonWriter &writer) { writer.key("reconnected").boolean(reconnected); });
    });
    connect(&m_client, &SocketClient::disconnected, this, [this](int code, const QString &reason) {
        print("disconnected", [&](JsonWriter &writer) {
            writer.key("code").integer(code).key("reason").string(reason);
        });
    });
    connect(&m_client, &SocketClient::reconnectAttempt, this,
        [this](int attempt, std::chrono::milliseconds delay) {
            print("reconnectAttempt", [&](JsonWriter &writer) {
                writer.key("attempt").integer(attempt).key("delayMs").integer(delay.count());
            });
        });
    connect(&m_client, &SocketClient::reconnectFailed, this, [this](int attempts) {
        print("reconnectFailed",
            [=](JsonWriter &writer) { writer.key("attempts").integer(attempts); });
        finish(WatchExit::GaveUp);
    });
    connect(&m_client, &SocketClient::authenticationFailed, this, [this](const QString &reason) {
        printError({ErrorCode::Unauthenticated, reason, {}});
        finish(WatchExit::AuthenticationRefused);
    });
    connect(&m_client, &SocketClient::stopped, this, [this](int code) {
        finish(code == int(CloseCode::Forbidden) ? WatchExit::AuthenticationRefused
                                                 : WatchExit::GaveUp);
    });
    connect(&m_client, &SocketClient::errorOccurred, this, &Watch::printError);
    connect(&m_client, &SocketClient::roomFreshnessChanged, this,
        [this](const QString &room, RoomFreshness freshness) {
            print("room", [&](JsonWriter &writer) {
                writer.key("room").string(room).key("state").utf8(freshnessName(freshness));
            });
        });
    connect(&m_client, &SocketClient::roomRecoveryStarted, this,
        [this](const QString &room, RoomRecovery recovery) {
            print("recovery", [&](JsonWriter &writer) {
                writer.key("room").string(room).key("with").utf8(
                    recovery == RoomRecovery::Snapshot ? "snapshot" : "replay");
            });
        });
    connect(&m_client, &SocketClient::refreshNeeded, this,
        [this] { print("refresh-needed", [](JsonWriter &) { }); });
    // Known messages are held to their schema here as in any program that handles them.
    m_client.on(IncidentCreated, this, [](const Incident &, const Envelope &) { });
    m_client.on(IncidentUpdated, this, [](const Incident &, const Envelope &) { });
    m_client.on(IncidentResolved, this, [](const IncidentResolvedData &, const Envelope &) { });
    m_client.on(RoomSnapshot, this, [](const RoomSnapshotData &, const Envelope &) { });
    m_client.onAny(this, [this](const Envelope &envelope, const QByteArray &data) {
        if (m_finishing)
            return;
        print("message", [&](JsonWriter &writer) {
            writer.key("name").string(envelope.name);
            if (!envelope.room.isEmpty())
                writer.key("room").string(envelope.room);
            if (envelope.sequence > 0)
                writer.key("seq").integer(envelope.sequence);
            writer.key("timestamp").integer(toMilliseconds(envelope.timestamp));
            writer.key("data").raw(view(data));
        });
        if (m_options.messages && ++m_messages >= *m_options.messages)
            stop();
    });
}

void Watch::start()
{
    m_client.connectToServer();
    if (m_options.duration)
        QTimer::singleShot(*m_options.duration, this, &Watch::stop);
}

void Watch::stop()
{
    finish(WatchExit::Asked);
}

void Watch::finish(WatchExit status)
{
    if (std::exchange(m_finishing, true))
        return;
    m_client.disconnectFromServer();
    Q_EMIT finished(int(status));
}

void Watch::obey(const QByteArray &line)
{
    if (line.trimmed().isEmpty())
        return;
    if (line.startsWith(':')) {
        obeyWord(line.trimmed());
        return;
    }
    if (const auto header = decode<CommandHeader>(m_reader, view(line)); !header) {
        const QString where = header.error().where;
        printError({ErrorCode::InvalidPayload,
            u"A line on standard input is no command and was not sent: %1%2. A command is "
            u"a JSON object with a \"type\"."_s.arg(
                where.isEmpty() ? QString() : where + u": "_s, header.error().message),
            where});
        return;
    }
    m_client.sendText(line.trimmed());
}

void Watch::obeyWord(const QByteArray &line)
{
    const qsizetype space = line.indexOf(' ');
    const QByteArray word = space < 0 ? line : line.left(space);
    const QString argument
        = space < 0 ? QString() : QString::fromUtf8(line.mid(space + 1)).trimmed();
    const bool wantsRoom = word == ":join" || word == ":leave";
    if (wantsRoom == argument.isEmpty()) {
        printError({ErrorCode::InvalidPayload,
            wantsRoom ? u"%1 needs the name of a room."_s.arg(QString::fromUtf8(word))
                      : u"%1 takes nothing behind it."_s.arg(QString::fromUtf8(word)),
            {}});
    } else if (word == ":disconnect") {
        m_client.disconnectFromServer();
    } else if (word == ":connect") {
        m_client.connectToServer();
    } else if (word == ":join") {
        m_client.joinRoom(argument);
    } else if (word == ":leave") {
        m_client.leaveRoom(argument);
    } else if (word == ":offline" || word == ":online") {
        m_client.setNetworkReachable(word == ":online");
    } else if (word == ":hidden" || word == ":visible") {
        m_client.setVisible(word == ":visible");
    } else {
        printError({ErrorCode::UnknownType,
            u"There is no %1. There are :connect, :disconnect, :join ROOM, :leave ROOM, "
            u":offline, :online, :hidden and :visible."_s.arg(QString::fromUtf8(word)),
            {}});
    }
}

void Watch::printError(const Error &error)
{
    print("error", [&](JsonWriter &writer) {
        writer.key("code").string(errorCodeName(error.code)).key("message").string(error.message);
    });
}

void Watch::print(const char *event, const std::function<void(JsonWriter &)> &fields)
{
    JsonWriter writer;
    writer.beginObject().key("event").utf8(event);
    fields(writer);
    writer.key("at").integer(toMilliseconds(timestampNow()));
    writer.endObject();
    QByteArray line = writer.take();
    // One line is one object, also where a server sent its JSON over several.
    line.replace('\n', ' ').replace('\r', ' ');
    line.append('\n');
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    if (std::fflush(stdout) != 0) // whoever read us has gone
        finish(WatchExit::Asked);
}

} // namespace tocsin
