// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace tocsin {

/// `tocsin.gateway`: what an operator should know, by logEvent(). Warnings and errors, where the
/// program says nothing else: a dashboard with a gateway in it is quiet.
Q_DECLARE_LOGGING_CATEGORY(gatewayLog)

} // namespace tocsin
