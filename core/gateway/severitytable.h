// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"
#include "protocol/incident.h"

#include <QHash>

namespace tocsin {

/// What the senders' words for a severity mean. Knows those that are usual (docs/gateway.md,
/// "Severities"); a configuration can add to them and change them. Case does not matter.
class TOCSIN_GATEWAY_EXPORT SeverityTable
{
public:
    SeverityTable();

    void set(const QString &word, Severity severity);
    /// Unknown for a word that is not in the table: it is shown as that, and never hidden.
    [[nodiscard]] Severity find(const QString &word) const;

private:
    QHash<QString, Severity> m_words;
};

} // namespace tocsin
