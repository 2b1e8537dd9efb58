// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <pthread.h>

namespace tocsin {

/// Names the thread that calls, for `top -H`, a debugger, and whoever asks which one hangs. Fifteen
/// letters at most.
inline void nameThread([[maybe_unused]] const char *name)
{
#ifdef __linux__
    pthread_setname_np(pthread_self(), name);
#endif
}

} // namespace tocsin
