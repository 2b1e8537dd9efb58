// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentfilter.h"

#include "incidents/filterexpression_p.h"
#include "incidents/substring.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

// An expression sees no more of a field than this.
constexpr qsizetype regexTextLimit = 8'192;

FilterVerdict verdict(bool passes)
{
    return passes ? FilterVerdict::Yes : FilterVerdict::No;
}

FilterVerdict opposite(FilterVerdict verdict)
{
    return FilterVerdict(int(FilterVerdict::Yes) - int(verdict));
}

/// `*` stands for any run of characters; alone it asks for one at least.
bool matchesWildcards(QStringView text, QStringView pattern)
{
    if (pattern == u"*")
        return !text.isEmpty();
    qsizetype at = 0;
    qsizetype in = 0;
    qsizetype star = -1;
    qsizetype resume = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == u'*') {
            star = in++;
            resume = at;
        } else if (in < pattern.size() && pattern[in] == text[at]) {
            ++in;
            ++at;
        } else if (star >= 0) {
            in = star + 1;
            at = ++resume;
        } else {
            return false;
        }
    }
    while (in < pattern.size() && pattern[in] == u'*')
        ++in;
    return in == pattern.size();
}

FilterVerdict matchesRegex(const QRegularExpression &regex, const QString &text)
{
    const auto match = regex.match(text.left(regexTextLimit));
    if (!match.isValid())
        return FilterVerdict::Unsure;
    // Of a text that was cut, the rest may match; and what ends at the cut (`$`) may not.
    const bool isCut = text.size() > regexTextLimit;
    if (isCut && (!match.hasMatch() || match.capturedEnd() == regexTextLimit))
        return FilterVerdict::Unsure;
    return verdict(match.hasMatch());
}

template <typename Number>
bool compares(Number left, FilterOperator sign, Number right)
{
    switch (sign) {
    case FilterOperator::Matches:
    case FilterOperator::Equals: return left == right;
    case FilterOperator::Differs: return left != right;
    case FilterOperator::Greater: return left > right;
    case FilterOperator::Less: return left < right;
    case FilterOperator::AtLeast: return left >= right;
    case FilterOperator::AtMost: return left <= right;
    case FilterOperator::Regex: break;
    }
    return false;
}

const QString &wordOf(const Incident &incident, const FilterTerm &term)
{
    static const QString none;
    const auto in = [&](const QMap<QString, QString> &map) -> const QString & {
        const auto found = map.constFind(term.name);
        return found == map.cend() ? none : *found;
    };
    switch (term.field) {
    case FilterField::Source: return incident.source;
    case FilterField::Service: return incident.service;
    case FilterField::Assignee: return incident.assignee;
    case FilterField::AcknowledgedBy: return incident.acknowledgedBy;
    case FilterField::Title: return incident.title;
    case FilterField::Label: return in(incident.labels);
    case FilterField::Annotation: return in(incident.annotations);
    default: return none;
    }
}

FilterVerdict judgeWord(const FilterTerm &term, const FilterSubject &subject)
{
    const QString &word = wordOf(subject.incident, term);
    if (term.sign == FilterOperator::Regex)
        return matchesRegex(term.regex, word);
    const QString folded = word.toLower();
    const bool any = std::ranges::any_of(term.folded, [&](const QString &value) {
        if (value == filterMe)
            return !subject.me.isEmpty() && word.compare(subject.me, Qt::CaseInsensitive) == 0;
        return term.sign == FilterOperator::Matches ? matchesWildcards(folded, value)
                                                    : folded == value;
    });
    return verdict(any != (term.sign == FilterOperator::Differs));
}

FilterVerdict judgeText(const FilterTerm &term, std::string_view text)
{
    if (term.sign == FilterOperator::Regex)
        return matchesRegex(term.regex,
            // Three bytes for each at most, and one more, by which the cut is known.
            QString::fromUtf8(
                text.data(), std::min(qsizetype(text.size()), 3 * (regexTextLimit + 1))));
    return verdict(std::ranges::any_of(
        term.needles, [&](const std::string &needle) { return containsBytes(text, needle); }));
}

