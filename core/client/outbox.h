// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"

#include <QByteArray>

#include <deque>
#include <vector>

namespace tocsin {

/// Frames that wait for a connection, in the order in which they were sent. Bounded, so that a
/// program that goes on sending into an outage does not grow without end; what finds it full is
/// refused, because what was accepted first was promised first.
class TOCSIN_CLIENT_EXPORT Outbox
{
public:
    static constexpr std::size_t maximumFrames = 10'000;
    static constexpr qsizetype maximumBytes = 16 * 1024 * 1024;

    /// False, and nothing kept, where the frame does not fit.
    [[nodiscard]] bool push(const QByteArray &frame);
    /// All that waits, oldest first; nothing waits afterwards.
    [[nodiscard]] std::deque<QByteArray> take();
    void clear();
    [[nodiscard]] std::size_t size() const;

private:
    std::deque<QByteArray> m_frames;
    qsizetype m_bytes = 0;
};

} // namespace tocsin
