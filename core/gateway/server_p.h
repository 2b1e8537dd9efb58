// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/doorkeeper_p.h"
#include "gateway/httphandler_p.h"

#include <unordered_set>

namespace tocsin {

/// A connection that the server can tell things. Loop's thread only, its destruction too.
class Connection
{
public:
    virtual ~Connection() = default;
    /// Finishes what is under way, then closes.
    virtual void stop() = 0;
    virtual void sendHeads() { }
    /// What a session was told is void.
    virtual void restart() { }
    /// Tokens have changed, or expired.
    virtual void recheckToken() { }
};

/// What all connections share.
struct ServerState {
    GatewayServices &services;
    /// Connections hold its places: it outlives them.
    Doorkeeper doorkeeper;
    HttpHandler handler{services};
    std::unordered_set<Connection *> connections;
    /// Bytes of request bodies in memory, all connections together.
    qint64 bodyBytes = 0;
};

} // namespace tocsin
