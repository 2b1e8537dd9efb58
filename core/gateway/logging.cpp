// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logging_p.h"

namespace tocsin {

Q_LOGGING_CATEGORY(gatewayLog, "tocsin.gateway", QtWarningMsg)

} // namespace tocsin
