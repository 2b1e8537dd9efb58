// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "notificationservice.h"
#include "qml/alarmnotifier.h"

#include <QDBusConnectionInterface>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// On a real bus, with a service that is a fake: no desktop would let itself be clicked.
class DesktopNotifierTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_bus = std::make_unique<SessionBus>(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_service = std::make_unique<NotificationService>(m_bus->address());
    }
    void cleanup() { m_service.reset(); }

    void showsWhatItIsTold()
    {
        m_service->appear();
        const auto notifier = makeAlarmNotifier();
        // Before the service has said what it can do.
        notifier->show(1,
            {.title = u"Critical: <b>Disk</b> & co"_s,
                .body = u"Service: <orders> & more\nx"_s,
                .offer = AlarmNotice::Offer::Acknowledge});
        notifier->show(2, {.title = u"Info"_s, .body = {}, .urgency = Severity::Info});
        QTRY_COMPARE(m_service->shown.size(), 2);
        const auto first = m_service->shown.at(0);
        QCOMPARE(first.summary, u"Critical: <b>Disk</b> & co"_s);
        QCOMPARE(first.body, u"Service: &lt;orders&gt; &amp; more\nx"_s);
        QCOMPARE(first.actions,
            (QStringList{u"default"_s, u"Show"_s, u"acknowledge"_s, u"Acknowledge"_s}));
        QCOMPARE(first.hints[u"urgency"_s], QVariant::fromValue(uchar(2)));
        QCOMPARE(first.hints[u"desktop-entry"_s], u"io.github.tocsin.Tocsin"_s);
        QCOMPARE(first.hints[u"suppress-sound"_s], true);
        const auto second = m_service->shown.at(1);
        QCOMPARE(second.actions, (QStringList{u"default"_s, u"Show"_s}));
        QCOMPARE(second.hints[u"urgency"_s], QVariant::fromValue(uchar(0)));
        QCOMPARE(notifier->fault(), QString());
    }

    void isPlainWhereTheServiceIs()
    {
        m_service->capabilities = {u"body"_s};
        m_service->appear();
        const auto notifier = makeAlarmNotifier();
        notifier->show(1, {.title = u"t"_s, .body = u"a < b"_s});
        QTRY_COMPARE(m_service->shown.size(), 1);
        QCOMPARE(m_service->shown.at(0).body, u"a < b"_s);
        QCOMPARE(m_service->shown.at(0).actions, QStringList());
    }

    void aClickComesBack()
    {
        m_service->appear();
        const auto notifier = makeAlarmNotifier();
        QSignalSpy activated(notifier.get(), &AlarmNotifier::activated);
        QSignalSpy acknowledged(notifier.get(), &AlarmNotifier::acknowledgeRequested);
        notifier->show(7, {.title = u"t"_s, .body = {}});
        notifier->show(8, {.title = u"t"_s, .body = {}});
        QTRY_COMPARE(m_service->shown.size(), 2);
        const uint seven = m_service->shown.at(0).id;
        const uint eight = m_service->shown.at(1).id;
        // Somebody else's.
        Q_EMIT m_service->ActionInvoked(4'711, u"default"_s);
        Q_EMIT m_service->ActivationToken(seven, u"token"_s);
        Q_EMIT m_service->ActionInvoked(seven, u"default"_s);
        QTRY_COMPARE(activated.size(), 1);
        QCOMPARE(activated.at(0).at(0).value<AlarmCall::Id>(), 7);
        QCOMPARE(activated.at(0).at(1).toString(), u"token"_s);
        Q_EMIT m_service->ActionInvoked(eight, u"acknowledge"_s);
        QTRY_COMPARE(acknowledged.size(), 1);
        QCOMPARE(acknowledged.at(0).at(0).value<AlarmCall::Id>(), 8);
        Q_EMIT m_service->ActionInvoked(eight, u"default"_s);
        QTRY_COMPARE(activated.size(), 2);
        QCOMPARE(activated.at(1).at(1).toString(), QString());
    }

    void takesBackWhatIsOver()
    {
        m_service->appear();
        const auto notifier = makeAlarmNotifier();
        notifier->show(1, {.title = u"one"_s, .body = {}});
        QTRY_COMPARE(m_service->shown.size(), 1);
        // Before the service has given it a number, and before it has answered at all.
        notifier->show(2, {.title = u"two"_s, .body = {}});
        notifier->close(2);
        notifier->close(1);
        QTRY_COMPARE(m_service->closed.size(), 2);
        QCOMPARE(QSet<uint>(m_service->closed.cbegin(), m_service->closed.cend()),
            (QSet<uint>{m_service->shown.at(0).id, m_service->shown.at(1).id}));
        const auto other = makeAlarmNotifier();
        other->show(3, {.title = u"three"_s, .body = {}});
        other->close(3);
        other->show(4, {.title = u"four"_s, .body = {}});
        QTRY_COMPARE(m_service->shown.size(), 3);
        QCOMPARE(m_service->shown.at(2).summary, u"four"_s);
        // Gone by the person's own hand, it is not closed again.
        Q_EMIT m_service->NotificationClosed(m_service->shown.at(2).id, 2);
        other->show(5, {.title = u"five"_s, .body = {}});
        QTRY_COMPARE(m_service->shown.size(), 4);
        other->close(4);
        other->close(5);
        QTRY_COMPARE(m_service->closed.size(), 3);
        QCOMPARE(m_service->closed.last(), m_service->shown.at(3).id);
    }

    void saysThatThereIsNoServiceAndFindsOneThatComes()
    {
        const auto notifier = makeAlarmNotifier();
        QTRY_VERIFY(notifier->fault().startsWith(u"No notifications: no notification service"));
        // What still calls when it comes is shown then.
        notifier->show(1, {.title = u"early"_s, .body = {}});
        notifier->show(2, {.title = u"over"_s, .body = {}});
        notifier->close(2);
        m_service->appear();
        QTRY_COMPARE(notifier->fault(), QString());
        notifier->show(3, {.title = u"shown"_s, .body = {}});
        QTRY_COMPARE(m_service->shown.size(), 2);
        QCOMPARE(m_service->shown.at(0).summary, u"early"_s);
        QCOMPARE(m_service->shown.at(1).summary, u"shown"_s);
        m_service->disappear();
        QTRY_VERIFY(notifier->fault().contains(u"ended"));
    }

    void keepsTheNewestForAServiceThatComes()
    {
        const auto notifier = makeAlarmNotifier();
        QTRY_VERIFY(!notifier->fault().isEmpty());
        for (int i = 0; i < 100; ++i)
            notifier->show(i, {.title = QString::number(i), .body = {}});
        m_service->appear();
        QTRY_COMPARE(m_service->shown.size(), 20);
        QCOMPARE(m_service->shown.first().summary, u"80"_s);
        QCOMPARE(m_service->shown.last().summary, u"99"_s);
    }

    // As mate-notification-daemon does after a while without notifications.
    void startsAServiceAgainThatEndsWhenItIsIdle()
    {
        m_service->appear();
        const auto notifier = makeAlarmNotifier();
        notifier->show(1, {.title = u"first"_s, .body = {}});
        QTRY_COMPARE(m_service->shown.size(), 1);
        m_bus->startWhenAsked(m_service->name);
        const QSignalSpy faults(notifier.get(), &AlarmNotifier::faultChanged);
        m_service->disappear();
        // Not started again for nothing, and no fault: it would be.
        const QDBusConnectionInterface &bus = *QDBusConnection::sessionBus().interface();
        QTRY_VERIFY(!bus.isServiceRegistered(m_service->name));
        QCOMPARE(notifier->fault(), QString());
        QVERIFY(!m_bus->isStarted());

        notifier->show(2, {.title = u"second"_s, .body = {}});
        QTRY_VERIFY(m_bus->isStarted());
        m_service->appear();
        QTRY_COMPARE(m_service->shown.size(), 2);
        QCOMPARE(m_service->shown.at(1).summary, u"second"_s);
        QVERIFY(faults.isEmpty());
        // It is the one that is shown now.
        notifier->close(2);
        QTRY_COMPARE(m_service->closed, QList{m_service->shown.at(1).id});
        m_bus->startNoMore(m_service->name);
    }

    void saysThatItWasRefusedUntilOneIsTaken()
    {
        m_service->appear();
        m_service->refuses = true;
        const auto notifier = makeAlarmNotifier();
        QSignalSpy faults(notifier.get(), &AlarmNotifier::faultChanged);
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(u"a notification failed: Too many"_s));
        notifier->show(1, {.title = u"refused"_s, .body = {}});
        QTRY_VERIFY(notifier->fault().contains(u"Too many similar notifications"));
        QCOMPARE(faults.size(), 1);
        // That a service is there says nothing about whether it takes one.
        m_service->disappear();
        QTRY_VERIFY(notifier->fault().contains(u"ended"));
        m_service->appear();
        QTRY_VERIFY(notifier->fault().contains(u"Too many similar notifications"));
        m_service->refuses = false;
        notifier->show(2, {.title = u"taken"_s, .body = {}});
        QTRY_COMPARE(notifier->fault(), QString());
        QCOMPARE(m_service->shown.size(), 1);
    }

private:
    std::unique_ptr<SessionBus> m_bus;
    std::unique_ptr<NotificationService> m_service;
};

QTEST_GUILESS_MAIN(DesktopNotifierTest)
#include "tst_desktopnotifier.moc"
