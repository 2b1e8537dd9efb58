// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/filterexpression_p.h"

#include <QDateTime>

#include <algorithm>
#include <limits>
#include <tuple>

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
    // Not `$`, here and below, which is also before a line break at the end.
    static const QRegularExpression form(uR"(^(\d{1,6})(s|m|min|h|d|w)\z)"_s);
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

using Span = std::pair<qint64, qint64>;

/// A day, a minute or a second, as it was written: by this computer's clock, or by the one named.
std::optional<Span> momentOf(const QString &text)
{
    static const QRegularExpression form(
        uR"(^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?)?\z)"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    if (!match.hasCaptured(2)) {
        if (!date.isValid())
            return std::nullopt;
        return Span(date.startOfDay().toMSecsSinceEpoch(),
            date.addDays(1).startOfDay().toMSecsSinceEpoch());
    }
    const QDateTime begin = QDateTime::fromString(text.toUpper(), Qt::ISODate);
    if (!begin.isValid())
        return std::nullopt;
    const qint64 length = match.capturedLength(3) > 0 ? 1'000 : 60'000;
    return Span(begin.toMSecsSinceEpoch(), begin.toMSecsSinceEpoch() + length);
}

/// `A..B` is from the begin of A to the end of B; `*` stands for an end that is open.
std::optional<Span> spanOf(const QString &text)
{
    constexpr Span always(std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max());
    const qsizetype dots = text.indexOf(u".."_s);
    if (dots < 0)
        return momentOf(text);
    const auto end = [&](const QString &part) {
        return part == u"*" ? std::optional(always) : momentOf(part);
    };
    const auto first = end(text.left(dots));
    const auto last = end(text.mid(dots + 2));
    if (!first || !last || first->first >= last->second)
        return std::nullopt;
    return Span(first->first, last->second);
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
    static const QRegularExpression plain(uR"x(^[^\s()",:=!~<>\\-][^\s()",:=!~<>\\]*\z)x"_s);
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
    case FilterKind::Time: {
        const bool isSpan = term.sign == FilterOperator::Matches;
        const QString &value = term.values.front();
        const auto span = term.values.size() != 1 ? std::nullopt
            : isSpan                              ? spanOf(value)
                                                  : momentOf(value);
        if (!span) {
            return tl::unexpected(isSpan
                    ? FilterSentence::tr("A time is 2026-11-27, 2026-11-27T14:00 or from one to "
                                         "another, 2026-11-27T14:00..2026-11-27T14:29.")
                    : FilterSentence::tr("A time is 2026-11-27 or 2026-11-27T14:00."));
        }
        std::tie(term.number, term.end) = *span;
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

QString openedTerm(const QDateTime &from, const QDateTime &to)
{
    const auto written = [](const QDateTime &at) {
        QString local = at.toLocalTime().toString(u"yyyy-MM-ddTHH:mm"_s);
        const auto read = momentOf(local);
        // In the hour that a clock shows twice, it says which.
        if (read && read->first == at.toMSecsSinceEpoch())
            return local;
        return at.toUTC().toString(u"yyyy-MM-ddTHH:mm"_s) + u'Z';
    };
    return u"opened:%1..%2"_s.arg(written(from), written(to.addSecs(-60)));
}

std::optional<std::pair<qint64, qint64>> openedSpanOf(const QString &term)
{
    const auto node = parseFilter(term);
    if (!node || !*node)
        return std::nullopt;
    const FilterNode &root = **node;
    const bool isSpan = root.kind == FilterNode::Kind::Term
        && root.term.field == FilterField::Opened && root.term.sign == FilterOperator::Matches
        && root.term.number != std::numeric_limits<qint64>::min()
        && root.term.end != std::numeric_limits<qint64>::max();
    return isSpan ? std::optional(std::pair(root.term.number, root.term.end)) : std::nullopt;
}

} // namespace tocsin
