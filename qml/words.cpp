// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/words.h"

#include "incidents/bidi.h"
#include "incidents/incidentcommand.h"
#include "qml/keynames.h"

#include <QLocale>

#include <algorithm>

namespace tocsin {

QString Words::joined(QStringList parts, const QString &separator) const
{
    parts.removeAll(QString());
    // A part that runs from right to left must not change places with its neighbours.
    std::ranges::transform(parts, parts.begin(), isolated);
    return parts.join(separator);
}

QString Words::number(qint64 number) const
{
    return QLocale().toString(number);
}

QString Words::key(const QString &key) const
{
    return keyName(key);
}

QString Words::pending(int command) const
{
    if (command < 0)
        return {};
    switch (CommandKind(command)) {
    case CommandKind::Acknowledge: return tr("Acknowledging…");
    case CommandKind::Unacknowledge: return tr("Taking the acknowledgement back…");
    case CommandKind::Resolve: return tr("Resolving…");
    case CommandKind::Assign: return tr("Assigning…");
    case CommandKind::Comment: return tr("Sending a comment…");
    }
    return {};
}

} // namespace tocsin
