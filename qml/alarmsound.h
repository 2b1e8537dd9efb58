// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/alarmtone.h"

#include <QObject>

#include <memory>

namespace tocsin {

/// Where tones are played.
class TOCSIN_QML_EXPORT AlarmSound : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Plays a tone, in place of one that is not through yet. `volume`: 0 to 1.
    virtual void play(AlarmTone tone, double volume) = 0;
    virtual void stop() = 0;
    /// Why nothing can be heard, as a sentence; empty where something can.
    [[nodiscard]] virtual QString fault() const = 0;

Q_SIGNALS:
    void faultChanged();
};

/// The sound of this machine; one that only says why it is silent, where this program was built
/// without Qt Multimedia.
[[nodiscard]] TOCSIN_QML_EXPORT std::unique_ptr<AlarmSound> makeAlarmSound();

/// Whether Qt is connected to a sound server in this process. It then must not be left through
/// exit(): Qt takes the connection apart among the static objects, without the lock that the
/// server's own thread needs, and one exit in four shortly after a sound was a crash (6.4.2 with
/// PulseAudio). quick_exit() leaves it to the system.
[[nodiscard]] TOCSIN_QML_EXPORT bool isSoundServerConnected();

} // namespace tocsin
