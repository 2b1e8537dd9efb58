// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/severitytable.h"
#include "protocol/timestamp.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace tocsin {

/// What an adapter knows of a request besides its body.
struct IngestContext {
    /// Stands in for a time that the sender does not give.
    Timestamp receivedAt;
    SeverityTable severities = {};
    /// What the incidents have as their source, where the request says so and the payload does not
    /// (`?source=`). Empty: the kind of sender.
    QString source = {};
    /// The media type of the body, in lower case and without its parameters.
    QByteArray contentType = {};
    /// The headers that begin with `ce-`, by their names in lower case (CloudEvents, binary mode).
    QHash<QByteArray, QByteArray> cloudEvent = {};

    [[nodiscard]] QString sourceOr(const QString &kind) const
    {
        return source.isEmpty() ? kind : source;
    }
};

} // namespace tocsin
