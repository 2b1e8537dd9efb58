// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QString>

namespace tocsin {

/// Whether the desktop starts the dashboard when the person logs in, by a file in their autostart
/// directory (freedesktop.org, Desktop Application Autostart Specification). The file is the truth:
/// the desktop's own settings change it too.
class Autostart
{
public:
    /// `directory`: of the files; `program`: what is to be started, with its path.
    Autostart(QString directory, QString program);

    /// There is such a directory on this system, and the program may write to it.
    [[nodiscard]] static bool isOffered();
    [[nodiscard]] static QString usualDirectory();

    [[nodiscard]] bool isOn() const;
    /// What the person has added to the file stays. One that is on, and starts a program that is
    /// not there any more, starts this one from now on.
    [[nodiscard]] Expected<void> set(bool on) const;

private:
    [[nodiscard]] QString fileName() const;

    QString m_directory;
    QString m_program;
};

} // namespace tocsin
