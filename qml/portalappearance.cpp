// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/portalappearance_p.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QMap>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

constexpr QLatin1StringView serviceName("org.freedesktop.portal.Desktop");
constexpr QLatin1StringView objectPath("/org/freedesktop/portal/desktop");
constexpr QLatin1StringView interfaceName("org.freedesktop.portal.Settings");
constexpr QLatin1StringView appearance("org.freedesktop.appearance");

using Wishes = DesktopAppearance::Wishes;
using Scheme = DesktopAppearance::Scheme;

/// What a portal says that is newer than this program is no preference, as its specification has
/// it.
Wishes with(Wishes wishes, const QString &key, const QVariant &value)
{
    const uint number = value.toUInt();
    if (key == u"color-scheme")
        wishes.scheme = number == 1 ? Scheme::Dark
            : number == 2           ? Scheme::Light
                                    : Scheme::NoPreference;
    else if (key == u"contrast")
        wishes.highContrast = number == 1;
    else if (key == u"reduced-motion")
        wishes.reducedMotion = number == 1;
    return wishes;
}

} // namespace

std::unique_ptr<DesktopAppearance> makeDesktopAppearance()
{
    return std::make_unique<PortalAppearance>();
}

PortalAppearance::PortalAppearance()
    : m_bus(QDBusConnection::sessionBus())
    , m_watcher(serviceName, m_bus, QDBusServiceWatcher::WatchForRegistration)
{
    if (!m_bus.isConnected())
        return;
    // One that comes later, or again, may want something else.
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, &PortalAppearance::ask);
    m_bus.connect(serviceName, objectPath, interfaceName, u"SettingChanged"_s, this,
        SLOT(takeSetting(QString, QString, QDBusVariant)));
    ask();
}

/// Also has the bus start the portal, which is started when it is needed.
void PortalAppearance::ask()
{
    auto message
        = QDBusMessage::createMethodCall(serviceName, objectPath, interfaceName, u"ReadAll"_s);
    message.setArguments({QStringList{appearance}});
    auto *const call = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        const QDBusMessage reply = call->reply();
        if (reply.type() != QDBusMessage::ReplyMessage || reply.signature() != u"a{sa{sv}}")
            return;
        const auto spaces = qdbus_cast<QMap<QString, QVariantMap>>(reply.arguments().constFirst());
        const QVariantMap settings = spaces.value(appearance);
        Wishes wanted;
        for (auto it = settings.constBegin(); it != settings.constEnd(); ++it)
            wanted = with(wanted, it.key(), it.value());
        setWishes(wanted);
    });
}

void PortalAppearance::takeSetting(
    const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space == appearance)
        setWishes(with(wishes(), key, value.variant()));
}

} // namespace tocsin
