// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What SavedFilters have in a file of exported settings.
#include "qml/preferencesfile_p.h"
#include "qml/savedfilters.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

QJsonArray SavedFilters::toJson() const
{
    QJsonArray filters;
    for (const Saved &saved : m_saved) {
        // What is none here, such as one of a newer program, would be refused there.
        if (saved.filter && !saved.filter->isEmpty() && !saved.name.simplified().isEmpty())
            filters.append(QJsonObject{{u"name"_s, saved.name}, {u"filter"_s, saved.text}});
    }
    return filters;
}

Expected<std::vector<SavedFilters::Named>> SavedFilters::filtersIn(const QJsonArray &array) const
{
    std::vector<Named> read;
    QSet<QString> added;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString where = u"filters[%1]."_s.arg(i);
        const QJsonObject one = array[i].toObject();
        const QString name = one.value(u"name"_s).toString().simplified();
        const QString text = one.value(u"filter"_s).toString();
        if (name.isEmpty())
            return unexpectedValue(where + u"name"_s, u"\"…\""_s);
        const auto filter = filterAt(where + u"filter"_s, text);
        if (!filter)
            return tl::unexpected<Error>(filter.error());
        if (filter->isEmpty())
            return unexpectedValue(where + u"filter"_s, u"\"…\""_s);
        read.push_back({name, text});
        if (std::ranges::find(m_saved, name, &Saved::name) == m_saved.end())
            added.insert(name);
    }
    if (rowCount() + int(added.size()) > most)
        return tooMany(u"filters"_s, most);
    return read;
}

} // namespace tocsin
