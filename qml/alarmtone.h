// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <chrono>
#include <vector>

namespace tocsin {

/// What is heard: one for each severity, and one for a list that is not live. They differ in their
/// course as well as in pitch, so that they are told apart through a wall. The worst first.
enum class AlarmTone { Critical, Warning, Unknown, Info, Loss };

/// The tone from its first to its last sample, one channel, each sample from -1 to 1; struck like a
/// bell, made here and from nothing. `volume`: 0 to 1, as it is felt rather than as it is measured.
[[nodiscard]] TOCSIN_QML_EXPORT std::vector<float> toneSamples(
    AlarmTone tone, double volume, int samplesPerSecond);
[[nodiscard]] TOCSIN_QML_EXPORT std::chrono::milliseconds toneLength(AlarmTone tone);

} // namespace tocsin
