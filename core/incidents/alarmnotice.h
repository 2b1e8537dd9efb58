// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/alarmledger.h"

namespace tocsin {

class IncidentStore;

/// What a person who is called reads, as plain text of a few lines.
struct AlarmNotice {
    QString title;
    QString body;
    Severity urgency = Severity::Critical;
    enum class Offer { None, Acknowledge };
    Offer offer = Offer::None;

    friend bool operator==(const AlarmNotice &, const AlarmNotice &) = default;
};

/// The words of a call about incidents of the store, or about a list that is not live. `trouble`:
/// why it is not, as a sentence.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT AlarmNotice alarmNotice(
    const AlarmCall &call, const IncidentStore &store, const QString &trouble);

} // namespace tocsin
