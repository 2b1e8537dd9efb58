// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tocsin {

struct CommandLine;

/// Where the window is shown.
enum class Display {
    /// As Qt finds it, or as it was told.
    System,
    /// Nowhere: only pictures are made of it.
    Offscreen,
    /// There is no display here: over VNC, to this machine only.
    LoopbackVnc,
};

/// `environment` gives the value of a variable, empty where it is not set.
template <typename Environment>
[[nodiscard]] Display chooseDisplay(
    bool offscreen, bool picture, const QString &platform, Environment environment)
{
    if (offscreen)
        return Display::Offscreen;
    if (!platform.isEmpty() || !environment("QT_QPA_PLATFORM").isEmpty())
        return Display::System;
    if (!environment("DISPLAY").isEmpty() || !environment("WAYLAND_DISPLAY").isEmpty())
        return Display::System;
    return picture ? Display::Offscreen : Display::LoopbackVnc;
}

/// To be called before there is an application.
void prepareDisplay(const CommandLine &commandLine, Display display);

} // namespace tocsin
