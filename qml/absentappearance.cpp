// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/desktopappearance.h"

namespace tocsin {

std::unique_ptr<DesktopAppearance> makeDesktopAppearance()
{
    return std::make_unique<DesktopAppearance>();
}

} // namespace tocsin
