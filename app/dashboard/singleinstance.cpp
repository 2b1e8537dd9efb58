// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "singleinstance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QLockFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

/// More than a token of a compositor and an incident have.
constexpr qint64 longestLine = 8192;

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

int milliseconds(const QDeadlineTimer &deadline)
{
    return int(std::max<qint64>(0, deadline.remainingTime()));
}

} // namespace

SingleInstance::SingleInstance(QString directory, QObject *parent)
    : QObject(parent)
    , m_directory(std::move(directory))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *const socket = m_server.nextPendingConnection())
            take(socket);
    });
}

QString SingleInstance::usualDirectory()
{
    // Not what Qt makes in /tmp where there is none: its name can be guessed.
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return runtime.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/tocsin"_s
        : runtime + u"/tocsin"_s;
}

QString SingleInstance::socketName() const
{
#ifdef Q_OS_WIN
    // A named pipe, and those have no directories.
    return u"tocsin-"_s
        + QString::fromLatin1(
            QCryptographicHash::hash(m_directory.toUtf8(), QCryptographicHash::Sha256).toHex());
#else
    return m_directory + u"/dashboard.socket"_s;
#endif
}

SingleInstance::Result SingleInstance::begin(const Request &request)
{
    if (!QDir().mkpath(m_directory))
        return {
            Outcome::Alone, tr("%1 cannot be made.").arg(QDir::toNativeSeparators(m_directory))};
    // Two that are started at once find each other one after the other.
    QLockFile lock(m_directory + u"/dashboard.lock"_s);
    if (!lock.tryLock(patience))
        return {Outcome::Alone, tr("Another Tocsin is being started, and does not get on.")};

    Result result = askTheOther(request);
    if (result.outcome != Outcome::First)
        return result;
    // Left by one that was killed.
    QLocalServer::removeServer(socketName());
    if (!m_server.listen(socketName()))
        return {Outcome::Alone, tr("%1: %2").arg(socketName(), m_server.errorString())};
    return result;
}

SingleInstance::Result SingleInstance::askTheOther(const Request &request) const
{
    const QDeadlineTimer deadline(patience);
    QLocalSocket socket;
    socket.connectToServer(socketName());
    if (!socket.waitForConnected(milliseconds(deadline))) {
        const bool nobody = socket.error() == QLocalSocket::ServerNotFoundError
            || socket.error() == QLocalSocket::ConnectionRefusedError;
        return nobody ? Result{Outcome::First, {}} : Result{Outcome::Alone, socket.errorString()};
    }
    socket.write(lineOf(
        {{u"incident"_s, request.incident}, {u"activationToken"_s, request.activationToken}}));
    while (!socket.canReadLine() && socket.bytesAvailable() < longestLine) {
        if (!socket.waitForReadyRead(milliseconds(deadline)))
            break;
    }
    const QJsonObject answer
        = QJsonDocument::fromJson(socket.canReadLine() ? socket.readLine() : QByteArray()).object();
    if (answer.value(u"taken"_s).toBool())
        return {Outcome::HandedOver, {}};
    return {Outcome::Alone, tr("The Tocsin that runs already does not answer.")};
}

void SingleInstance::take(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    read(socket);
}

void SingleInstance::read(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() >= longestLine)
            socket->abort();
        return;
    }
    const auto document = QJsonDocument::fromJson(socket->readLine());
    if (!document.isObject()) {
        socket->abort();
        return;
    }
    const QJsonObject object = document.object();
    Q_EMIT requested({.incident = object.value(u"incident"_s).toString(),
        .activationToken = object.value(u"activationToken"_s).toString()});
    socket->write(lineOf({{u"taken"_s, true}}));
    socket->disconnectFromServer();
}

} // namespace tocsin
