// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionmachine.h"
#include "client/messagereader_p.h"

#include <QStringEncoder>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tocsin {

/// A second pair of hands for a flood: reads frames in a thread of its own, while the I/O thread
/// takes the next ones off the socket. Their order stays, and what they mean to the connection and
/// to its rooms is judged in the I/O thread when they come back.
///
/// Of the frames it reads those that MessageReader can read in one go; the others come back as they
/// are. All functions in the I/O thread.
class ReadAhead
{
public:
    /// Frames of one attempt. Those that were read have a message each.
    class Block
    {
    public:
        [[nodiscard]] AttemptId attempt() const { return m_attempt; }
        [[nodiscard]] std::size_t size() const { return m_ends.size(); }
        /// Null where the frame is to be read the usual way.
        [[nodiscard]] std::unique_ptr<ReceivedMessage> takeMessage(std::size_t index);
        /// As UTF-8.
        [[nodiscard]] std::string_view frame(std::size_t index) const;

    private:
        friend class ReadAhead;
        AttemptId m_attempt = 0;
        std::vector<char> m_text;
        std::size_t m_used = 0;
        std::vector<std::size_t> m_ends;
        ReceivedMessages m_messages;
        /// Goes along to the other thread, to be used for its next messages.
        ReceivedMessages m_recycled;
    };

    /// Larger frames gain nothing.
    static constexpr qsizetype largestFrame = 16 * 1024;

    /// Knows the same channels as `reader` does. `rested` is called in the other thread, where
    /// tellOfRest() has asked for it.
    ReadAhead(const MessageReader &reader, std::function<void()> rested);
    /// What is under way is lost.
    ~ReadAhead();

    /// Only where nothing is under way.
    void addChannel(const QString &name, const MessageType *type, ChannelId channel);
    /// Waits where too much is under way already. Returns whether a block was handed over with it.
    bool add(AttemptId attempt, QStringView frame);
    void handOver();
    /// Hands over, and asks for one call of `rested` when all that is under way is finished. False,
    /// and no call, where it is finished already.
    bool tellOfRest();
    /// Something was added that was not taken yet.
    [[nodiscard]] bool isUnderWay() const { return m_filling || m_underWay > 0; }
    /// The next block that is finished, in the order of adding; null where there is none yet.
    [[nodiscard]] std::unique_ptr<Block> take();
    /// The same, but waits for it: null where nothing that was handed over is under way.
    [[nodiscard]] std::unique_ptr<Block> wait();
    /// Takes back a block, for the next frames.
    void reuse(std::unique_ptr<Block> block);
    /// Takes messages back that were handled.
    void recycle(ReceivedMessages messages);

private:
    void run();
    void read(Block &block);

    const std::function<void()> m_rested;
    std::unique_ptr<Block> m_filling;
    /// Blocks that were handed over and not taken back.
    std::size_t m_underWay = 0;
    std::vector<std::unique_ptr<Block>> m_spare;
    ReceivedMessages m_recycled;
    // One that keeps state would wait for the other half of a surrogate pair.
    QStringEncoder m_encoder{QStringEncoder::Utf8, QStringConverter::Flag::Stateless};

    // The other thread's, while anything is under way.
    MessageReader m_reader;

    std::mutex m_mutex;
    std::condition_variable m_toRead;
    std::condition_variable m_finished;
    std::deque<std::unique_ptr<Block>> m_waiting;
    std::deque<std::unique_ptr<Block>> m_done;
    bool m_tellsOfRest = false;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace tocsin
