// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/filestamp_p.h"
#include "kiosk/displaykeeper.h"
#include "kiosk/kioskconfiguration.h"
#include "kiosk/refusalwatch.h"
#include "kiosk/renderwatchdog.h"
#include "qml/alarm.h"
#include "qml/livefeed.h"
#include "qml/wallpages.h"

#include <QDateTime>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <optional>

namespace tocsin {

/// A display on a wall: a window on each screen that shows what its configuration says, for months.
/// It asks nothing, and lets nobody out but with the configured key. The file is looked at every
/// second, and taken anew where it changed; one that is wrong changes nothing, and the wall says
/// what is wrong with it.
class Kiosk : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes it.")
    Q_PROPERTY(tocsin::LiveFeed *feed READ feed CONSTANT)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString theme READ theme NOTIFY changed)
    Q_PROPERTY(QString contrast READ contrast NOTIFY changed)
    Q_PROPERTY(QString colorVision READ colorVision NOTIFY changed)
    Q_PROPERTY(QString leaveKey READ leaveKey NOTIFY changed)
    Q_PROPERTY(int holdSeconds READ holdSeconds NOTIFY changed)
    Q_PROPERTY(int pixelShift READ pixelShift NOTIFY changed)
    Q_PROPERTY(QString dimFrom READ dimFrom NOTIFY changed)
    Q_PROPERTY(QString dimTo READ dimTo NOTIFY changed)
    Q_PROPERTY(double dimLevel READ dimLevel NOTIFY changed)
    Q_PROPERTY(bool criticalLiftsDimming READ criticalLiftsDimming NOTIFY changed)
    /// What keeps it from showing or sounding all that it should, as sentences; empty: nothing.
    Q_PROPERTY(QString fault READ fault NOTIFY faultChanged)

public:
    static constexpr std::chrono::seconds lookInterval{1};

    /// What is said on the command line counts for more than what the file says.
    struct Settings {
        /// Empty: none.
        QString file;
        QString server;
        QStringList alternatives;
        QString tokenFile;
        QStringList rooms;
        QString theme;
        QString contrast;
        QString colorVision;
        QString cacheDirectory;
        bool cacheAllowed = true;
        /// As wide and high, and in a frame: to try it on a desk.
        std::optional<QSize> windowed;
        /// No sound, as for a picture.
        bool silent = false;
    };

    Kiosk(Settings settings, QQmlEngine &engine, QObject *parent = nullptr);
    ~Kiosk() override;

    /// Reads the file, and opens the windows. BadConfiguration where a window cannot be made, which
    /// is a fault of the installation; a wrong file is said on the wall.
    [[nodiscard]] Expected<void> start();
    [[nodiscard]] QList<QQuickWindow *> windows() const;

    [[nodiscard]] LiveFeed *feed();
    [[nodiscard]] QString name() const { return m_configuration.name; }
    [[nodiscard]] QString theme() const;
    [[nodiscard]] QString contrast() const;
    [[nodiscard]] QString colorVision() const;
    [[nodiscard]] QString leaveKey() const { return m_configuration.leaveKey; }
    [[nodiscard]] int holdSeconds() const { return int(m_configuration.hold.count()); }
    [[nodiscard]] int pixelShift() const { return int(m_configuration.pixelShift); }
    [[nodiscard]] QString dimFrom() const { return m_configuration.dimFrom; }
    [[nodiscard]] QString dimTo() const { return m_configuration.dimTo; }
    [[nodiscard]] double dimLevel() const { return double(m_configuration.dimPercent) / 100; }
    [[nodiscard]] bool criticalLiftsDimming() const { return m_configuration.criticalLiftsDimming; }
    [[nodiscard]] QString fault() const;

Q_SIGNALS:
    void changed();
    void faultChanged();
    void said(const QString &sentence);
    void complained(const QString &sentence);
    void windowOpened(QQuickWindow *window);

private:
    struct Wall;
    void look();
    void readFile();
    void apply();
    void applyToFeed();
    void applyToAlarm();
    void follow(const QScreen &screen);
    void arrangeLater();
    [[nodiscard]] bool arrange();
    [[nodiscard]] bool open(QScreen &screen, qsizetype entry);
    void fit(QQuickWindow &window, QScreen &screen) const;
    void fill(Wall &wall, qsizetype entry) const;

    Settings m_settings;
    QQmlEngine &m_engine;
    KioskConfiguration m_configuration;
    FileStamp m_stamp;
    QString m_fileFault;
    QString m_screenFault;
    QTemporaryDir m_scratch;
    QTimer m_lookTimer;
    LiveFeed m_feed;
    RefusalWatch m_refusalWatch;
    AlarmSettings m_alarmSettings;
    Alarm m_alarm;
    QQmlComponent m_component;
    // Destroyed first: they show what stands above.
    std::vector<std::unique_ptr<Wall>> m_walls;
};

} // namespace tocsin