FilterVerdict judgeTerm(const FilterTerm &term, const FilterSubject &subject)
{
    const Incident &incident = subject.incident;
    switch (fieldInfo(term.field).kind) {
    case FilterKind::Text: return judgeText(term, subject.searchText);
    case FilterKind::Word: return judgeWord(term, subject);
    case FilterKind::Status:
    case FilterKind::Severity: {
        const bool isSeverity = term.field == FilterField::Severity;
        const QString own
            = isSeverity ? enumQString(incident.severity) : enumQString(incident.status);
        if (term.sign == FilterOperator::Matches)
            return verdict(term.folded.contains(own));
        // The first enumerator is the worst, and so the greatest.
        return verdict(compares(-qint64(isSeverity ? int(incident.severity) : int(incident.status)),
            term.sign, -term.number));
    }
    case FilterKind::Count: return verdict(compares(incident.count, term.sign, term.number));
    case FilterKind::Time: {
        if (!incident.createdAt)
            return FilterVerdict::Unsure;
        const qint64 at = toMilliseconds(*incident.createdAt);
        switch (term.sign) {
        case FilterOperator::Greater: return verdict(at >= term.end);
        case FilterOperator::AtLeast: return verdict(at >= term.number);
        case FilterOperator::Less: return verdict(at < term.number);
        case FilterOperator::AtMost: return verdict(at < term.end);
        default: return verdict(at >= term.number && at < term.end);
        }
    }
    case FilterKind::Age: {
        if (!incident.createdAt)
            return FilterVerdict::Unsure;
        const qint64 age = toMilliseconds(subject.now) - toMilliseconds(*incident.createdAt);
        return verdict(compares(age, term.sign, term.number));
    }
    }
    return FilterVerdict::Unsure;
}

template <typename JudgeTerm>
FilterVerdict judgeNode(const FilterNode &node, const JudgeTerm &judge)
{
    switch (node.kind) {
    case FilterNode::Kind::Term: return judge(node.term);
    case FilterNode::Kind::Not: return opposite(judgeNode(node.children.front(), judge));
    case FilterNode::Kind::All: {
        auto worst = FilterVerdict::Yes;
        for (const FilterNode &child : node.children) {
            worst = std::min(worst, judgeNode(child, judge));
            if (worst == FilterVerdict::No)
                break;
        }
        return worst;
    }
    case FilterNode::Kind::Any: {
        auto best = FilterVerdict::No;
        for (const FilterNode &child : node.children) {
            best = std::max(best, judgeNode(child, judge));
            if (best == FilterVerdict::Yes)
                break;
        }
        return best;
    }
    }
    return FilterVerdict::Unsure;
}

template <typename Predicate>
bool anyTerm(const FilterNode &node, const Predicate &predicate)
{
    if (node.kind == FilterNode::Kind::Term)
        return predicate(node.term);
    return std::ranges::any_of(
        node.children, [&](const FilterNode &child) { return anyTerm(child, predicate); });
}

QString termText(const FilterTerm &term)
{
    const FilterFieldInfo &info = fieldInfo(term.field);
    QStringList values;
    for (const QString &value : term.values)
        // A time has colons, and needs no quotes for them.
        values.append(info.kind == FilterKind::Time ? value : quotedFilterValue(value));
    QString joined = values.join(u',');
    if (term.bare)
        return joined;
    QString text = info.name.toString();
    if (info.named)
        text += u'.' + filterName(term.name);
    text += operatorText(term.sign);
    return text + joined;
}

