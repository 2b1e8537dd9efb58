// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "givenaddress.h"

#include "client/serveraddress.h"
#include "qml/shownaddress_p.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace tocsin {

Expected<void> checkGivenAddress(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != u"ws" && url.scheme() != u"wss")) {
        return makeError(ErrorCode::BadConfiguration,
            u"“%1” is no server's address: it begins with ws:// or wss:// and names a host."_s.arg(
                shownAddress(address)));
    }
    if (const auto known = serverAddress(address); !known)
        return tl::unexpected(known.error());
    return {};
}

} // namespace tocsin
