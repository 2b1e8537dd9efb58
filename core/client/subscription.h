// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>

namespace tocsin {

/// A handle on one handler. Copies refer to the same handler; dropping the handle does not end the
/// subscription (its context object's life does), unsubscribe() does. Harmless when called twice,
/// from inside the handler, and after the client is gone.
class Subscription
{
public:
    Subscription() = default;

    void unsubscribe()
    {
        if (const auto active = m_active.lock())
            *active = false;
    }
    [[nodiscard]] bool isActive() const
    {
        const auto active = m_active.lock();
        return active && *active;
    }

private:
    friend class SocketClient;
    explicit Subscription(std::weak_ptr<std::atomic<bool>> active)
        : m_active(std::move(active))
    {
    }
    std::weak_ptr<std::atomic<bool>> m_active;
};

} // namespace tocsin