QString nodeText(const FilterNode &node)
{
    const auto joined = [&](const QString &between) {
        QStringList parts;
        for (const FilterNode &child : node.children) {
            // OR binds less than what stands side by side.
            const bool parenthesised = child.kind == FilterNode::Kind::Any
                || (child.kind == FilterNode::Kind::All && node.kind == FilterNode::Kind::Not);
            parts.append(parenthesised ? u'(' + nodeText(child) + u')' : nodeText(child));
        }
        return parts.join(between);
    };
    switch (node.kind) {
    case FilterNode::Kind::Term: return termText(node.term);
    case FilterNode::Kind::Not: return u'-' + joined({});
    case FilterNode::Kind::All: return joined(u" "_s);
    case FilterNode::Kind::Any: return joined(u" OR "_s);
    }
    return {};
}

} // namespace

const FilterFieldInfo &fieldInfo(FilterField field)
{
    return *std::ranges::find(filterFields, field, &FilterFieldInfo::field);
}

QStringView operatorText(FilterOperator sign)
{
    return std::ranges::find(filterOperators, sign, &FilterOperatorInfo::sign)->text;
}

const std::vector<FilterOperator> &operatorsOf(FilterKind kind)
{
    using enum FilterOperator;
    static const std::vector<FilterOperator> ordered{
        Matches, Equals, Differs, AtLeast, AtMost, Greater, Less};
    static const std::vector<FilterOperator> words{Matches, Equals, Differs, Regex};
    static const std::vector<FilterOperator> states{Matches, Equals, Differs};
    static const std::vector<FilterOperator> texts{Matches, Regex};
    static const std::vector<FilterOperator> ages{Greater, Less, AtLeast, AtMost};
    static const std::vector<FilterOperator> times{Matches, Greater, Less, AtLeast, AtMost};
    static const std::vector<FilterOperator> counts{
        AtLeast, AtMost, Greater, Less, Matches, Equals, Differs};
    switch (kind) {
    case FilterKind::Severity: return ordered;
    case FilterKind::Status: return states;
    case FilterKind::Word: return words;
    case FilterKind::Text: return texts;
    case FilterKind::Age: return ages;
    case FilterKind::Time: return times;
    case FilterKind::Count: return counts;
    }
    return states;
}

tl::expected<IncidentFilter, FilterError> IncidentFilter::parse(const QString &text)
{
    auto root = parseFilter(text);
    if (!root)
        return tl::unexpected(std::move(root.error()));
    return IncidentFilter(std::move(*root));
}

QString IncidentFilter::toString() const
{
    return m_root ? nodeText(*m_root) : QString();
}

QStringList IncidentFilter::terms() const
{
    if (!m_root)
        return {};
    if (m_root->kind != FilterNode::Kind::All) {
        const bool isAlternative = m_root->kind == FilterNode::Kind::Any;
        return {isAlternative ? u'(' + toString() + u')' : toString()};
    }
    QStringList terms;
    for (const FilterNode &child : m_root->children) {
        const bool isAlternative = child.kind == FilterNode::Kind::Any;
        terms.append(isAlternative ? u'(' + nodeText(child) + u')' : nodeText(child));
    }
    return terms;
}

FilterVerdict IncidentFilter::judge(const FilterSubject &subject) const
{
    if (!m_root)
        return FilterVerdict::Yes;
    return judgeNode(*m_root, [&](const FilterTerm &term) { return judgeTerm(term, subject); });
}

FilterVerdict IncidentFilter::judgeText(std::string_view searchText) const
{
    if (!m_root)
        return FilterVerdict::Yes;
    return judgeNode(
        *m_root, [&](const FilterTerm &term) { return tocsin::judgeText(term, searchText); });
}

bool IncidentFilter::dependsOnTime() const
{
    return m_root
        && anyTerm(*m_root, [](const FilterTerm &term) { return term.field == FilterField::Age; });
}

bool IncidentFilter::readsOnlyText() const
{
    return !m_root || !anyTerm(*m_root, [](const FilterTerm &term) {
        return term.field != FilterField::Text;
    });
}

} // namespace tocsin
