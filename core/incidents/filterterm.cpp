// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/filterexpression_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

// PCRE gives up after so many steps, rather than taking seconds over one incident.
constexpr auto regexStepLimit = "(*LIMIT_MATCH=20000)"_L1;

template <typename Enum>
QString namesOf()
{
    QStringList names;
    for (const auto &[value, name] : EnumNames<Enum>::entries)
        names.append(QString::fromLatin1(name.data(), qsizetype(name.size())));
    const QString last = names.takeLast();
    return FilterSentence::tr("%1 or %2").arg(names.join(u", "_s), last);
}

std::optional<qint64> durationOf(const QString &text)
{
    static const QRegularExpression form(uR"(^(\d{1,6})(s|m|min|h|d|w)$)"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString unit = match.captured(2);
    const qint64 seconds = unit == u"s" ? 1
        : unit == u"h"                  ? 3'600
        : unit == u"d"                  ? 86'400
        : unit == u"w"                  ? 604'800
                                        : 60;
    return match.captured(1).toLongLong() * seconds * 1'000;
}

template <typename Enum>
tl::expected<void, QString> prepareEnum(FilterTerm &term)
{
    for (const QString &word : std::as_const(term.folded)) {
        // Not enumFromName(), which takes any word for Unknown.
        const auto known = std::ranges::find(EnumNames<Enum>::entries, word.toStdString(),
            [](const auto &entry) { return entry.second; });
        if (known == EnumNames<Enum>::entries.end()) {
            return tl::unexpected(FilterSentence::tr("“%1” is no %2: it is %3.")
                    .arg(word, fieldInfo(term.field).name.toString(), namesOf<Enum>()));
        }
        term.number = int(known->first);
    }
    return {};
}

tl::expected<void, QString> prepareRegex(FilterTerm &term)
{
    const QString &pattern = term.values.front();
    if (pattern.size() > IncidentFilter::maximumPatternLength)
        return tl::unexpected(FilterSentence::tr("An expression has 500 characters at most."));
    // The pattern must not lift the limit that is set before it.
    if (pattern.startsWith(u"(*"))
        return tl::unexpected(FilterSentence::tr("An expression cannot begin with “(*”."));
    const QRegularExpression bare(pattern,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption
            | QRegularExpression::UseUnicodePropertiesOption);
    if (!bare.isValid())
        return tl::unexpected(
            FilterSentence::tr("This is no regular expression: %1.").arg(bare.errorString()));
    term.regex = bare;
    term.regex.setPattern(regexStepLimit + pattern);
    term.regex.optimize();
    return {};
}

} // namespace

bool isFilterNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.' || c == u'/';
}

static QString inQuotes(QString text)
{
    text.replace(u"\\"_s, u"\\\\"_s).replace(u"\""_s, u"\\\""_s);
    return u'"' + text + u'"';
}

QString filterName(const QString &name)
{
    return !name.isEmpty() && std::ranges::all_of(name, isFilterNameCharacter) ? name
                                                                               : inQuotes(name);
}

QString quotedFilterValue(const QString &value)
{
    static const QRegularExpression plain(uR"x(^[^\s()",:=!~<>\\-][^\s()",:=!~<>\\]*$)x"_s);
    const bool isPlain = plain.match(value).hasMatch() && value != u"OR" && value != u"AND";
    return isPlain ? value : inQuotes(value);
}

tl::expected<void, QString> prepareFilterTerm(FilterTerm &term)
{
    for (const QString &value : std::as_const(term.values)) {
        term.folded.append(value.toLower());
        term.needles.push_back(value.toLower().toStdString());
    }
    if (term.sign == FilterOperator::Regex)
        return prepareRegex(term);
    switch (fieldInfo(term.field).kind) {
    case FilterKind::Word:
    case FilterKind::Text: return {};
    case FilterKind::Severity: return prepareEnum<Severity>(term);
    case FilterKind::Status: return prepareEnum<IncidentStatus>(term);
    case FilterKind::Age: {
        const auto duration = durationOf(term.folded.front());
        if (!duration)
            return tl::unexpected(
                FilterSentence::tr("An age is a number with s, m, h, d or w: 90s, 15m, 2h."));
        term.number = *duration;
        return {};
    }
    case FilterKind::Count: {
        bool isNumber = term.folded.size() == 1;
        term.number = isNumber ? term.folded.front().toLongLong(&isNumber) : 0;
        if (!isNumber || term.number < 0)
            return tl::unexpected(FilterSentence::tr("A count is one whole number."));
        return {};
    }
    }
    return {};
}

} // namespace tocsin
