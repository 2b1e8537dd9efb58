// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "sender.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>
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
constexpr int numberDigits = 12; // the last part of a uuid
constexpr int timestampDigits = 13;
constexpr int bytesAMessage = 200; // at least

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
        const int lengthBytes = text.size() <= 0xFFFF ? 2 : 8;
        head += char(lengthBytes == 2 ? 126 : 127);
        for (int byte = lengthBytes - 1; byte >= 0; --byte)
            head += char(text.size() >> (8 * byte) & 0xFF);
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

void put(char *at, std::int64_t value, int digits)
{
    for (int i = digits - 1; i >= 0; --i, value /= 10)
        at[i] = char('0' + value % 10);
}

std::string uuid(std::int64_t number)
{
    std::string text = "0d3fa3a0-2f1c-4c1e-9b57-" + std::string(numberDigits, '0');
    put(text.data() + text.size() - numberDigits, number, numberDigits);
    return text;
}

std::int64_t createdAt(const Stream &stream, std::int64_t number)
{
    return stream.newest - 1'000 * number;
}

// A frame with places for what is another in each message.
struct Template {
    Template()
    {
        const std::string sequencePlace(sequenceDigits, '0');
        std::string text = R"({"name":"incident.updated","data":{"uuid":")" + uuid(0)
            + R"(","title":")" + std::string(momentDigits, '0')
            + R"(","severity":"warning","createdAt":)" + std::string(timestampDigits, '0')
            + R"(,"version":)" + sequencePlace + R"(},"timestamp":1706803200000,"room":"r1","seq":)"
            + sequencePlace + "}";
        const std::size_t title = text.find(R"("title":")") + 9;
        if (text.size() < bytesAMessage)
            text.insert(title + momentDigits, std::string(bytesAMessage - text.size(), 'x'));
        bytes = frame(text);
        number = bytes.find(R"(","title":")") - numberDigits;
        moment = bytes.find(R"("title":")") + 9;
        version = bytes.find(R"("version":)") + 10;
        created = bytes.find(R"("createdAt":)") + 12;
        sequence = bytes.rfind(':') + 1;
    }
    void fill(char *message, std::int64_t place, const Stream &stream, std::int64_t now) const
    {
        const std::int64_t which = stream.incidents > 0 ? place % stream.incidents : 0;
        put(message + number, which, numberDigits);
        put(message + moment, now, momentDigits);
        put(message + version, firstSequence + place, sequenceDigits);
        put(message + created, createdAt(stream, which), timestampDigits);
        put(message + sequence, firstSequence + place, sequenceDigits);
    }
    std::string bytes;
    std::size_t number = 0;
    std::size_t moment = 0;
    std::size_t version = 0;
    std::size_t created = 0;
    std::size_t sequence = 0;
};

void sendBlast(int socket, const Stream &stream)
{
    const Template one;
    constexpr std::int64_t atOnce = 1'000;
    std::string block;
    for (std::int64_t i = 0; i < atOnce; ++i)
        block += one.bytes;
    for (std::int64_t sent = 0; sent < stream.messages;) {
        const std::int64_t count = std::min(atOnce, stream.messages - sent);
        const std::int64_t moment = nowInNanoseconds();
        for (std::int64_t i = 0; i < count; ++i)
            one.fill(block.data() + std::size_t(i) * one.bytes.size(), sent + i, stream, moment);
        writeAll(socket, block.data(), std::size_t(count) * one.bytes.size());
        sent += count;
    }
}

void sendPaced(int socket, const Stream &stream, int rate)
{
    const Template one;
    std::string message = one.bytes;
    const std::int64_t start = nowInNanoseconds();
    for (std::int64_t i = 0; i < stream.messages; ++i) {
        const std::int64_t due = start + i * 1'000'000'000 / rate;
        const timespec time{due / 1'000'000'000, due % 1'000'000'000};
        while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) { }
        one.fill(message.data(), i, stream, nowInNanoseconds());
        writeAll(socket, message.data(), message.size());
    }
}

std::string snapshot(const Stream &stream)
{
    std::string text = R"({"name":"room.snapshot","data":{"room":"r1","epoch":"e","seq":)"
        + std::to_string(firstSequence - 1) + R"(,"incidents":[)";
    for (int i = 0; i < stream.incidents; ++i) {
        text += (i == 0 ? R"({"uuid":")" : R"(,{"uuid":")") + uuid(i)
            + R"(","title":"Disk /var is 97 % full on host-)" + std::to_string(i)
            + R"(","severity":"warning","createdAt":)" + std::to_string(createdAt(stream, i))
            + R"(,"source":"alertmanager","service":"orders-db","labels":{"env":"production",)"
            + R"("instance":"10.0.)" + std::to_string(i / 250) + '.' + std::to_string(i % 250)
            + R"(:9100"}})";
    }
    return frame(text + "]}}");
}

std::string lastCreated(const Stream &stream)
{
    return frame(R"({"name":"incident.created","data":{"uuid":")" + uuid(stream.incidents)
        + R"(","title":"The last","severity":"warning","createdAt":)"
        + std::to_string(stream.newest) + R"(},"timestamp":1706803200000,"room":"r1","seq":)"
        + std::to_string(firstSequence + stream.messages) + "}");
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
    const std::string greeting
        = frame(R"({"name":"room.joined","data":{"room":"r1","epoch":"e","seq":)"
              + std::to_string(firstSequence - 1) + R"(,"recovered":false}})")
        + snapshot(stream);
    writeAll(socket, greeting.data(), greeting.size());
    const std::string heartbeatAnswer = frame("3");
    // Nothing but heartbeats comes from the client.
    const auto answer = [&](int flags) {
        const ssize_t got = ::recv(socket, buffer, sizeof buffer, flags);
        if (got > 0)
            writeAll(socket, heartbeatAnswer.data(), heartbeatAnswer.size());
        return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
    };
    while (!stream.mayBegin()) {
        if (!answer(MSG_DONTWAIT))
            break;
        ::usleep(1'000);
    }
    if (stream.rate)
        sendPaced(socket, stream, *stream.rate);
    else
        sendBlast(socket, stream);
    if (stream.incidents > 0) {
        const std::string last = lastCreated(stream);
        writeAll(socket, last.data(), last.size());
    }
    while (answer(0)) { }
    ::close(socket);
}

} // namespace tocsin::bench
