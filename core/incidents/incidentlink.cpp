// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentlink.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tocsin {

QString incidentLink(const QString &uuid)
{
    return u"tocsin://incident/"_s + uuid;
}

Expected<QString> incidentOfLink(const QString &link)
{
    // Some programs give `tocsin:incident/…`, and some add a slash. RFC 3986, section 3.1: a scheme
    // is the same in capitals.
    static const QRegularExpression pattern(
        uR"(\A(?i:tocsin):(?://)?(?:(?i:incident)/([A-Za-z0-9._~-]{1,128})/?)?\z)"_s);
    const auto match = pattern.match(link);
    if (!match.hasMatch()) {
        return makeError(ErrorCode::BadConfiguration,
            u"“%1” is no link of Tocsin: these are tocsin://incident/ID."_s.arg(
                link.size() > 200 ? link.first(200) + u'…' : link));
    }
    return match.captured(1);
}

} // namespace tocsin
