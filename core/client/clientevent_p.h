// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/attachment.h"
#include "client/connectionmachine.h"
#include "client/pendingrequests.h"
#include "client/receivedmessage_p.h"
#include "client/roomfreshness.h"
#include "client/roomrecovery.h"

#include <QDateTime>
#include <QUrl>

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
    /// Where the attempt that is under way goes.
    struct Address {
        QUrl url;
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
        QDateTime lastVerified;
    };
    struct Recovery {
        QString room;
        RoomRecovery recovery;
    };
    struct RefreshNeeded {
    };
    struct Counters {
        qint64 rejected;
        qint64 unknown;
        QString latestUnknown;
    };
    /// Messages that came one after the other.
    struct Received {
        ReceivedMessages messages;
        /// Together, as messages count it.
        qsizetype size = 0;
        /// The first that has not been handled yet.
        std::size_t next = 0;
    };
    /// How many messages were not sent, since the beginning.
    struct Unsent {
        qint64 messages;
    };
    using Body = std::variant<State, Address, Retry, CredentialsWanted, Freshness, Recovery,
        RefreshNeeded, Counters, Received, Unsent, PendingRequests::Finished, Attachment,
        ConnectionMachine::Connected, ConnectionMachine::Disconnected,
        ConnectionMachine::ReconnectScheduled, ConnectionMachine::ReconnectFailed,
        ConnectionMachine::AuthenticationFailed, ConnectionMachine::Stopped,
        ConnectionMachine::ErrorOccurred, ConnectionMachine::RoundTrip>;
    CommandSerial serial;
    /// How many of the façade's calls to leave a room had been carried out: what is told of a room
    /// from before it was left is of no membership any more.
    quint64 leaves;
    Body body;
};

} // namespace tocsin
