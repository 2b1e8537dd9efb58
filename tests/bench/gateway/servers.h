// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>
#include <string>

namespace tocsin::bench {

/// A server under measurement, in a process of its own.
class Server
{
public:
    enum class Kind { Gateway, Node, QtWebSockets };
    /// `redis`: where a gateway's incidents are instead of its file.
    explicit Server(Kind kind, const QString &redis = {});
    ~Server();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// User and system time that it has used.
    [[nodiscard]] double cpuSeconds() const;
    [[nodiscard]] double residentKiB() const;

private:
    QTemporaryDir m_data;
    QProcess m_process;
    std::uint16_t m_port = 0;
};

/// main() of Server::Kind::QtWebSockets: does what broadcaster.js does.
int broadcastWithQt();

/// User and system time that a process has used.
[[nodiscard]] double cpuSecondsOf(qint64 process);

/// A blocking HTTP connection that is used again and again.
class Poster
{
public:
    explicit Poster(std::uint16_t port);
    ~Poster();
    Poster(const Poster &) = delete;
    Poster &operator=(const Poster &) = delete;

    /// Returns the status of the answer.
    int post(const std::string &path, const std::string &body);
    /// The string under a key of the answer's JSON object.
    std::string get(const std::string &path, const std::string &key);
    /// How long the answer took after the last byte had left, in seconds.
    [[nodiscard]] double lastWait() const { return m_lastWait; }

private:
    struct Answer {
        int status = 0;
        std::string body;
    };
    Answer ask(const std::string &request);

    int m_socket = -1;
    std::string m_pending;
    double m_lastWait = 0;
};

/// An incident in the gateway's native form, whose message to the clients is some 250 bytes.
[[nodiscard]] std::string nativeIncident(const std::string &fingerprint, const std::string &title);
/// Alertmanager's webhook with so many alerts.
[[nodiscard]] std::string alertmanagerPayload(
    int alerts, const std::string &mark, const std::string &status = "firing");

[[nodiscard]] double now();

} // namespace tocsin::bench
