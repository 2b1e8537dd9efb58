// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentorder.h"
#include "protocol/error.h"
#include "qml/wallpages.h"

#include <QStringList>

#include <chrono>

namespace tocsin {

struct KioskPage {
    QString title;
    WallPage::View view = WallPage::Incidents;
    /// In the language of docs/filter.md; empty: all.
    QString filter;
    incidentview::Order order = incidentview::Order::Severity;
    incidentview::Group group = incidentview::Group::None;
    std::chrono::seconds duration{20};

    friend bool operator==(const KioskPage &, const KioskPage &) = default;
};

/// What one screen shows.
struct KioskScreen {
    /// As the system names it, or "*" for all that are not named.
    QString name = QStringLiteral("*");
    /// Of everything on it, 50 to 200.
    qint64 textPercent = 100;
    QList<KioskPage> pages{KioskPage()};

    friend bool operator==(const KioskScreen &, const KioskScreen &) = default;
};

/// What a display on a wall shows, and how. docs/kiosk.md has every key of its file.
struct KioskConfiguration {
    QString server;
    /// Further addresses of the same server.
    QStringList alternatives;
    QString tokenFile;
    QStringList rooms{QStringLiteral("account:default")};
    /// Of the wall, for people who have several; empty: none.
    QString name;
    QString theme = QStringLiteral("dark");
    QString contrast = QStringLiteral("normal");
    QString colorVision = QStringLiteral("usual");
    /// The last list is kept for the next start, where it is shown as not confirmed.
    bool keepsList = true;
    /// In Qt's portable words, such as "Ctrl+Alt+Q"; empty: there is no way out.
    QString leaveKey;
    /// How long a new critical incident has its page to itself.
    std::chrono::seconds hold{120};
    /// In pixels to each side; 0: the picture stands still.
    qint64 pixelShift = 3;

    /// "HH:MM" each; empty: it is never dimmed.
    QString dimFrom;
    QString dimTo;
    qint64 dimPercent = 40;
    /// An open critical incident has the full light.
    bool criticalLiftsDimming = true;

    bool sound = true;
    qint64 volume = 80;
    /// How often a sound comes again until somebody has the incident; 0: it does not.
    std::chrono::seconds soundRepeat{60};
    /// A bit each, 1 << severity.
    int soundBits = 1;

    QList<KioskScreen> screens{KioskScreen()};

    /// Reads a file. BadConfiguration with a line for each thing that is wrong with it.
    [[nodiscard]] static Expected<KioskConfiguration> read(const QString &fileName);
};

/// Which screen shows what.
struct ScreenPlan {
    struct Place {
        QString screen;
        /// Of the configuration's screens.
        qsizetype entry = 0;
        friend bool operator==(const Place &, const Place &) = default;
    };
    QList<Place> places;
    /// Configured, and not connected.
    QStringList missing;

    /// Named screens show what is said of them, the others what is said of "*". Where none that is
    /// named is connected and nothing is said of the others, the first of these shows the first
    /// entry: a wall that shows something, and says what is missing, is better than a black one.
    [[nodiscard]] static ScreenPlan of(
        const QList<KioskScreen> &configured, const QStringList &connected);
};

} // namespace tocsin
