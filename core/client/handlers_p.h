// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/receivedmessage_p.h"

#include <QObject>
#include <QPointer>
#include <QScopeGuard>

#include <atomic>
#include <functional>

namespace tocsin {

/// Calls in the thread of an object that may end there at any moment: Qt's connections know whether
/// it is still there, and nobody else can.
class HandlerRelay : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void told(const std::function<void()> &call);
};

/// One subscription's function, the object whose life it is tied to, and whether it is still
/// wanted.
struct Handler {
    using Function
        = std::function<void(const void *data, const Envelope &, const QByteArray &json)>;

    QPointer<QObject> context;
    // Held by what is under way to another thread, when all else of this may be gone.
    std::shared_ptr<const Function> call;
    bool once = false;
    std::shared_ptr<std::atomic<bool>> active = std::make_shared<std::atomic<bool>>(true);
    // There once the context was seen in another thread.
    std::unique_ptr<HandlerRelay> relay = {};

    [[nodiscard]] bool isAlive() const { return *active && context; }
};

/// Who wants to hear what. In the façade's thread.
class Handlers
{
public:
    using List = std::vector<std::shared_ptr<Handler>>;

    /// The channel for the pair, and whether it is a new one.
    [[nodiscard]] std::pair<ChannelId, bool> channel(const QString &name, const MessageType *type);
    void add(ChannelId channel, std::shared_ptr<Handler> handler);
    void addForAll(std::shared_ptr<Handler> handler)
    {
        m_all.push_back(prepared(std::move(handler)));
    }
    void addForUnknown(std::shared_ptr<Handler> handler)
    {
        m_unknown.push_back(prepared(std::move(handler)));
    }

    /// Calls all that the message is for, in the order in which they subscribed, for as long as
    /// `goOn` says so. Each may subscribe, unsubscribe, or destroy this.
    template <typename GoOn>
    void call(ReceivedMessage &message, const QThread *home, GoOn goOn);

private:
    struct Channel {
        QString name;
        const MessageType *type;
        List handlers;
    };
    template <typename GoOn>
    bool callList(List &list, ReceivedMessage &message, const QThread *home, GoOn goOn);
    static void callElsewhere(Handler &handler, ReceivedMessage &message);
    /// Makes its relay where the context is in another thread already.
    static std::shared_ptr<Handler> prepared(std::shared_ptr<Handler> handler);

    std::vector<std::unique_ptr<Channel>> m_channels;
    List m_all;
    List m_unknown;
    /// Calls that are under way, one within the other. Outlives this, where a call destroys it.
    std::shared_ptr<int> m_depth = std::make_shared<int>(0);
};

template <typename GoOn>
bool Handlers::callList(List &list, ReceivedMessage &message, const QThread *home, GoOn goOn)
{
    const std::shared_ptr<int> depth = m_depth;
    ++*depth;
    const auto leave = qScopeGuard([&depth] { --*depth; });
    bool someAreGone = false;
    // Those that are added meanwhile do not hear this one.
    for (std::size_t i = 0, count = list.size(); i < count && i < list.size(); ++i) {
        // Held, because the call may end what holds it.
        const std::shared_ptr<Handler> handler = list[i];
        if (!handler->isAlive()) {
            someAreGone = true;
            continue;
        }
        if (handler->once)
            *handler->active = false;
        // Only in its own thread it can be asked for its thread.
        if (handler->relay || handler->context->thread() != home) {
            callElsewhere(*handler, message);
        } else {
            (*handler->call)(message.data(), message.envelope, message.json);
        }
        if (!goOn())
            return false;
    }
    // A handler may run an event loop: whoever is in the middle of the list finds it as it was.
    if (someAreGone && *depth == 1)
        std::erase_if(list, [](const auto &handler) { return !handler->isAlive(); });
    return true;
}

template <typename GoOn>
void Handlers::call(ReceivedMessage &message, const QThread *home, GoOn goOn)
{
    if (message.channel() != noChannel
        && !callList(m_channels[std::size_t(message.channel())]->handlers, message, home, goOn))
        return;
    if (message.json.isEmpty())
        return;
    if (!callList(m_all, message, home, goOn))
        return;
    if (message.unknown)
        callList(m_unknown, message, home, goOn);
}

} // namespace tocsin
