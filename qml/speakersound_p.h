// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/alarmsound.h"

#include <QAudioSink>
#include <QMediaDevices>
#include <QTimer>

namespace tocsin {

/// Plays on the audio output that the system has as its default, whichever that is at the moment.
class SpeakerSound final : public AlarmSound
{
    Q_OBJECT

public:
    SpeakerSound();
    ~SpeakerSound() override;

    void play(AlarmTone tone, double volume) override;
    void stop() override;
    [[nodiscard]] QString fault() const override;

private:
    void lookForOutput();
    void noteState(QAudio::State state);
    void letGo();
    void failToPlay();
    void setFault(const QString &fault);

    QMediaDevices m_devices;
    std::unique_ptr<QAudioSink> m_sink;
    /// A sound server that died may take what is played, and say nothing.
    QTimer m_watchdog;
    QString m_fault;
};

} // namespace tocsin
