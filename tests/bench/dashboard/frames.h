// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

namespace tocsin::bench {

class Figures;

/// The real list over so many incidents, filtered and sorted, in a window of this process.
struct Load {
    int incidents = 100'000;
    int updatesASecond = 1'000'000;
    int seconds = 10;
};

/// How regular the frames are while updates come; while it is scrolled; and what a filter costs.
void measureFrames(const Load &load, Figures &figures);

} // namespace tocsin::bench
