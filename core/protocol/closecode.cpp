// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/closecode.h"

namespace tocsin {

CloseAction closeAction(int code)
{
    switch (static_cast<CloseCode>(code)) {
    case CloseCode::ProtocolError:
    case CloseCode::UnsupportedData:
    case CloseCode::InvalidData:
    case CloseCode::PolicyViolation:
    case CloseCode::TooBig: return CloseAction::ReconnectAndReport;
    case CloseCode::Unauthorized: return CloseAction::Reauthenticate;
    case CloseCode::Forbidden:
    case CloseCode::VersionNotSupported: return CloseAction::Stop;
    case CloseCode::RateLimited: return CloseAction::ReconnectSlowly;
    default: return code >= 4400 && code <= 4499 ? CloseAction::Stop : CloseAction::Reconnect;
    }
}

} // namespace tocsin
