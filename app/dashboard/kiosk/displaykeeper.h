// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <memory>

namespace tocsin {

/// Asks whatever could blank the screens or put the machine to sleep not to, for as long as it
/// lives: the desktop's screen saver and the system's login manager over D-Bus, and an X server
/// itself. A Wayland compositor has no way to be asked by a program of Qt; docs/kiosk.md says what
/// to set there.
class DisplayKeeper : public QObject
{
    Q_OBJECT

public:
    explicit DisplayKeeper(QObject *parent = nullptr);
    ~DisplayKeeper() override;

    /// Asks; answered() says what came of it, each time something answered.
    void start();

Q_SIGNALS:
    /// For the terminal: who was asked, and whether they agreed.
    void answered(const QString &who, bool agreed);

private:
    struct Inhibitions;
    void askScreenSaver();
    void askLoginManager(const QString &what);
    void askDisplayServer();

    std::unique_ptr<Inhibitions> d;
};

} // namespace tocsin
