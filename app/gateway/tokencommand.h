// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace tocsin {

/// `tocsin-gateway token new --tokens FILE --name NAME --role ROLE`. Returns the exit status.
[[nodiscard]] int runTokenCommand(const QStringList &arguments);

} // namespace tocsin
