// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/words.h"

namespace tocsin {

QString Words::joined(QStringList parts, const QString &separator) const
{
    parts.removeAll(QString());
    return parts.join(separator);
}

} // namespace tocsin
