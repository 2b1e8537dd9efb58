// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/speakersound_p.h"

#include <QAudioDevice>
#include <QBuffer>

#include <cmath>
#include <limits>
#include <optional>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

// In which something of a tone must have been taken from us.
constexpr auto playingPatience = 3s;

// Of the process, as Qt's connection is.
bool everConnected = false;

/// 16 bits, at a rate and with as many channels as the output takes; its own preference first.
std::optional<QAudioFormat> formatFor(const QAudioDevice &output)
{
    QAudioFormat format = output.preferredFormat();
    format.setSampleFormat(QAudioFormat::Int16);
    if (format.isValid() && output.isFormatSupported(format))
        return format;
    for (const int rate : {48'000, 44'100}) {
        for (const int channels : {2, 1}) {
            format.setSampleRate(rate);
            format.setChannelCount(channels);
            if (output.isFormatSupported(format))
                return format;
        }
    }
    return {};
}

QByteArray bytesOf(AlarmTone tone, double volume, const QAudioFormat &format)
{
    const std::vector<float> samples = toneSamples(tone, volume, format.sampleRate());
    std::vector<qint16> all;
    all.reserve(samples.size() * std::size_t(format.channelCount()));
    for (const float sample : samples) {
        const auto value = qint16(std::lround(sample * float(std::numeric_limits<qint16>::max())));
        all.insert(all.end(), std::size_t(format.channelCount()), value);
    }
    return {reinterpret_cast<const char *>(all.data()), qsizetype(all.size() * sizeof(qint16))};
}

} // namespace

std::unique_ptr<AlarmSound> makeAlarmSound()
{
    return std::make_unique<SpeakerSound>();
}

bool isSoundServerConnected()
{
    return everConnected;
}

SpeakerSound::SpeakerSound()
{
    connect(&m_devices, &QMediaDevices::audioOutputsChanged, this, &SpeakerSound::lookForOutput);
    m_watchdog.setSingleShot(true);
    m_watchdog.setInterval(playingPatience);
    connect(&m_watchdog, &QTimer::timeout, this, [this] {
        if (m_sink && m_sink->processedUSecs() == 0)
            failToPlay();
    });
    lookForOutput();
}

SpeakerSound::~SpeakerSound()
{
    stop();
}

void SpeakerSound::lookForOutput()
{
    const bool found = !QMediaDevices::defaultAudioOutput().isNull();
    everConnected = everConnected || found;
    setFault(found ? QString() : tr("No sound: no audio output was found."));
}

void SpeakerSound::play(AlarmTone tone, double volume)
{
    stop();
    const QAudioDevice output = QMediaDevices::defaultAudioOutput();
    if (output.isNull()) {
        lookForOutput();
        return;
    }
    const auto format = formatFor(output);
    if (!format) {
        setFault(tr("No sound: “%1” takes none of the usual formats.").arg(output.description()));
        return;
    }
    m_sink = std::make_unique<QAudioSink>(output, *format);
    // The sink's, so that it is there as long as somebody reads it.
    auto *const samples = new QBuffer(m_sink.get());
    samples->setData(bytesOf(tone, volume, *format));
    samples->open(QIODevice::ReadOnly);
    setFault({});
    m_sink->start(samples);
    // Qt 6.8 has refused by now, without a change of state.
    if (m_sink->state() == QAudio::StoppedState) {
        failToPlay();
        return;
    }
    connect(m_sink.get(), &QAudioSink::stateChanged, this, &SpeakerSound::noteState);
    m_watchdog.start();
}

void SpeakerSound::noteState(QAudio::State state)
{
    if (!m_sink || state == QAudio::ActiveState || state == QAudio::SuspendedState)
        return;
    // Idle at the end of the tone is called an underrun as well.
    const QAudio::Error error = m_sink->error();
    if (error != QAudio::NoError && error != QAudio::UnderrunError) {
        failToPlay();
        return;
    }
    letGo();
}

void SpeakerSound::failToPlay()
{
    letGo();
    setFault(tr("No sound: “%1” cannot be played on.")
            .arg(QMediaDevices::defaultAudioOutput().description()));
}

/// It is the one that speaks, perhaps.
void SpeakerSound::letGo()
{
    m_watchdog.stop();
    m_sink->disconnect(this);
    m_sink.release()->deleteLater();
}

void SpeakerSound::stop()
{
    m_watchdog.stop();
    if (!m_sink)
        return;
    m_sink->disconnect(this);
    m_sink->reset();
    m_sink.reset();
}

QString SpeakerSound::fault() const
{
    return m_fault;
}

void SpeakerSound::setFault(const QString &fault)
{
    if (std::exchange(m_fault, fault) == fault)
        return;
    Q_EMIT faultChanged();
}

} // namespace tocsin
