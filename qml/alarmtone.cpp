// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmtone.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace tocsin {

namespace {

struct Strike {
    double start;
    double frequency;
    double level;
    /// Seconds in which it fades to a third.
    double fade;
};

struct Melody {
    std::span<const Strike> strikes;
    double seconds;
};

/// Overtones of a small bell: how far above, how loud, and how much sooner they fade.
struct Partial {
    double ratio;
    double level;
    double fade;
};
constexpr std::array partials{
    Partial{1.0, 1.0, 1.0}, Partial{2.0, 0.45, 0.6}, Partial{3.01, 0.2, 0.4}};

// Two tones, twice: the one that nobody takes for anything else.
constexpr std::array critical{Strike{0.0, 880.0, 1.0, 0.28}, Strike{0.32, 659.3, 1.0, 0.28},
    Strike{0.78, 880.0, 1.0, 0.28}, Strike{1.10, 659.3, 1.0, 0.4}};
constexpr std::array warning{Strike{0.0, 523.3, 0.6, 0.35}};
constexpr std::array unknown{Strike{0.0, 523.3, 0.6, 0.15}, Strike{0.22, 523.3, 0.6, 0.3}};
constexpr std::array info{Strike{0.0, 392.0, 0.45, 0.2}};
constexpr std::array loss{
    Strike{0.0, 587.3, 0.8, 0.25}, Strike{0.28, 466.2, 0.8, 0.25}, Strike{0.56, 370.0, 0.8, 0.4}};

Melody melodyOf(AlarmTone tone)
{
    switch (tone) {
    case AlarmTone::Critical: return {critical, 2.0};
    case AlarmTone::Warning: return {warning, 1.0};
    case AlarmTone::Unknown: return {unknown, 1.0};
    case AlarmTone::Info: return {info, 0.7};
    case AlarmTone::Loss: break;
    }
    return {loss, 1.6};
}

// A sound that begins or ends at once clicks.
constexpr double attackSeconds = 0.004;
constexpr double releaseSeconds = 0.06;
/// Of all partials and of two strikes that overlap; what is above it would be cut off.
constexpr double headroom = 2.6;

double strikeAt(const Strike &strike, double time)
{
    double sum = 0;
    for (const Partial &partial : partials) {
        sum += partial.level * std::exp(-time / (strike.fade * partial.fade))
            * std::sin(2 * std::numbers::pi * strike.frequency * partial.ratio * time);
    }
    return sum * strike.level * std::min(1.0, time / attackSeconds);
}

} // namespace

std::vector<float> toneSamples(AlarmTone tone, double volume, int samplesPerSecond)
{
    const Melody melody = melodyOf(tone);
    // Loudness is felt in steps of power: half of the way is a quarter of the amplitude.
    const double felt = std::clamp(volume, 0.0, 1.0);
    const double amplitude = felt * felt / headroom;
    std::vector<float> samples(std::size_t(melody.seconds * samplesPerSecond));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double time = double(i) / samplesPerSecond;
        double sum = 0;
        for (const Strike &strike : melody.strikes) {
            if (time >= strike.start)
                sum += strikeAt(strike, time - strike.start);
        }
        const double release = std::min(1.0, (melody.seconds - time) / releaseSeconds);
        samples[i] = float(sum * amplitude * release);
    }
    return samples;
}

std::chrono::milliseconds toneLength(AlarmTone tone)
{
    return std::chrono::milliseconds(std::lround(melodyOf(tone).seconds * 1'000));
}

} // namespace tocsin
