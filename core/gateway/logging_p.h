// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace tocsin {

/// `tocsin.gateway`: what an operator should know. Never a token.
Q_DECLARE_LOGGING_CATEGORY(gatewayLog)

} // namespace tocsin
