// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/monotonicclock.h"

#ifdef __linux__
#include <time.h>
#endif

namespace tocsin {

MonotonicTime monotonicNow()
{
#ifdef __linux__
    timespec time{};
    // Fails only where the kernel is older than 2.6.39; then time asleep is not counted.
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0) {
        return MonotonicTime(std::chrono::duration_cast<MonotonicTime::duration>(
            std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec)));
    }
#endif
    return std::chrono::steady_clock::now();
}

} // namespace tocsin
