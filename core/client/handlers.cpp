// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/handlers_p.h"

#include <QThread>

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

namespace {

std::unique_ptr<HandlerRelay> makeRelay(QObject *context)
{
    auto relay = std::make_unique<HandlerRelay>();
    QObject::connect(relay.get(), &HandlerRelay::told, context,
        [](const std::function<void()> &call) { call(); });
    return relay;
}

} // namespace

std::shared_ptr<Handler> Handlers::prepared(std::shared_ptr<Handler> handler)
{
    if (handler->context && handler->context->thread() != QThread::currentThread())
        handler->relay = makeRelay(handler->context);
    return handler;
}

void Handlers::add(ChannelId channel, std::shared_ptr<Handler> handler)
{
    m_channels[std::size_t(channel)]->handlers.push_back(prepared(std::move(handler)));
}

// The message is used again as soon as it was handled here: whoever hears it later has a copy.
void Handlers::callElsewhere(Handler &handler, ReceivedMessage &message)
{
    if (!handler.relay)
        handler.relay = makeRelay(handler.context);
    auto data = message.type() ? message.type()->copy(message.data()) : nullptr;
    Q_EMIT handler.relay->told(
        [call = handler.call, active = handler.active, once = handler.once, data = std::move(data),
            envelope = message.envelope, json = message.json] {
            if (*active || once)
                (*call)(data.get(), envelope, json);
        });
}

} // namespace tocsin
