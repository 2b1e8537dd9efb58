// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "servers.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QWebSocket>
#include <QWebSocketServer>

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tocsin::bench {

using namespace Qt::StringLiterals;

Server::Server(Kind kind, const QString &redis)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // One that is interrupted leaves none running.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    switch (kind) {
    case Kind::Gateway:
        m_process.start(QStringLiteral(TOCSIN_GATEWAY),
            QStringList{u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, m_data.path(),
                u"--config"_s, QStringLiteral(TOCSIN_BENCH_DIR "/gateway.toml")}
                + (redis.isEmpty() ? QStringList() : QStringList{u"--log"_s, redis}));
        break;
    case Kind::Node: {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NODE_PATH"_s, u"/usr/share/nodejs"_s);
        m_process.setProcessEnvironment(environment);
        m_process.start(
            QStringLiteral(TOCSIN_NODE), {QStringLiteral(TOCSIN_BENCH_DIR "/broadcaster.js")});
        break;
    }
    case Kind::QtWebSockets:
        m_process.start(QCoreApplication::applicationFilePath(), {u"--qt-server"_s});
        break;
    }
    static const QRegularExpression pattern(u"(?:port |127\\.0\\.0\\.1:)(\\d+)"_s);
    QString said;
    while (m_port == 0) {
        if (!m_process.waitForReadyRead(10'000))
            qFatal("A server does not start: %s", qPrintable(said + m_process.errorString()));
        said += QString::fromUtf8(m_process.readAllStandardOutput());
        m_port = pattern.match(said).captured(1).toUShort();
    }
}

Server::~Server()
{
    m_process.terminate();
    if (!m_process.waitForFinished(10'000))
        m_process.kill();
    m_process.waitForFinished();
}

namespace {

QByteArray ofProcess(qint64 id, const QString &name)
{
    QFile file(u"/proc/%1/%2"_s.arg(id).arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int connectTo(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        std::perror("connect");
        std::exit(1);
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

} // namespace

double Server::cpuSeconds() const
{
    return cpuSecondsOf(m_process.processId());
}

double cpuSecondsOf(qint64 process)
{
    // Behind the name, which may hold blanks: state is the first field, utime the twelfth.
    const QByteArray text = ofProcess(process, u"stat"_s);
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble())
        / double(::sysconf(_SC_CLK_TCK));
}

double Server::residentKiB() const
{
    for (const QByteArray &line : ofProcess(m_process.processId(), u"status"_s).split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').constFirst().toDouble();
    }
    return 0;
}

int broadcastWithQt()
{
    QWebSocketServer server(u"bench"_s, QWebSocketServer::NonSecureMode);
    server.setMaxPendingConnections(4'096);
    if (!server.listen(QHostAddress::LocalHost, 0))
        qFatal("%s", qPrintable(server.errorString()));
    QList<QWebSocket *> clients;
    QObject::connect(&server, &QWebSocketServer::newConnection, &server, [&] {
        while (QWebSocket *const socket = server.nextPendingConnection()) {
            socket->setParent(&server);
            clients.append(socket);
            QObject::connect(
                socket, &QWebSocket::textMessageReceived, socket, [&, socket](const QString &text) {
                    if (text == u"2") {
                        socket->sendTextMessage(u"3"_s);
                        return;
                    }
                    for (QWebSocket *const client : std::as_const(clients))
                        client->sendTextMessage(text);
                });
            QObject::connect(socket, &QWebSocket::disconnected, socket, [&, socket] {
                clients.removeOne(socket);
                socket->deleteLater();
            });
        }
    });
    std::printf("port %d\n", int(server.serverPort()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

Poster::Poster(std::uint16_t port)
    : m_socket(connectTo(port))
{
}

Poster::~Poster()
{
    ::close(m_socket);
}

int Poster::post(const std::string &path, const std::string &body)
{
    return ask("POST " + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + body)
        .status;
}

std::string Poster::get(const std::string &path, const std::string &key)
{
    const Answer answer = ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body))
        .object()[QString::fromStdString(key)]
        .toString()
        .toStdString();
}

Poster::Answer Poster::ask(const std::string &request)
{
    std::string_view rest = request;
    while (!rest.empty()) {
        const ssize_t written = ::send(m_socket, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (written <= 0)
            return {};
        rest.remove_prefix(std::size_t(written));
    }
    const double sent = now();
    std::array<char, 65'536> buffer;
    for (;;) {
        const std::size_t head = m_pending.find("\r\n\r\n");
        if (head != std::string::npos) {
            const QByteArray text = QByteArray::fromStdString(m_pending.substr(0, head)).toLower();
            const qsizetype length = text.indexOf("content-length:");
            const std::size_t size = length < 0
                ? 0
                : std::size_t(text.mid(length + 15, 20).split('\r').constFirst().toLongLong());
            if (m_pending.size() >= head + 4 + size) {
                Answer answer{text.mid(9, 3).toInt(), m_pending.substr(head + 4, size)};
                m_pending.erase(0, head + 4 + size);
                m_lastWait = now() - sent;
                return answer;
            }
        }
        const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return {};
        m_pending.append(buffer.data(), std::size_t(got));
    }
}

std::string nativeIncident(const std::string &fingerprint, const std::string &title)
{
    return R"({"fingerprint":")" + fingerprint + R"(","title":")" + title
        + R"(","severity":"warning"})";
}

std::string alertmanagerPayload(int alerts, const std::string &mark, const std::string &status)
{
    std::string text = R"({"version":"4","groupKey":"{}:{}","truncatedAlerts":0,)"
                       R"("status":"firing","receiver":"tocsin","groupLabels":{},)"
                       R"("commonLabels":{},"commonAnnotations":{},)"
                       R"("externalURL":"http://alertmanager:9093","alerts":[)";
    for (int i = 0; i < alerts; ++i) {
        const std::string name = mark + "-" + std::to_string(i);
        text += i > 0 ? "," : "";
        text += R"({"status":")" + status
            + R"(","labels":{"alertname":"DiskFull","instance":"host-)" + name
            + R"(:9100","job":"node","severity":"critical","mountpoint":"/var"},)"
              R"("annotations":{"summary":"Disk /var on host-)"
            + name
            + R"( is 95 % full","runbook_url":"https://runbooks.example.com/disk-full"},)"
              R"("startsAt":"2026-01-01T00:00:00.000Z","endsAt":"0001-01-01T00:00:00Z",)"
              R"("generatorURL":"http://prometheus:9090/graph?g0.expr=disk","fingerprint":")"
            + name + R"("})";
    }
    return text + "]}";
}

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace tocsin::bench
