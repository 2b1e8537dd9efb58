// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/linkopener.h"

#include "incidents/linkpolicy.h"

#include <QDesktopServices>

namespace tocsin {

bool LinkOpener::open(const QString &address) const
{
    const auto url = openableUrl(address);
    return url && QDesktopServices::openUrl(*url);
}

} // namespace tocsin
