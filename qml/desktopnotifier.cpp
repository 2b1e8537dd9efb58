// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/desktopnotifier_p.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

Q_LOGGING_CATEGORY(lcNotifier, "tocsin.notifications", QtInfoMsg)

constexpr QLatin1StringView serviceName("org.freedesktop.Notifications");
constexpr QLatin1StringView objectPath("/org/freedesktop/Notifications");
constexpr QLatin1StringView applicationId("io.github.tocsin.Tocsin");
constexpr QLatin1StringView showAction("default");
constexpr QLatin1StringView acknowledgeAction("acknowledge");
/// For a service that does not answer, no more is kept than a person would read: the newest.
constexpr std::size_t mostWaiting = 20;

/// The specification's: 0 low, 1 normal, 2 critical, which stays until it is closed.
uchar urgencyOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return 2;
    case Severity::Warning:
    case Severity::Unknown: return 1;
    case Severity::Info: break;
    }
    return 0;
}

} // namespace

std::unique_ptr<AlarmNotifier> makeAlarmNotifier()
{
    return std::make_unique<DesktopNotifier>();
}

DesktopNotifier::DesktopNotifier()
    : m_bus(QDBusConnection::sessionBus())
    , m_watcher(serviceName, m_bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    if (!m_bus.isConnected()) {
        setService(Service::Absent, tr("No notifications: there is no session bus here."));
        return;
    }
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
        [this](const QString &, const QString &, const QString &owner) {
            // Another service knows none of what the last one showed.
            m_shown.clear();
            if (owner.isEmpty())
                noteEnd();
            else
                askForService();
        });
    const auto listen = [this](QLatin1StringView signal, const char *slot) {
        m_bus.connect(serviceName, objectPath, serviceName, signal, this, slot);
    };
    listen(QLatin1StringView("ActionInvoked"), SLOT(takeAction(uint, QString)));
    listen(QLatin1StringView("ActivationToken"), SLOT(takeToken(uint, QString)));
    listen(QLatin1StringView("NotificationClosed"), SLOT(takeClosed(uint, uint)));
    askForService();
}

QDBusPendingCallWatcher *DesktopNotifier::call(const QString &method, const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(serviceName, objectPath, serviceName, method);
    message.setArguments(arguments);
    return new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
}

/// Also has the bus start the service, where it is one that is started when it is needed.
void DesktopNotifier::askForService()
{
    m_service = Service::Asked;
    auto *const asked = call(u"GetCapabilities"_s, {});
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
        asked->deleteLater();
        const QDBusPendingReply<QStringList> reply = *asked;
        if (reply.isError()) {
            qCInfo(lcNotifier).noquote() << "no notification service:" << reply.error().message();
            setService(Service::Absent,
                tr("No notifications: no notification service was found on this desktop."));
            return;
        }
        m_capabilities = reply.value();
        setService(Service::Present, {});
    });
}

/// Some services end when they have nothing to do. That is no fault where the bus starts them
/// again.
void DesktopNotifier::noteEnd()
{
    m_service = Service::Absent;
    const auto question = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s,
        u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, u"ListActivatableNames"_s);
    auto *const asked = new QDBusPendingCallWatcher(m_bus.asyncCall(question), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
        asked->deleteLater();
        // It may be there again, or have been asked for.
        if (m_service != Service::Absent)
            return;
        const QDBusPendingReply<QStringList> reply = *asked;
        // One that was started and left something unshown is no help.
        const bool startsAgain
            = m_waiting.empty() && !reply.isError() && reply.value().contains(serviceName);
        setService(Service::Absent,
            startsAgain ? QString()
                        : tr("No notifications: this desktop's notification service has ended."));
    });
}

void DesktopNotifier::setService(Service service, const QString &fault)
{
    m_service = service;
    if (service == Service::Present) {
        const auto waiting = std::exchange(m_waiting, {});
        for (const Waiting &one : waiting)
            send(one.id, one.notice);
    }
    say(m_serviceFault, fault);
}

void DesktopNotifier::say(QString &which, const QString &fault)
{
    const QString before = this->fault();
    which = fault;
    if (this->fault() != before)
        Q_EMIT faultChanged();
}

