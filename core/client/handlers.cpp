// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/handlers_p.h"

#include <algorithm>

namespace tocsin {

std::pair<ChannelId, bool> Handlers::channel(const QString &name, const MessageType *type)
{
    const auto found = std::ranges::find_if(m_channels,
        [&](const auto &channel) { return channel->type == type && channel->name == name; });
    if (found != m_channels.end())
        return {ChannelId(found - m_channels.begin()), false};
    m_channels.push_back(
        std::make_unique<Channel>(Channel{.name = name, .type = type, .handlers = {}}));
    return {ChannelId(m_channels.size() - 1), true};
}

void Handlers::add(ChannelId channel, std::shared_ptr<Handler> handler)
{
    m_channels[std::size_t(channel)]->handlers.push_back(std::move(handler));
}

// The message is used again as soon as it was handled here: whoever hears it later has a copy.
void Handlers::callElsewhere(const std::shared_ptr<Handler> &handler, ReceivedMessage &message)
{
    auto data = message.type() ? message.type()->copy(message.data()) : nullptr;
    QMetaObject::invokeMethod(
        handler->context,
        [handler, data = std::move(data), envelope = message.envelope, json = message.json] {
            if (*handler->active || handler->once)
                handler->call(data.get(), envelope, json);
        },
        Qt::QueuedConnection);
}

} // namespace tocsin
