// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

#include <QHash>
#include <QSet>

namespace tocsin {

/// What a source says of itself when it is asked.
struct SourceReading {
    /// What it would tell us of, as reports that fire.
    QList<IncidentReport> active;
    /// Fingerprints of what is there but silenced or inhibited: not to be opened, nor closed.
    QSet<QString> quiet;
    /// All of it has answered, and has run for long enough to know everything again.
    bool isSettled = false;
    /// Why a part of it has not answered, where it has several.
    std::optional<Error> missing = {};
};

/// Compares what is open here with what a source says is active there, reading by reading.
///
/// - What is active there and not open here is reported. It then opens unless somebody resolved it
///   here: that is foldReport's to say.
/// - What is open here and not there at all ends when two readings in a row, both settled, did not
///   have it, and it did not change between them: a reading may be older than the report that came
///   in meanwhile, so one is no proof.
/// - Should it come back there, it opens again, with the same beginning too.
/// - What came from a sender that is for some rooms only, and has the names of another one's, is no
///   business of this source.
/// - What is silenced there stays as it is here, open or not.
/// - A warning that alerts of a group were left out ends likewise where nothing at all is there.
/// Its
///   group tells the end only if it comes whole once more, which one that was too large to its last
///   does not: what is left out of that may still be active, as far as the webhook says.
class Reconciler
{
public:
    explicit Reconciler(QString source);

    [[nodiscard]] const QString &source() const { return m_source; }
    [[nodiscard]] QList<IncidentReport> compare(
        const QList<OpenIncident> &open, const SourceReading &reading);

private:
    struct Seen {
        QString uuid;
        qint64 version = 0;

        friend bool operator==(const Seen &, const Seen &) = default;
    };

    QString m_source;
    // What the last reading did not have, by fingerprint.
    QHash<QString, Seen> m_missing;
};

} // namespace tocsin
