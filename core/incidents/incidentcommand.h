// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tocsin {

/// What a person can do about an incident (docs/protocol.md, "Commands").
enum class CommandKind { Acknowledge, Unacknowledge, Resolve, Assign, Comment };

/// One thing that a person wants done.
struct IncidentCommand {
    CommandKind kind = CommandKind::Acknowledge;
    /// To whom it is assigned (empty: to nobody), or the remark.
    QString text = {};
    /// The remark's own (docs/protocol.md, "Replies"): sent again, it is the same one. Empty until
    /// it is sent.
    QString id = {};

    friend bool operator==(const IncidentCommand &, const IncidentCommand &) = default;
};

} // namespace tocsin
