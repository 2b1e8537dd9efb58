// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/dashboardaction.h"

#include "qml/keynames.h"

#include <algorithm>

namespace tocsin {

QStringList DashboardAction::keyNames() const
{
    QStringList names = m_keys;
    std::ranges::transform(names, names.begin(), keyName);
    return names;
}

void DashboardAction::trigger()
{
    if (isOffered())
        Q_EMIT activated();
}

} // namespace tocsin
