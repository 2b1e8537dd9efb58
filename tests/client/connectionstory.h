// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionreference.h"

namespace tocsin {

/// A machine with its clock, for tests that tell a story.
class Story
{
public:
    explicit Story(ConnectionOptions options = {})
        : machine(options, [] { return nearlyOne; })
    {
    }
    ConnectionMachine::Outputs say(const ConnectionMachine::Input &input)
    {
        auto outputs = machine.handle(input, now);
        if (const auto *request = find<ConnectionMachine::RequestCredentials>(outputs))
            attempt = request->attempt;
        return outputs;
    }
    ConnectionMachine::Outputs pass(std::chrono::milliseconds time)
    {
        now += time;
        return say(ConnectionMachine::Tick{});
    }
    ConnectionMachine::Outputs passToDeadline()
    {
        now = *machine.deadline();
        return say(ConnectionMachine::Tick{});
    }
    void openSession(ConnectionMachine::Life life = ConnectionMachine::Life::Authenticated)
    {
        if (machine.state() == ConnectionMachine::State::Disconnected)
            say(ConnectionMachine::Connect{});
        say(ConnectionMachine::CredentialsReady{attempt});
        say(ConnectionMachine::Opened{attempt});
        if (life != ConnectionMachine::Life::Frame)
            say(ConnectionMachine::Received{attempt, life});
    }
    ConnectionMachine::Outputs part()
    {
        return say(ConnectionMachine::Received{attempt, ConnectionMachine::Life::Part});
    }
    ConnectionMachine::Outputs close(int code)
    {
        return say(ConnectionMachine::Closed{attempt, {.code = code}});
    }

    ConnectionMachine machine;
    MonotonicTime now{std::chrono::hours(1)};
    AttemptId attempt = 0;
};

} // namespace tocsin
