// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/attachment.h"
#include "client/connectionmachine.h"
#include "client/pendingrequests.h"
#include "client/roomfreshness.h"
#include "protocol/envelope.h"

#include <QDateTime>

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

namespace tocsin {

/// Counts the façade's connect and disconnect calls. An event carries the number of the last one
/// that the I/O thread had carried out, so that the façade can tell what is out of date.
using CommandSerial = quint64;

/// What the I/O thread tells the façade.
struct ClientEvent {
    struct State {
        ConnectionMachine::State state;
        ConnectionMachine::Pause pause;
    };
    struct Retry {
        QDateTime at;
    };
    struct CredentialsWanted {
        AttemptId attempt;
    };
    struct Freshness {
        QString room;
        RoomFreshness freshness;
    };
    struct Counters {
        qint64 rejected;
        qint64 unknown;
    };
    struct Received {
        Envelope envelope;
        std::shared_ptr<const void> data;
        QByteArray json;
    };
    /// How many messages were not sent, since the beginning.
    struct Unsent {
        qint64 messages;
    };
    using Body = std::variant<State, Retry, CredentialsWanted, Freshness, Counters, Received,
        Unsent, PendingRequests::Finished, Attachment, ConnectionMachine::Connected,
        ConnectionMachine::Disconnected, ConnectionMachine::ReconnectScheduled,
        ConnectionMachine::ReconnectFailed, ConnectionMachine::AuthenticationFailed,
        ConnectionMachine::Stopped, ConnectionMachine::ErrorOccurred, ConnectionMachine::RoundTrip>;
    CommandSerial serial;
    Body body;
};

/// Events on their way from the I/O thread to the façade: many at once, one wake-up.
class ClientEventQueue
{
public:
    explicit ClientEventQueue(std::function<void()> wake)
        : m_wake(std::move(wake))
    {
    }
    void push(ClientEvent event)
    {
        bool first = false;
        {
            const std::scoped_lock lock(m_mutex);
            first = m_events.empty();
            m_events.push_back(std::move(event));
        }
        if (first)
            m_wake();
    }
    [[nodiscard]] std::vector<ClientEvent> take()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_events, {});
    }

private:
    std::function<void()> m_wake;
    std::mutex m_mutex;
    std::vector<ClientEvent> m_events;
};

} // namespace tocsin
