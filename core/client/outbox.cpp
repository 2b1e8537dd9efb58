// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/outbox.h"

#include <utility>

namespace tocsin {

bool Outbox::push(const QByteArray &frame)
{
    if (m_frames.size() >= maximumFrames || frame.size() > maximumBytes - m_bytes)
        return false;
    m_bytes += frame.size();
    m_frames.push_back(frame);
    return true;
}

std::deque<QByteArray> Outbox::take()
{
    m_bytes = 0;
    return std::exchange(m_frames, {});
}

void Outbox::clear()
{
    m_bytes = 0;
    m_frames.clear();
}

std::size_t Outbox::size() const
{
    return m_frames.size();
}

} // namespace tocsin
