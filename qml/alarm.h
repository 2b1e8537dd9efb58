// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/alarmledger.h"
#include "incidents/snooze.h"
#include "qml/alarmnotifier.h"
#include "qml/alarmsettings.h"
#include "qml/alarmsound.h"
#include "qml/livefeed.h"

#include <QTimer>

#include <memory>

namespace tocsin {

/// Calls a person who is not looking, with sounds and notifications, by what an AlarmLedger decides
/// about the incidents of a feed. While it is not active it makes neither, and touches neither
/// sound nor desktop.
///
///     Alarm { feed: feed; settings: alarmSettings; active: true }
class TOCSIN_QML_EXPORT Alarm : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(tocsin::LiveFeed *feed READ feed WRITE setFeed NOTIFY feedChanged REQUIRED)
    Q_PROPERTY(tocsin::AlarmSettings *settings READ settings WRITE setSettings NOTIFY
            settingsChanged REQUIRED)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)
    /// Why a person would not be called although they want to be, as sentences; empty where they
    /// would be.
    Q_PROPERTY(QString soundFault READ soundFault NOTIFY faultsChanged)
    Q_PROPERTY(QString notificationFault READ notificationFault NOTIFY faultsChanged)
    Q_PROPERTY(bool snoozed READ isSnoozed NOTIFY snoozedChanged)
    /// Until when, in a few words: "08:00", "tomorrow 08:00"; empty where it is not snoozed.
    Q_PROPERTY(QString snoozeEnd READ snoozeEndText NOTIFY snoozedChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    /// The same as a sentence.
    Q_PROPERTY(QString summary READ summary NOTIFY stateChanged)
    /// And as a word or two beside a bell; empty where the bell says enough.
    Q_PROPERTY(QString label READ label NOTIFY stateChanged)

public:
    /// Whether somebody who is not looking would be called, the first that applies.
    enum class State {
        /// The person wants neither sound nor notifications.
        Off,
        Snoozed,
        /// They want to be called, and cannot be.
        Faulty,
        Ready,
    };
    Q_ENUM(State)

    /// How often a filter that depends on time is asked again.
    static constexpr std::chrono::seconds reviewInterval{15};

    explicit Alarm(QObject *parent = nullptr);
    ~Alarm() override;

    [[nodiscard]] LiveFeed *feed() const;
    void setFeed(LiveFeed *feed);
    [[nodiscard]] AlarmSettings *settings() const;
    void setSettings(AlarmSettings *settings);
    [[nodiscard]] bool isActive() const;
    void setActive(bool active);
    /// Other outputs than those of this machine; before it is active.
    void setOutputs(std::unique_ptr<AlarmSound> sound, std::unique_ptr<AlarmNotifier> notifier);
    [[nodiscard]] QString soundFault() const;
    [[nodiscard]] QString notificationFault() const;
    [[nodiscard]] bool isSnoozed() const;
    [[nodiscard]] QString snoozeEndText() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString label() const;

    /// For a quarter of an hour, an hour, or until the morning: a SnoozeFor as a number.
    Q_INVOKABLE void snooze(int length);
    Q_INVOKABLE void endSnooze();
    /// When it would end that begins at `now`, in the words of `snoozeEnd`.
    Q_INVOKABLE [[nodiscard]] QString endOf(int length, const QDateTime &now) const;
    /// Brings the feed's window to the front; `activationToken` is what Wayland asks for.
    void raiseWindow(const QString &activationToken);
    /// Plays the sound of a severity, whatever the rules.
    Q_INVOKABLE void testSound(int severity);

Q_SIGNALS:
    void feedChanged();
    void settingsChanged();
    void activeChanged();
    void faultsChanged();
    void snoozedChanged();
    void stateChanged();
    /// The person wants to see the incident, or, where `uuid` is empty, the list; the window comes
    /// to the front by itself.
    void showRequested(const QString &uuid);

private:
    void start();
    void makeOutputs();
    void noteLive();
    void noteIncident(const QString &uuid);
    void reviewAll();
    void reviewChanged();
    void applyRules();
    void applySnooze();
    [[nodiscard]] AlarmSubject subject(const Incident &incident) const;
    [[nodiscard]] const IncidentStore &store() const;
    [[nodiscard]] bool isReady() const;
    void carryOut();
    void silence();
    void playWorst(const std::vector<AlarmCall> &calls);
    [[nodiscard]] QString incidentOf(AlarmCall::Id id) const;

    QPointer<LiveFeed> m_feed;
    QPointer<AlarmSettings> m_settings;
    std::unique_ptr<AlarmSound> m_sound;
    std::unique_ptr<AlarmNotifier> m_notifier;
    // The last call's sound, which is heard until then.
    std::optional<AlarmTone> m_sounding;
    MonotonicTime m_soundingUntil;
    bool m_active = false;
    AlarmLedger m_ledger;
    // What a frame's changes are about: an incident that changes a thousand times is judged once.
    QSet<QString> m_changed;
    QTimer m_changedTimer;
    QTimer m_outputTimer;
    QTimer m_deadlineTimer;
    QTimer m_reviewTimer;
    QTimer m_snoozeTimer;
    RunningSnooze m_runningSnooze;
    bool m_snoozed = false;
    QString m_snoozeEnd;
    // The incident that a notification is about, where it is one.
    QHash<AlarmCall::Id, QString> m_shown;
};

} // namespace tocsin
