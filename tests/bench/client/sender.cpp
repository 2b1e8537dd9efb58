// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "sender.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <vector>

namespace tocsin::bench {

namespace {

constexpr std::int64_t firstSequence = 10'000'001; // a width that does not change
constexpr int sequenceDigits = 8;
constexpr int momentDigits = 19;
constexpr int bytesAMessage = 200;

[[noreturn]] void die(const char *what)
{
    std::perror(what);
    std::exit(1);
}

void writeAll(int socket, const char *data, std::size_t size)
{
    while (size > 0) {
        const ssize_t written = ::send(socket, data, size, MSG_NOSIGNAL);
        if (written <= 0)
            return; // the client has gone, as it may
        data += written;
        size -= std::size_t(written);
    }
}

// A text frame of the server: not masked.
std::string frame(const std::string &text)
{
    std::string head;
    head += char(0x81);
    if (text.size() < 126) {
        head += char(text.size());
    } else {
        head += char(126);
        head += char(text.size() >> 8);
        head += char(text.size() & 0xFF);
    }
    return head + text;
}

void shakeHands(int socket)
{
    std::string request;
    char buffer[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t got = ::recv(socket, buffer, sizeof buffer, 0);
        if (got <= 0)
            die("handshake");
        request.append(buffer, std::size_t(got));
    }
    const QByteArray bytes = QByteArray::fromStdString(request);
    const qsizetype header = bytes.toLower().indexOf("sec-websocket-key:");
    const QByteArray key
        = bytes.mid(header + 18, bytes.indexOf("\r\n", header) - header - 18).trimmed();
    const QByteArray accept = QCryptographicHash::hash(
        key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                                  .toBase64();
    const QByteArray answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Accept: "
        + accept + "\r\n\r\n";
    writeAll(socket, answer.constData(), std::size_t(answer.size()));
}

// A frame with places for the sequence and the moment, to be filled in.
struct Template {
    Template()
    {
        std::string text = R"({"name":"incident.updated","data":{"uuid":")"
                           R"(0d3fa3a0-2f1c-4c1e-9b57-3f5d2c6e1a77","title":")"
            + std::string(momentDigits, '0') + R"(","severity":"warning","version":2},)"
            + R"("timestamp":1706803200000,"room":"r1","seq":)" + std::string(sequenceDigits, '0')
            + "}";
        const std::size_t title = text.find(R"("title":")") + 9;
        const std::size_t missing = std::size_t(bytesAMessage) - text.size();
        text.insert(title + momentDigits, std::string(missing, 'x'));
        bytes = frame(text);
        moment = bytes.find(R"("title":")") + 9;
        sequence = bytes.rfind(':') + 1;
    }
    static void put(char *at, std::int64_t value, int digits)
    {
        for (int i = digits - 1; i >= 0; --i, value /= 10)
            at[i] = char('0' + value % 10);
    }
    std::string bytes;
    std::size_t moment = 0;
    std::size_t sequence = 0;
};

void sendBlast(int socket, std::int64_t messages)
{
    const Template one;
    constexpr std::int64_t atOnce = 1'000;
    std::string block;
    for (std::int64_t i = 0; i < atOnce; ++i)
        block += one.bytes;
    for (std::int64_t sent = 0; sent < messages;) {
        const std::int64_t count = std::min(atOnce, messages - sent);
        const std::int64_t moment = nowInNanoseconds();
        for (std::int64_t i = 0; i < count; ++i) {
            char *const message = block.data() + std::size_t(i) * one.bytes.size();
            Template::put(message + one.sequence, firstSequence + sent + i, sequenceDigits);
            Template::put(message + one.moment, moment, momentDigits);
        }
        writeAll(socket, block.data(), std::size_t(count) * one.bytes.size());
        sent += count;
    }
}

void sendPaced(int socket, std::int64_t messages, int rate)
{
    const Template one;
    std::string message = one.bytes;
    const std::int64_t start = nowInNanoseconds();
    for (std::int64_t i = 0; i < messages; ++i) {
        const std::int64_t due = start + i * 1'000'000'000 / rate;
        const timespec time{due / 1'000'000'000, due % 1'000'000'000};
        while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) { }
        Template::put(message.data() + one.sequence, firstSequence + i, sequenceDigits);
        Template::put(message.data() + one.moment, nowInNanoseconds(), momentDigits);
        writeAll(socket, message.data(), message.size());
    }
}

} // namespace

std::int64_t nowInNanoseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

Sender::Sender()
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (m_listener < 0
        || ::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), size) != 0
        || ::listen(m_listener, 1) != 0
        || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        die("listen");
    m_port = ntohs(address.sin_port);
}

Sender::~Sender()
{
    ::close(m_listener);
}

void Sender::serve(const Stream &stream) const
{
    const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0)
        die("accept");
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    shakeHands(socket);
    char buffer[4096];
    if (::recv(socket, buffer, sizeof buffer, 0) <= 0)
        die("first message");
    const std::string before = std::to_string(firstSequence - 1);
    const std::string position = R"("room":"r1","epoch":"e","seq":)" + before;
    const std::string greeting
        = frame(R"({"name":"room.joined","data":{)" + position + R"(,"recovered":false}})")
        + frame(R"({"name":"room.snapshot","data":{)" + position + R"(,"incidents":[]}})");
    writeAll(socket, greeting.data(), greeting.size());
    if (stream.rate)
        sendPaced(socket, stream.messages, *stream.rate);
    else
        sendBlast(socket, stream.messages);
    const std::string heartbeatAnswer = frame("3");
    while (::recv(socket, buffer, sizeof buffer, 0) > 0)
        writeAll(socket, heartbeatAnswer.data(), heartbeatAnswer.size());
    ::close(socket);
}

} // namespace tocsin::bench
