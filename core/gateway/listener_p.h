// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/session_p.h"

namespace tocsin {

/// An IP address to listen on, in its usual spelling.
class ListenAddress
{
public:
    /// An address, with or without the brackets of IPv6, or `localhost` (127.0.0.1).
    [[nodiscard]] static Expected<ListenAddress> parse(const QString &text);

    [[nodiscard]] const std::string &text() const { return m_text; }
    [[nodiscard]] bool isLoopback() const { return m_isLoopback; }
    /// Every address of the machine.
    [[nodiscard]] bool isAny() const { return m_isAny; }
    [[nodiscard]] bool isIpv6() const { return m_text.find(':') != std::string::npos; }

private:
    std::string m_text;
    bool m_isLoopback = false;
    bool m_isAny = false;
};

/// The I/O thread: one port, for HTTP and WebSocket, plain or over TLS.
class Listener
{
public:
    /// Takes the port; connections wait until serve().
    [[nodiscard]] static Expected<std::unique_ptr<Listener>> open(
        const ListenAddress &address, const GatewayConfiguration &configuration);
    /// Whether the certificates, the web pages and the proxies can be used.
    [[nodiscard]] static Expected<void> check(
        const ListenAddress &address, const GatewayConfiguration &configuration);
    ~Listener();

    [[nodiscard]] EventLoop &loop();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] bool isTls() const;
    /// A host under which this machine reaches it.
    [[nodiscard]] QString reachableHost() const;

    /// Starts the thread. `services` must live until finish() has returned.
    void serve(GatewayServices &services);
    /// In the loop's thread.
    void recheckTokens();
    /// In the loop's thread. New connections are shown another certificate where it is another one
    /// now.
    void lookAtCertificate(Timestamp now, bool forced);
    /// In the loop's thread. Closes the sessions with 1001: what they were told is void.
    void restartSessions();
    /// Gives up the port, refuses new requests and closes the sessions.
    void stopAccepting();
    /// Waits for what is under way, for three seconds at most, then ends the thread.
    void finish();

private:
    struct Private;
    explicit Listener(std::unique_ptr<Private> opened);
    std::unique_ptr<Private> d;
};

} // namespace tocsin
