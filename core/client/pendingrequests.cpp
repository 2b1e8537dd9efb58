// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/pendingrequests.h"

#include "client/clientsentence_p.h"
#include "protocol/messages.h"

#include <utility>

namespace tocsin {

void PendingRequests::add(const PendingRequest &request)
{
    Entry entry{request};
    if (!request.safeToRepeat)
        entry.request.frame.clear();
    if (m_entries.emplace(request.id, std::move(entry)).second && request.deadline)
        m_deadlines.emplace(*request.deadline, request.id);
}

void PendingRequests::sent(RequestId id)
{
    if (const auto entry = m_entries.find(id); entry != m_entries.end())
        entry->second.stage = Stage::Sent;
}

bool PendingRequests::takeBack(RequestId id)
{
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end())
        return false;
    entry->second.stage = Stage::Waiting;
    return true;
}

bool PendingRequests::answer(const ReplyData &data)
{
    const auto entry = m_entries.find(data.requestId);
    if (entry == m_entries.end() || entry->second.stage != Stage::Sent)
        return false;
    finish(entry, Reply::fromWire(data));
    return true;
}

std::vector<QByteArray> PendingRequests::sessionStarted()
{
    std::vector<QByteArray> frames;
    for (auto &[id, entry] : m_entries) {
        if (entry.stage != Stage::ToRepeat)
            continue;
        entry.stage = Stage::Sent;
        frames.push_back(entry.request.frame);
    }
    return frames;
}

void PendingRequests::sessionEnded()
{
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        Entry &entry = it->second;
        if (entry.stage == Stage::Sent && !entry.request.safeToRepeat) {
            it = finish(it,
                Reply::failure({ErrorCode::ConnectionLost,
                    ClientSentence::tr(
                        "The connection ended before %1 was answered; whether it was "
                        "carried out is not known.")
                        .arg(entry.request.type),
                    {}}));
            continue;
        }
        if (entry.stage == Stage::Sent)
            entry.stage = Stage::ToRepeat;
        ++it;
    }
}

void PendingRequests::fail(RequestId id, Error error)
{
    if (const auto entry = m_entries.find(id); entry != m_entries.end())
        finish(entry, Reply::failure(std::move(error)));
}

void PendingRequests::failWaiting(const Error &error)
{
    for (auto it = m_entries.begin(); it != m_entries.end();)
        it = it->second.stage == Stage::Waiting ? finish(it, Reply::failure(error)) : std::next(it);
}

void PendingRequests::failAll(const Error &error)
{
    for (auto it = m_entries.begin(); it != m_entries.end();)
        it = finish(it, Reply::failure(error));
}

void PendingRequests::tick(MonotonicTime now)
{
    while (!m_deadlines.empty() && m_deadlines.begin()->first <= now) {
        const auto entry = m_entries.find(m_deadlines.begin()->second);
        const QString &type = entry->second.request.type;
        const QString message = entry->second.stage == Stage::Sent
            ? ClientSentence::tr(
                  "%1 was not answered in time; whether it was carried out is not known.")
            : ClientSentence::tr("%1 waited for a connection until its time was over.");
        finish(entry, Reply::failure({ErrorCode::TimedOut, message.arg(type), {}}));
    }
}

std::optional<MonotonicTime> PendingRequests::deadline() const
{
    if (m_deadlines.empty())
        return std::nullopt;
    return m_deadlines.begin()->first;
}

std::size_t PendingRequests::size() const
{
    return m_entries.size();
}

std::vector<PendingRequests::Finished> PendingRequests::take()
{
    return std::exchange(m_finished, {});
}

PendingRequests::Entries::iterator PendingRequests::finish(Entries::iterator entry, Reply reply)
{
    const RequestId id = entry->first;
    if (const auto deadline = entry->second.request.deadline)
        m_deadlines.erase({*deadline, id});
    m_finished.push_back({id, std::move(reply)});
    return m_entries.erase(entry);
}

} // namespace tocsin
