// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/filtercompletion.h"

#include "incidents/filterexpression_p.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

/// Where the term begins in which the cursor stands: after the last space or parenthesis that is
/// not in quotes.
qsizetype termStart(QStringView text)
{
    qsizetype start = 0;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && quoted)
            ++i;
        else if (text[i] == u'"')
            quoted = !quoted;
        else if (!quoted && (text[i].isSpace() || text[i] == u'('))
            start = i + 1;
    }
    while (start < text.size() && text[start] == u'-')
        ++start;
    return start;
}

void addMatching(FilterCompletions &result, const QStringList &candidates, const QString &typed,
    FilterCompletion::Kind kind)
{
    // What begins as typed comes before what only has it in it.
    for (const bool begins : {true, false}) {
        for (const QString &candidate : candidates) {
            const bool does = candidate.startsWith(typed, Qt::CaseInsensitive);
            if (result.items.size() >= maximumFilterCompletions)
                return;
            if (does == begins && (does || candidate.contains(typed, Qt::CaseInsensitive)))
                result.items.append({.text = candidate, .kind = kind});
        }
    }
}

QStringList fieldNames()
{
    QStringList names;
    for (const FilterFieldInfo &info : filterFields)
        names.append(info.name.toString() + (info.named ? u"."_s : QString()));
    return names;
}

QStringList signsOf(const FilterFieldInfo &info, const QString &name)
{
    QStringList signs;
    for (const FilterOperator sign : operatorsOf(info.kind))
        signs.append(name + operatorText(sign).toString());
    return signs;
}

template <typename Enum>
QStringList namesOf()
{
    QStringList names;
    for (const auto &[value, name] : EnumNames<Enum>::entries)
        names.append(QString::fromLatin1(name.data(), qsizetype(name.size())));
    return names;
}

QStringList valuesOf(
    const FilterFieldInfo &info, const QString &name, const KnownFilterValues &known)
{
    switch (info.kind) {
    case FilterKind::Severity: return namesOf<Severity>();
    case FilterKind::Status: return {u"open"_s, u"acknowledged"_s};
    case FilterKind::Age: return {u"5m"_s, u"15m"_s, u"1h"_s, u"4h"_s, u"1d"_s, u"1w"_s};
    case FilterKind::Time: {
        const QDate today = QDate::currentDate();
        return {today.toString(Qt::ISODate), today.addDays(-1).toString(Qt::ISODate),
            QDateTime::currentDateTime().toString(u"yyyy-MM-ddTHH:00"_s)};
    }
    case FilterKind::Word: {
        QStringList values;
        if (info.field == FilterField::Assignee || info.field == FilterField::AcknowledgedBy)
            values.append(filterMe.toString());
        for (const QString &value : known(name))
            values.append(quotedFilterValue(value));
        return values;
    }
    case FilterKind::Text:
    case FilterKind::Count: return {};
    }
    return {};
}

/// `typed` as a name and the sign behind it, where there is one.
std::pair<QString, const FilterOperatorInfo *> splitTerm(const QString &typed)
{
    qsizetype end = 0;
    while (end < typed.size() && isFilterNameCharacter(typed[end]))
        ++end;
    const auto sign = std::ranges::find_if(filterOperators,
        [&](const auto &each) { return QStringView(typed).mid(end).startsWith(each.text); });
    return {typed.left(end), sign == filterOperators.end() ? nullptr : &*sign};
}

} // namespace

FilterCompletions completeFilter(
    const QString &text, qsizetype cursor, const KnownFilterValues &known)
{
    const qsizetype end = std::clamp<qsizetype>(cursor, 0, text.size());
    const qsizetype start = termStart(QStringView(text).left(end));
    const QString typed = text.mid(start, end - start);
    FilterCompletions result{.position = start, .length = end - start};
    if (typed.isEmpty())
        return result;

    const auto [name, sign] = splitTerm(typed);
    const QString field = name.section(u'.', 0, 0).toLower();
    const auto info = std::ranges::find(filterFields, field, &FilterFieldInfo::name);
    const bool isField = info != filterFields.end();
    if (sign) {
        if (!isField || sign->sign == FilterOperator::Regex)
            return result;
        const qsizetype behindSign = name.size() + sign->text.size();
        const qsizetype comma = typed.lastIndexOf(u',');
        const bool isList = sign->sign == FilterOperator::Matches && comma >= behindSign;
        const qsizetype valueStart = isList ? comma + 1 : behindSign;
        QString value = typed.mid(valueStart);
        result.position = start + valueStart;
        result.length = end - result.position;
        const QString whole = info->named ? field + name.mid(field.size()) : field;
        const QStringList values = valuesOf(*info, whole, known);
        value.remove(u'"');
        // What is there already needs no offer.
        if (!values.contains(value))
            addMatching(result, values, value, FilterCompletion::Kind::Value);
        return result;
    }
    if (isField && name.size() == typed.size() && !info->named && typed.size() == field.size()) {
        for (const QString &each : signsOf(*info, field))
            result.items.append({.text = each, .kind = FilterCompletion::Kind::Operator});
        return result;
    }
    if (isField && info->named && name.contains(u'.')) {
        QStringList names;
        for (const QString &each : known(field))
            names.append(field + u'.' + filterName(each));
        if (names.contains(name)) {
            for (const QString &each : signsOf(*info, name))
                result.items.append({.text = each, .kind = FilterCompletion::Kind::Operator});
        } else {
            addMatching(result, names, name, FilterCompletion::Kind::Field);
        }
        return result;
    }
    // A word of the text is more often typed than a field; only its beginning counts.
    for (const QString &each : fieldNames()) {
        if (each.startsWith(typed, Qt::CaseInsensitive))
            result.items.append({.text = each, .kind = FilterCompletion::Kind::Field});
    }
    return result;
}

} // namespace tocsin
