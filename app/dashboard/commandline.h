// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QSize>
#include <QStringList>

namespace tocsin {

/// What the person who starts the dashboard asks for.
struct CommandLine {
    enum class Action { Run, ShowHelp, ShowVersion, ListScreens, CheckConfiguration };

    Action action = Action::Run;
    /// Empty: a gateway in this program.
    QString server;
    /// Further addresses of it.
    QStringList alternatives;
    /// To be opened, from a link; empty: none.
    QString incident;
    QString tokenFile;
    QStringList rooms;
    /// Only those that were named.
    QStringList namedRooms;
    /// A display on a wall, and what it shows; no file: what else is said here.
    bool kiosk = false;
    QString configurationFile;
    /// Empty: the user's own.
    QString dataDirectory;
    /// Qt's platform, where it is named on the command line.
    QString platform;
    /// "system", "dark" or "light"; empty: as in the person's settings.
    QString theme;
    /// "system", "normal" or "high"; empty: as in the person's settings.
    QString contrast;
    /// "usual" or "limited"; empty: as in the person's settings.
    QString colorVision;
    /// 0: as in the person's settings.
    int textPercent = 0;
    /// "system", or one of translatedLanguages().
    QString language = QStringLiteral("system");
    /// Auto: as the language has it.
    Qt::LayoutDirection direction = Qt::LayoutDirectionAuto;
    /// Which incidents are shown, in the language of docs/filter.md; empty: all.
    QString filter;
    enum class Cache { Keep, None };
    /// Whether the last list is kept for the next start.
    Cache cache = Cache::Keep;
    bool offscreen = false;
    bool selfTest = false;
    /// Where a picture of the window is written; empty: none.
    QString screenshot;
    QSize size{1280, 720};
    bool sizeGiven = false;
};

/// Whether it asks for the dashboard of the user, of which there is one, rather than for a window
/// of its own: of a server that it names, of other data, or for nobody to see.
[[nodiscard]] bool asksForUsualDashboard(const CommandLine &commandLine);

/// Needs no application, so that help can be had, and the platform chosen, before there is one.
[[nodiscard]] Expected<CommandLine> parseCommandLine(const QStringList &arguments);
[[nodiscard]] QString helpText();
[[nodiscard]] QString versionText();

} // namespace tocsin
