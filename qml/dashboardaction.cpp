// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/dashboardaction.h"

namespace tocsin {

void DashboardAction::trigger()
{
    if (isOffered())
        Q_EMIT activated();
}

} // namespace tocsin
