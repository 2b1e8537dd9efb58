// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/displaykeeper.h"

#include <QGuiApplication>

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

struct DisplayKeeper::Inhibitions {
#ifdef TOCSIN_HAS_DBUS
    // Given up when it is closed, as it is when the program ends in whatever way.
    QDBusUnixFileDescriptor loginManager;
    std::unique_ptr<QDBusServiceWatcher> watcher;
#endif
};

DisplayKeeper::DisplayKeeper(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Inhibitions>())
{
}

DisplayKeeper::~DisplayKeeper() = default;

void DisplayKeeper::start()
{
    askScreenSaver();
    askLoginManager();
    askDisplayServer();
}

#ifdef TOCSIN_HAS_DBUS

namespace {

const QString screenSaverName = u"org.freedesktop.ScreenSaver"_s;

} // namespace

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
    auto call = QDBusMessage::createMethodCall(screenSaverName, u"/org/freedesktop/ScreenSaver"_s,
        u"org.freedesktop.ScreenSaver"_s, u"Inhibit"_s);
    call << u"Tocsin"_s << u"Incidents are shown on a wall"_s;
    auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        // Given up with the connection to the bus, as it is when the program ends.
        const QDBusPendingReply<quint32> reply = *watcher;
        Q_EMIT answered(u"the screen saver"_s, !reply.isError());
    });
}

void DisplayKeeper::askLoginManager()
{
    auto bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return Q_EMIT answered(u"the login manager"_s, false);
    auto call = QDBusMessage::createMethodCall(u"org.freedesktop.login1"_s,
        u"/org/freedesktop/login1"_s, u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
    call << u"idle:sleep:handle-lid-switch"_s << u"Tocsin"_s << u"Incidents are shown on a wall"_s
         << u"block"_s;
    auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        if (!reply.isError())
            d->loginManager = reply.value();
        Q_EMIT answered(u"the login manager"_s, !reply.isError());
    });
}

#else

void DisplayKeeper::askScreenSaver()
{
    Q_EMIT answered(u"the screen saver"_s, false);
}

void DisplayKeeper::askLoginManager()
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
