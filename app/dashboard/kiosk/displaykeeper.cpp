// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/displaykeeper.h"

#include <QGuiApplication>

#include <optional>

#ifdef TOCSIN_HAS_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusUnixFileDescriptor>
#endif
#ifdef TOCSIN_HAS_XCB
#include <xcb/dpms.h>
#include <xcb/xcb.h>
#endif

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

const QString everything = u"idle:sleep:handle-lid-switch"_s;
// What a program without a session of its own may ask for, as a service is.
const QString leastOfAll = u"idle"_s;

#ifdef TOCSIN_HAS_DBUS
const QString screenSaverName = u"org.freedesktop.ScreenSaver"_s;

QDBusMessage screenSaverCall(const QString &method)
{
    return QDBusMessage::createMethodCall(
        screenSaverName, u"/org/freedesktop/ScreenSaver"_s, screenSaverName, method);
}
#endif

} // namespace

struct DisplayKeeper::Inhibitions {
#ifdef TOCSIN_HAS_DBUS
    // Given up when it is closed, as it is when the program ends in whatever way.
    QDBusUnixFileDescriptor loginManager;
    std::optional<quint32> screenSaver;
    std::unique_ptr<QDBusServiceWatcher> watcher;
#endif
};

DisplayKeeper::DisplayKeeper(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Inhibitions>())
{
}

void DisplayKeeper::start()
{
    askScreenSaver();
    askLoginManager(everything);
    askDisplayServer();
}

#ifdef TOCSIN_HAS_DBUS

DisplayKeeper::~DisplayKeeper()
{
    if (!d->screenSaver)
        return;
    auto call = screenSaverCall(u"UnInhibit"_s);
    call << *d->screenSaver;
    QDBusConnection::sessionBus().send(call);
}

void DisplayKeeper::askScreenSaver()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return Q_EMIT answered(u"the screen saver"_s, false);
    if (!d->watcher) {
        // One that is started again has forgotten it.
        d->watcher = std::make_unique<QDBusServiceWatcher>(
            screenSaverName, bus, QDBusServiceWatcher::WatchForRegistration);
        connect(d->watcher.get(), &QDBusServiceWatcher::serviceRegistered, this,
            &DisplayKeeper::askScreenSaver);
    }
    auto call = screenSaverCall(u"Inhibit"_s);
    call << u"Tocsin"_s << u"Incidents are shown on a wall"_s;
    auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        // Given up with the connection to the bus, too, as it is when the program ends.
        const QDBusPendingReply<quint32> reply = *watcher;
        if (!reply.isError())
            d->screenSaver = reply.value();
        Q_EMIT answered(u"the screen saver"_s, !reply.isError());
    });
}

void DisplayKeeper::askLoginManager(const QString &what)
{
    auto bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return Q_EMIT answered(u"the login manager"_s, false);
    auto call = QDBusMessage::createMethodCall(u"org.freedesktop.login1"_s,
        u"/org/freedesktop/login1"_s, u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
    call << what << u"Tocsin"_s << u"Incidents are shown on a wall"_s << u"block"_s;
    auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, what] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        if (reply.isError() && what == everything
            && reply.error().type() == QDBusError::AccessDenied)
            return askLoginManager(leastOfAll);
        if (!reply.isError())
            d->loginManager = reply.value();
        Q_EMIT answered(u"the login manager"_s, !reply.isError());
    });
}

#else

DisplayKeeper::~DisplayKeeper() = default;

void DisplayKeeper::askScreenSaver()
{
    Q_EMIT answered(u"the screen saver"_s, false);
}

void DisplayKeeper::askLoginManager(const QString &)
{
    Q_EMIT answered(u"the login manager"_s, false);
}

#endif

void DisplayKeeper::askDisplayServer()
{
#ifdef TOCSIN_HAS_XCB
    const auto *const application = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!application || !application->connection())
        return;
    xcb_connection_t *const server = application->connection();
    // No time after which it blanks; it may when it is told to.
    xcb_set_screen_saver(server, 0, 0, XCB_BLANKING_NOT_PREFERRED, XCB_EXPOSURES_DEFAULT);
    if (const auto *const extension = xcb_get_extension_data(server, &xcb_dpms_id);
        extension && extension->present)
        xcb_dpms_disable(server);
    Q_EMIT answered(u"the X server"_s, xcb_flush(server) > 0);
#endif
}

} // namespace tocsin
