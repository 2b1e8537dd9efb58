// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QUrl>

namespace tocsin {

/// An address as it may be shown and logged: without a user, a password and a query, which may be
/// a token. Of what is no address nothing is shown where it may hold one.
[[nodiscard]] inline QString shownAddress(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    if (url.isValid() && !url.host().isEmpty())
        return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return address.contains(u'@') || address.contains(u'?') ? QStringLiteral("…") : address;
}

} // namespace tocsin
