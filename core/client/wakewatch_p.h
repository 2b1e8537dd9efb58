// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace tocsin {

/// Says when the machine came back from a suspend. Timers do not: they run on a clock that stands
/// still meanwhile. Where the platform has no way of telling (all but Linux), it says nothing.
///
/// Thread: that which it was made in, which needs an event loop.
class WakeWatch : public QObject
{
    Q_OBJECT

public:
    explicit WakeWatch(QObject *parent);
    ~WakeWatch() override;

Q_SIGNALS:
    /// The machine may have slept; also emitted where only the wall clock was set. Whoever wants
    /// to know which it was compares the clocks (SuspendDetector).
    void woke();

private:
    void arm();
    void read();

    int m_timer = -1;
};

} // namespace tocsin
