// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "crowd.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tocsin::bench {

namespace {

using namespace std::string_view_literals;

// How many upgrades are under way at once: a server's queue of connections is not endless.
constexpr std::size_t atOnce = 256;
constexpr auto incidentMark = R"({"name":"incident.)"sv;

[[noreturn]] void die(const char *what)
{
    std::perror(what);
    std::exit(1);
}

void writeAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written < 0 && errno == EAGAIN)
            continue;
        if (written <= 0)
            die("a client cannot write");
        bytes.remove_prefix(std::size_t(written));
    }
}

// A client's text frame is masked; the mask of noughts changes nothing.
constexpr std::uint8_t textOpcode = 0x1;
constexpr std::uint8_t pingOpcode = 0x9;
constexpr std::uint8_t pongOpcode = 0xA;

std::string frameOf(std::string_view text, std::uint8_t opcode = textOpcode)
{
    std::string frame;
    frame += char(0x80 | opcode);
    if (text.size() < 126) {
        frame += char(0x80 | text.size());
    } else {
        frame += char(0x80 | 126);
        frame += char(text.size() >> 8);
        frame += char(text.size() & 0xFF);
    }
    frame.append(4, '\0');
    frame.append(text);
    return frame;
}

} // namespace

Crowd::Crowd(std::uint16_t port)
    : m_port(port)
    , m_poll(::epoll_create1(EPOLL_CLOEXEC))
{
}

Crowd::~Crowd()
{
    disconnect();
    ::close(m_poll);
}

void Crowd::connect(std::size_t count, const std::string &greeting)
{
    const std::size_t wanted = m_clients.size() + count;
    m_clients.reserve(wanted);
    while (m_open < wanted) {
        while (m_clients.size() < wanted && m_clients.size() - m_open < atOnce) {
            m_clients.emplace_back();
            open(m_clients.back(), m_clients.size() - 1);
        }
        readOnce(greeting, 1'000);
    }
}

void Crowd::open(Client &client, std::size_t index)
{
    client.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client.socket < 0)
        die("socket");
    const int on = 1;
    ::setsockopt(client.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(client.socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        die("connect");
    writeAll(client.socket,
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port)
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    ::epoll_ctl(m_poll, EPOLL_CTL_ADD, client.socket, &event);
}

void Crowd::disconnect()
{
    for (const Client &client : m_clients)
        ::close(client.socket);
    m_clients.clear();
    m_open = 0;
}

void Crowd::send(std::size_t client, std::string_view text)
{
    writeAll(m_clients[client].socket, frameOf(text));
}

void Crowd::sendFromAll(std::string_view text)
{
    const std::string frame = frameOf(text);
    for (const Client &client : m_clients)
        writeAll(client.socket, frame);
}

std::size_t Crowd::clientsWith(std::int64_t incidents) const
{
    return std::size_t(std::ranges::count_if(
        m_clients, [incidents](const Client &client) { return client.incidents >= incidents; }));
}

bool Crowd::readUntil(const std::function<bool()> &condition, std::chrono::seconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    // Even where nothing is to be waited for: who is late would never read, and be closed as too
    // slow.
    readOnce({}, 0);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        readOnce({}, 50);
    }
    return true;
}

void Crowd::readOnce(const std::string &greeting, int timeout)
{
    std::array<epoll_event, 512> events;
    const int count = ::epoll_wait(m_poll, events.data(), int(events.size()), timeout);
    for (int i = 0; i < count; ++i)
        read(m_clients[events[std::size_t(i)].data.u64], greeting);
}

void Crowd::read(Client &client, const std::string &greeting)
{
    static std::array<char, 256UL * 1024> buffer;
    const ssize_t got = ::recv(client.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0) {
        std::fprintf(stderr, "the server closed a connection\n");
        std::exit(1);
    }
    client.pending.append(buffer.data(), std::size_t(got));
    if (!client.open) {
        const std::size_t end = client.pending.find("\r\n\r\n");
        if (end == std::string::npos)
            return;
        if (!client.pending.starts_with("HTTP/1.1 101")) {
            std::fprintf(stderr, "no upgrade: %s\n", client.pending.c_str());
            std::exit(1);
        }
        client.pending.erase(0, end + 4);
        client.open = true;
        ++m_open;
        if (!greeting.empty())
            writeAll(client.socket, frameOf(greeting));
    }
    takeFrames(client);
}

void Crowd::takeFrames(Client &client)
{
    std::string_view rest = client.pending;
    while (rest.size() >= 2) {
        const auto byte = [&rest](std::size_t at) { return std::uint8_t(rest[at]); };
        std::size_t head = 2;
        std::uint64_t size = byte(1);
        const std::size_t lengthBytes = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (rest.size() < head + lengthBytes)
            break;
        if (lengthBytes > 0) {
            size = 0;
            for (std::size_t i = 0; i < lengthBytes; ++i)
                size = size << 8 | byte(head + i);
            head += lengthBytes;
        }
        if (rest.size() < head + size)
            break;
        const auto text = rest.substr(head, size);
        // Who does not answer a ping is given up.
        if ((byte(0) & 0x0F) == pingOpcode) {
            writeAll(client.socket, frameOf(text, pongOpcode));
            rest.remove_prefix(head + size);
            continue;
        }
        ++m_frames;
        if (text.starts_with(incidentMark)) {
            ++m_incidents;
            ++client.incidents;
            m_incidentSize = text.size();
        }
        rest.remove_prefix(head + size);
    }
    client.pending.erase(0, client.pending.size() - rest.size());
    if (client.pending.empty())
        client.pending.shrink_to_fit(); // ten thousand of them
}

} // namespace tocsin::bench
