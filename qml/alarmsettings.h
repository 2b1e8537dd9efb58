// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/alarmrules.h"
#include "incidents/incidentfilter.h"
#include "protocol/error.h"
#include "qml/export.h"

#include <QDateTime>
#include <QJsonObject>
#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace tocsin {

/// What a person wants to be called by, kept in their settings. A value that is kept and makes no
/// sense is as if none were.
class TOCSIN_QML_EXPORT AlarmSettings : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// Where they are kept; empty: where the person's settings are.
    Q_PROPERTY(QString file READ file WRITE setFile NOTIFY fileChanged)
    /// On a wall nobody clicks on a notification: there they are off, and so is the tray, until
    /// they are turned on.
    Q_PROPERTY(bool kiosk READ isKiosk WRITE setKiosk NOTIFY kioskChanged)

    Q_PROPERTY(bool soundOn READ isSoundOn WRITE setSoundOn NOTIFY soundChanged)
    /// Which severities are heard, a bit each (1 << Incident.Critical).
    Q_PROPERTY(int soundBits READ soundBits WRITE setSoundBits NOTIFY soundChanged)
    /// Percent, 0 to 100.
    Q_PROPERTY(int volume READ volume WRITE setVolume NOTIFY volumeChanged)
    /// How often a sound comes again until somebody has the incident, in seconds; 0: it does not.
    Q_PROPERTY(int repeatSeconds READ repeatSeconds WRITE setRepeatSeconds NOTIFY soundChanged)
    Q_PROPERTY(bool notificationsOn READ isNotificationsOn WRITE setNotificationsOn NOTIFY
            notificationsChanged)
    Q_PROPERTY(int notificationBits READ notificationBits WRITE setNotificationBits NOTIFY
            notificationsChanged)
    /// After how many seconds it is told that the list is not live, 5 to 3600, and whether that is
    /// heard as well.
    Q_PROPERTY(int lossSeconds READ lossSeconds WRITE setLossSeconds NOTIFY lossChanged)
    Q_PROPERTY(bool lossHeard READ isLossHeard WRITE setLossHeard NOTIFY lossChanged)
    Q_PROPERTY(bool trayOn READ isTrayOn WRITE setTrayOn NOTIFY trayChanged)
    /// Only what it lets pass calls, in the language of docs/filter.md; empty: all. As it was
    /// typed: while it is wrong, all calls.
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    /// Until when nobody is called; may be past, or no moment.
    Q_PROPERTY(
        QDateTime snoozedUntil READ snoozedUntil WRITE setSnoozedUntil NOTIFY snoozedUntilChanged)
    /// Why the next start will not have what was set, as a sentence; empty where it will.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)

public:
    // Seconds.
    static constexpr int longestRepeat = 3'600;
    static constexpr int shortestLoss = 5;
    static constexpr int longestLoss = 3'600;

    explicit AlarmSettings(QObject *parent = nullptr);
    ~AlarmSettings() override;

    [[nodiscard]] QString file() const;
    void setFile(const QString &file);
    [[nodiscard]] bool isKiosk() const;
    void setKiosk(bool kiosk);
    [[nodiscard]] bool isSoundOn() const;
    void setSoundOn(bool on);
    [[nodiscard]] int soundBits() const;
    void setSoundBits(int bits);
    [[nodiscard]] int volume() const;
    void setVolume(int percent);
    [[nodiscard]] int repeatSeconds() const;
    void setRepeatSeconds(int seconds);
    [[nodiscard]] bool isNotificationsOn() const;
    void setNotificationsOn(bool on);
    [[nodiscard]] int notificationBits() const;
    void setNotificationBits(int bits);
    [[nodiscard]] int lossSeconds() const;
    void setLossSeconds(int seconds);
    [[nodiscard]] bool isLossHeard() const;
    void setLossHeard(bool heard);
    [[nodiscard]] bool isTrayOn() const;
    void setTrayOn(bool on);
    [[nodiscard]] QString filter() const;
    void setFilter(const QString &filter);
    /// What is wrong with a filter, this one or one that is being typed, as a sentence; empty where
    /// nothing is.
    Q_INVOKABLE [[nodiscard]] QString errorOf(const QString &filter) const;
    [[nodiscard]] QDateTime snoozedUntil() const;
    void setSnoozedUntil(const QDateTime &until);
    [[nodiscard]] QString problem() const;

    /// What was chosen, for a file of exported settings.
    [[nodiscard]] QJsonObject toJson() const;
    /// What such a file says, looked at: by its keys.
    [[nodiscard]] static Expected<QVariantMap> choicesIn(const QJsonObject &object);
    /// Has it so; what is not said there stays.
    void take(const QVariantMap &choices);

    [[nodiscard]] AlarmRules rules() const;
    /// Lets everything pass while the text is no filter.
    [[nodiscard]] const IncidentFilter &parsedFilter() const;

Q_SIGNALS:
    void fileChanged();
    void kioskChanged();
    void soundChanged();
    void volumeChanged();
    void notificationsChanged();
    void lossChanged();
    void trayChanged();
    void filterChanged();
    void snoozedUntilChanged();
    void problemChanged();

private:
    using Changed = void (AlarmSettings::*)();
    void load();
    void keep(const QString &key, const QVariant &value);
    void setProblem(const QString &problem);
    template <typename Value>
    void set(Value &member, const Value &value, const QString &key, Changed changed);

    QString m_file;
    bool m_kiosk = false;
    bool m_soundOn = true;
    int m_soundBits = 0;
    int m_volume = 0;
    int m_repeatSeconds = 0;
    // Absent: as a desktop or a wall has it.
    std::optional<bool> m_notificationsOn;
    int m_notificationBits = 0;
    int m_lossSeconds = 0;
    bool m_lossHeard = false;
    std::optional<bool> m_trayOn;
    QString m_filter;
    IncidentFilter m_parsedFilter;
    QDateTime m_snoozedUntil;
    QString m_problem;
};

} // namespace tocsin
