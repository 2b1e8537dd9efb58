// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::bench {

/// Thousands of WebSocket clients on this machine, as cheap as they can be made: they count the
/// frames that they are sent and look at nothing but the first bytes of each.
class Crowd
{
public:
    explicit Crowd(std::uint16_t port);
    ~Crowd();
    Crowd(const Crowd &) = delete;
    Crowd &operator=(const Crowd &) = delete;

    /// Opens so many more connections, a few hundred at a time, and waits for all their upgrades.
    /// `greeting` is sent by each as soon as it is open.
    void connect(std::size_t count, const std::string &greeting = {});
    /// Cuts all connections.
    void disconnect();
    [[nodiscard]] std::size_t size() const { return m_clients.size(); }
    /// In one frame, which must be shorter than 64 KiB.
    void send(std::size_t client, std::string_view text);
    void sendFromAll(std::string_view text);

    /// Frames that say something of an incident, of all clients together.
    [[nodiscard]] std::int64_t incidents() const { return m_incidents; }
    /// All frames.
    [[nodiscard]] std::int64_t frames() const { return m_frames; }
    /// The length of the last frame about an incident.
    [[nodiscard]] std::size_t incidentSize() const { return m_incidentSize; }
    /// The clients that were told of at least so many incidents.
    [[nodiscard]] std::size_t clientsWith(std::int64_t incidents) const;

    /// Reads until the condition holds; false where it does not within that time.
    bool readUntil(const std::function<bool()> &condition, std::chrono::seconds patience);

private:
    struct Client {
        int socket = -1;
        bool open = false;
        std::string pending;
        std::int64_t incidents = 0;
    };
    void open(Client &client, std::size_t index);
    void read(Client &client, const std::string &greeting);
    void takeFrames(Client &client);
    void readOnce(const std::string &greeting, int timeout);

    std::uint16_t m_port;
    int m_poll = -1;
    std::vector<Client> m_clients;
    std::size_t m_open = 0;
    std::int64_t m_incidents = 0;
    std::int64_t m_frames = 0;
    std::size_t m_incidentSize = 0;
};

} // namespace tocsin::bench
