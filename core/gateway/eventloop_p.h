// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

namespace tocsin {

/// The gateway's I/O thread, as what runs in it sees it.
class EventLoop
{
public:
    virtual ~EventLoop() = default;
    /// Runs `task` in the loop's thread, after those posted before. From any thread.
    virtual void post(std::function<void()> task) = 0;
    /// From the loop's thread only. What is left when the loop ends is dropped.
    virtual void after(std::chrono::milliseconds delay, std::function<void()> task) = 0;
};

} // namespace tocsin
