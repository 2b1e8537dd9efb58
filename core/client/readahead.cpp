// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/readahead_p.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tocsin {

namespace {

// Small enough that what is read is still in the cache that both threads share.
constexpr std::size_t framesABlock = 256;
constexpr std::size_t bytesABlock = 128UL * 1024;
constexpr std::size_t mostUnderWay = 32;

} // namespace

std::unique_ptr<ReceivedMessage> ReadAhead::Block::takeMessage(std::size_t index)
{
    // The other thread wrote it last: the ones after it are asked for beforehand.
    constexpr std::size_t distance = 4;
    if (index + distance < m_messages.size())
        detail::prefetchForWriting(m_messages[index + distance].get());
    return std::move(m_messages[index]);
}

std::string_view ReadAhead::Block::frame(std::size_t index) const
{
    const std::size_t begin = index == 0 ? 0 : m_ends[index - 1];
    return {m_text.data() + begin, m_ends[index] - begin};
}

ReadAhead::ReadAhead(const MessageReader &reader, std::function<void()> rested)
    : m_rested(std::move(rested))
    , m_reader(Dialect::Envelope)
{
    reader.copyChannelsTo(m_reader);
    m_thread = std::thread([this] { run(); });
}

ReadAhead::~ReadAhead()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
    }
    m_toRead.notify_one();
    m_thread.join();
}

void ReadAhead::addChannel(const QString &name, const MessageType *type, ChannelId channel)
{
    m_reader.addChannel(name, type, channel);
}

bool ReadAhead::add(AttemptId attempt, QStringView frame)
{
    if (m_filling && m_filling->m_attempt != attempt)
        handOver();
    if (!m_filling) {
        if (m_spare.empty()) {
            m_filling = std::make_unique<Block>();
        } else {
            m_filling = std::move(m_spare.back());
            m_spare.pop_back();
        }
        m_filling->m_attempt = attempt;
    }
    Block &block = *m_filling;
    const std::size_t most = block.m_used + std::size_t(m_encoder.requiredSpace(frame.size()));
    if (block.m_text.size() < most)
        block.m_text.resize(std::max(most, 2 * bytesABlock));
    const char *const end = m_encoder.appendToBuffer(block.m_text.data() + block.m_used, frame);
    block.m_used = std::size_t(end - block.m_text.data());
    block.m_ends.push_back(block.m_used);
    if (block.m_ends.size() < framesABlock && block.m_used < bytesABlock)
        return false;
    handOver();
    return true;
}

void ReadAhead::handOver()
{
    if (!m_filling)
        return;
    m_filling->m_recycled = std::exchange(m_recycled, {});
    {
        std::unique_lock lock(m_mutex);
        m_finished.wait(lock, [this] { return m_waiting.size() < mostUnderWay; });
        m_waiting.push_back(std::move(m_filling));
    }
    ++m_underWay;
    m_toRead.notify_one();
}

bool ReadAhead::tellOfRest()
{
    handOver();
    const std::scoped_lock lock(m_mutex);
    m_tellsOfRest = m_underWay > m_done.size();
    return m_tellsOfRest;
}

std::unique_ptr<ReadAhead::Block> ReadAhead::take()
{
    const std::scoped_lock lock(m_mutex);
    if (m_done.empty())
        return nullptr;
    auto block = std::move(m_done.front());
    m_done.pop_front();
    --m_underWay;
    return block;
}

std::unique_ptr<ReadAhead::Block> ReadAhead::wait()
{
    if (m_underWay == 0)
        return nullptr;
    {
        std::unique_lock lock(m_mutex);
        m_finished.wait(lock, [this] { return !m_done.empty(); });
    }
    return take();
}

void ReadAhead::reuse(std::unique_ptr<Block> block)
{
    block->m_used = 0;
    block->m_ends.clear();
    block->m_messages.clear();
    if (m_spare.size() < mostUnderWay)
        m_spare.push_back(std::move(block));
}

void ReadAhead::recycle(ReceivedMessages messages)
{
    if (m_recycled.empty())
        m_recycled = std::move(messages);
    else
        std::ranges::move(messages, std::back_inserter(m_recycled));
}

void ReadAhead::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_toRead.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
        if (m_ending)
            return;
        auto block = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        read(*block);
        lock.lock();
        m_done.push_back(std::move(block));
        m_finished.notify_one();
        if (m_waiting.empty() && std::exchange(m_tellsOfRest, false)) {
            lock.unlock();
            m_rested();
            lock.lock();
        }
    }
}

void ReadAhead::read(Block &block)
{
    m_reader.recycle(std::exchange(block.m_recycled, {}));
    block.m_messages.reserve(block.size());
    for (std::size_t i = 0; i < block.size(); ++i)
        block.m_messages.push_back(m_reader.readInOneGo(block.frame(i)));
}

} // namespace tocsin