void DesktopNotifier::show(AlarmCall::Id id, const AlarmNotice &notice)
{
    if (m_service == Service::Present) {
        send(id, notice);
        return;
    }
    if (m_waiting.size() >= mostWaiting)
        m_waiting.pop_front();
    m_waiting.push_back({id, notice});
    // Nothing else would start one again that has ended. A bus that is not there never comes.
    if (m_service == Service::Absent && m_bus.isConnected())
        askForService();
}

void DesktopNotifier::send(AlarmCall::Id id, const AlarmNotice &notice)
{
    QStringList actions;
    if (m_capabilities.contains("actions"_L1)) {
        actions << showAction << tr("Show");
        if (notice.offer == AlarmNotice::Offer::Acknowledge)
            actions << acknowledgeAction << tr("Acknowledge");
    }
    // The title is plain text to every service; the body may be taken for markup.
    const QString body
        = m_capabilities.contains("body-markup"_L1) ? notice.body.toHtmlEscaped() : notice.body;
    const QVariantMap hints{{u"urgency"_s, QVariant::fromValue(urgencyOf(notice.urgency))},
        {u"desktop-entry"_s, QString(applicationId)},
        // Whether something is to be heard is decided here.
        {u"suppress-sound"_s, true}};
    constexpr uint nothingToReplace = 0;
    constexpr int asTheServiceLikes = -1;
    auto *const sent = call(u"Notify"_s,
        {QGuiApplication::applicationDisplayName(), nothingToReplace, QString(applicationId),
            notice.title, body, actions, hints, asTheServiceLikes});
    m_sent.insert(id);
    connect(sent, &QDBusPendingCallWatcher::finished, this, [this, id, sent] {
        sent->deleteLater();
        takeId(id, *sent);
    });
}

void DesktopNotifier::takeId(AlarmCall::Id id, QDBusPendingCallWatcher &call)
{
    m_sent.remove(id);
    const bool closed = m_closeWhenShown.remove(id);
    const QDBusPendingReply<uint> reply = call;
    if (reply.isError()) {
        qCWarning(lcNotifier).noquote() << "a notification failed:" << reply.error().message();
        say(m_refusal,
            tr("No notifications: the desktop did not take the last one (%1).")
                .arg(reply.error().message()));
        return;
    }
    say(m_refusal, {});
    if (closed)
        closeShown(reply.value());
    else
        m_shown.insert(reply.value(), id);
}

void DesktopNotifier::close(AlarmCall::Id id)
{
    std::erase_if(m_waiting, [id](const Waiting &waiting) { return waiting.id == id; });
    if (m_sent.contains(id)) {
        m_closeWhenShown.insert(id);
        return;
    }
    // Few are shown at a time.
    for (auto shown = m_shown.begin(); shown != m_shown.end(); ++shown) {
        if (*shown == id) {
            closeShown(shown.key());
            m_shown.erase(shown);
            return;
        }
    }
}

void DesktopNotifier::closeShown(uint serverId)
{
    auto *const closing = call(u"CloseNotification"_s, {serverId});
    connect(closing, &QDBusPendingCallWatcher::finished, closing, &QObject::deleteLater);
}

void DesktopNotifier::takeAction(uint serverId, const QString &action)
{
    // Everybody on the bus hears of everybody's notifications.
    const auto shown = m_shown.constFind(serverId);
    if (shown == m_shown.cend())
        return;
    const AlarmCall::Id id = *shown;
    const QString token = std::exchange(m_tokenOf, 0) == serverId ? m_token : QString();
    if (action == showAction)
        Q_EMIT activated(id, token);
    else if (action == acknowledgeAction)
        Q_EMIT acknowledgeRequested(id);
}

void DesktopNotifier::takeToken(uint serverId, const QString &token)
{
    m_tokenOf = serverId;
    m_token = token;
}

void DesktopNotifier::takeClosed(uint serverId, uint)
{
    m_shown.remove(serverId);
}

QString DesktopNotifier::fault() const
{
    return m_serviceFault.isEmpty() ? m_refusal : m_serviceFault;
}

} // namespace tocsin
