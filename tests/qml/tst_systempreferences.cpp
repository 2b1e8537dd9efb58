// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/systempreferences.h"

#include "notificationservice.h"

#include <QDBusContext>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace tocsin;
using namespace Qt::StringLiterals;

using Spaces = QMap<QString, QVariantMap>;
Q_DECLARE_METATYPE(Spaces)

/// A desktop's settings portal on a connection of its own.
class Portal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit Portal(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, u"portal"_s))
    {
        qDBusRegisterMetaType<Spaces>();
        QVERIFY(m_bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    }
    ~Portal() override { QDBusConnection::disconnectFromBus(u"portal"_s); }

    void appear() { QVERIFY(m_bus.registerService(u"org.freedesktop.portal.Desktop"_s)); }
    void disappear() { QVERIFY(m_bus.unregisterService(u"org.freedesktop.portal.Desktop"_s)); }
    void change(
        const QString &key, uint value, const QString &space = u"org.freedesktop.appearance"_s)
    {
        Q_EMIT SettingChanged(space, key, QDBusVariant(value));
    }

    Spaces spaces;
    QStringList asked;

public Q_SLOTS:
    Spaces ReadAll(const QStringList &namespaces)
    {
        asked = namespaces;
        return spaces;
    }

Q_SIGNALS:
    void SettingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    QDBusConnection m_bus;
};

/// On a real bus, with a portal that is a fake: a desktop's own cannot be told what to want.
class SystemPreferencesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_bus = std::make_unique<SessionBus>(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_portal = std::make_unique<Portal>(m_bus->address());
    }
    void cleanup() { m_portal.reset(); }

    void wantsNothingWithoutAPortal()
    {
        const SystemPreferences system;
        QCOMPARE(system.colorScheme(), SystemPreferences::NoPreference);
        QVERIFY(!system.isHighContrast());
    }

    void takesWhatTheDesktopWants()
    {
        m_portal->spaces = {{u"org.freedesktop.appearance"_s,
            {{u"color-scheme"_s, 1U}, {u"contrast"_s, 1U}, {u"reduced-motion"_s, 1U},
                {u"accent-color"_s, u"none of ours"_s}}}};
        m_portal->appear();
        const SystemPreferences system;
        QTRY_COMPARE(system.colorScheme(), SystemPreferences::Dark);
        QVERIFY(system.isHighContrast());
        QVERIFY(system.reducedMotion());
        QCOMPARE(m_portal->asked, QStringList{u"org.freedesktop.appearance"_s});
    }

    void followsWhatIsChanged()
    {
        m_portal->spaces = {{u"org.freedesktop.appearance"_s, {{u"color-scheme"_s, 2U}}}};
        m_portal->appear();
        const SystemPreferences system;
        QTRY_COMPARE(system.colorScheme(), SystemPreferences::Light);
        QSignalSpy changed(&system, &SystemPreferences::appearanceChanged);
        m_portal->change(u"contrast"_s, 1);
        QTRY_VERIFY(system.isHighContrast());
        // What is not of the appearance, and what is as before, change nothing.
        m_portal->change(u"contrast"_s, 0, u"org.gnome.desktop.a11y"_s);
        m_portal->change(u"contrast"_s, 1);
        m_portal->change(u"color-scheme"_s, 1);
        QTRY_COMPARE(system.colorScheme(), SystemPreferences::Dark);
        QVERIFY(system.isHighContrast());
        QCOMPARE(changed.size(), 2);
        // A value of a newer specification is no preference.
        m_portal->change(u"color-scheme"_s, 7);
        QTRY_COMPARE(system.colorScheme(), SystemPreferences::NoPreference);
    }

    void findsAPortalThatComesLater()
    {
        m_portal->spaces = {{u"org.freedesktop.appearance"_s, {{u"color-scheme"_s, 1U}}}};
        const SystemPreferences system;
        QCOMPARE(system.colorScheme(), SystemPreferences::NoPreference);
        m_portal->appear();
        QTRY_COMPARE(system.colorScheme(), SystemPreferences::Dark);
        m_portal->disappear();
        m_portal->spaces = {};
        m_portal->appear();
        QTRY_COMPARE(system.colorScheme(), SystemPreferences::NoPreference);
    }

private:
    std::unique_ptr<SessionBus> m_bus;
    std::unique_ptr<Portal> m_portal;
};

QTEST_GUILESS_MAIN(SystemPreferencesTest)
#include "tst_systempreferences.moc"
