// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/filterexpression_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

// The words of the language are no text to translate; the sentences about them are.
bool endsWord(QChar c)
{
    return c.isSpace() || c == u'(' || c == u')' || c == u'"';
}

class Parser
{
public:
    explicit Parser(const QString &text)
        : m_text(text)
    {
    }

    std::optional<FilterNode> parse()
    {
        std::optional<FilterNode> node = parseAny(0);
        if (node && !atEnd() && !m_error)
            fail(m_at, 1, FilterSentence::tr("This parenthesis closes none."));
        return m_error ? std::nullopt : std::move(node);
    }
    [[nodiscard]] const std::optional<FilterError> &error() const { return m_error; }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar here() const { return atEnd() ? QChar() : m_text[m_at]; }
    void skipSpace()
    {
        while (!atEnd() && here().isSpace())
            ++m_at;
    }

    void fail(qsizetype position, qsizetype length, const QString &message)
    {
        if (m_error)
            return;
        m_error = FilterError{
            .error = {ErrorCode::InvalidPayload, message,
                FilterSentence::tr("character %1").arg(position + 1)},
            .position = position,
            .length = std::max<qsizetype>(1, length),
        };
    }

    bool takeKeyword(QStringView word)
    {
        skipSpace();
        const QStringView rest = QStringView(m_text).mid(m_at);
        if (!rest.startsWith(word) || (rest.size() > word.size() && !endsWord(rest[word.size()])))
            return false;
        m_at += word.size();
        return true;
    }
    [[nodiscard]] bool atKeyword(QStringView word)
    {
        const qsizetype before = m_at;
        const bool is = takeKeyword(word);
        m_at = before;
        return is;
    }

    std::optional<FilterNode> parseAny(int depth)
    {
        std::vector<FilterNode> branches;
        do {
            const qsizetype start = m_at;
            std::optional<FilterNode> branch = parseAll(depth);
            if (m_error)
                return std::nullopt;
            if (!branch) {
                if (branches.empty() && !atKeyword(u"OR"))
                    return std::nullopt;
                fail(branches.empty() ? start : m_at, 1,
                    FilterSentence::tr("OR needs something on both sides."));
                return std::nullopt;
            }
            branches.push_back(std::move(*branch));
        } while (takeKeyword(u"OR"));
        if (branches.size() == 1)
            return std::move(branches.front());
        return group(FilterNode::Kind::Any, std::move(branches));
    }

    std::optional<FilterNode> parseAll(int depth)
    {
        std::vector<FilterNode> parts;
        while (true) {
            skipSpace();
            if (atEnd() || here() == u')' || atKeyword(u"OR"))
                break;
            if (takeKeyword(u"AND")) {
                if (skipSpace(); parts.empty() || atEnd() || here() == u')' || atKeyword(u"OR"))
                    fail(m_at, 1, FilterSentence::tr("AND needs something on both sides."));
                continue;
            }
            std::optional<FilterNode> part = parseOne(depth);
            if (!part || m_error)
                return std::nullopt;
            parts.push_back(std::move(*part));
        }
        if (parts.empty())
            return std::nullopt;
        if (parts.size() == 1)
            return std::move(parts.front());
        return group(FilterNode::Kind::All, std::move(parts));
    }

    std::optional<FilterNode> parseOne(int depth)
    {
        const qsizetype start = m_at;
        if (depth > IncidentFilter::maximumDepth) {
            fail(start, 1, FilterSentence::tr("Nested too deeply."));
            return std::nullopt;
        }
        if (here() == u'-') {
            ++m_at;
            if (atEnd() || here().isSpace() || here() == u')') {
                fail(start, 1, FilterSentence::tr("A “-” stands before what is to be left out."));
                return std::nullopt;
            }
            std::optional<FilterNode> inner = parseOne(depth + 1);
            if (!inner)
                return std::nullopt;
            if (inner->kind == FilterNode::Kind::Not)
                return std::move(inner->children.front());
            FilterNode node;
            node.kind = FilterNode::Kind::Not;
            node.children.push_back(std::move(*inner));
            return node;
        }
        if (here() == u'(')
            return parseParentheses(depth);
        return parseTerm();
    }

    std::optional<FilterNode> parseParentheses(int depth)
    {
        const qsizetype start = m_at++;
        std::optional<FilterNode> inner = parseAny(depth + 1);
        if (m_error)
            return std::nullopt;
        skipSpace();
        if (here() != u')')
            fail(start, 1, FilterSentence::tr("This parenthesis is not closed."));
        else if (!inner)
            fail(start, m_at - start + 1,
                FilterSentence::tr("There is nothing in these parentheses."));
        ++m_at;
        return m_error ? std::nullopt : std::move(inner);
    }

    std::optional<FilterNode> parseTerm()
    {
        const qsizetype start = m_at;
        FilterNode node;
        node.kind = FilterNode::Kind::Term;
        if (!here().isLetter() || !takeField(node.term)) {
            if (m_error)
                return std::nullopt;
            m_at = start;
            node.term.bare = true;
            std::optional<QString> word = here() == u'"' ? takeQuoted() : takeBare(u"");
            if (!word)
                return std::nullopt;
            node.term.values.append(*word);
        } else if (!takeValues(node.term)) {
            return std::nullopt;
        }
        if (const auto prepared = prepareFilterTerm(node.term); !prepared) {
            fail(start, m_at - start, prepared.error());
            return std::nullopt;
        }
        return node;
    }

    /// False, without an error, where no sign follows: then it is a word of the text.
    bool takeField(FilterTerm &term)
    {
        const qsizetype start = m_at;
        while (!atEnd() && isFilterNameCharacter(here()) && here() != u'.')
            ++m_at;
        const QString name = m_text.mid(start, m_at - start).toLower();
        const auto known = std::ranges::find(filterFields, name, &FilterFieldInfo::name);
        const bool isKnown = known != filterFields.end();
        if (here() == u'.') {
            ++m_at;
            if (isKnown && known->named && here() == u'"') {
                const auto quoted = takeQuoted();
                if (!quoted)
                    return false;
                term.name = *quoted;
            } else {
                const qsizetype from = m_at;
                while (!atEnd() && isFilterNameCharacter(here()))
                    ++m_at;
                term.name = m_text.mid(from, m_at - from);
            }
        }
        const auto sign = std::ranges::find_if(filterOperators,
            [&](const auto &each) { return QStringView(m_text).mid(m_at).startsWith(each.text); });
        if (sign == filterOperators.end())
            return false;
        const QString whole = m_text.mid(start, m_at - start);
        if (!isKnown || (!known->named && !term.name.isEmpty())) {
            fail(start, m_at - start,
                FilterSentence::tr(
                    "“%1” is no field. To look for it in the text, put it in quotes.")
                    .arg(whole));
            return false;
        }
        if (known->named && term.name.isEmpty()) {
            fail(start, m_at - start,
                FilterSentence::tr("Which %1? It is named after a dot: %1.env")
                    .arg(known->name.toString()));
            return false;
        }
        if (!std::ranges::count(operatorsOf(known->kind), sign->sign)) {
            QStringList possible;
            for (const FilterOperator each : operatorsOf(known->kind))
                possible.append(operatorText(each).toString());
            fail(m_at, sign->text.size(),
                FilterSentence::tr("“%1” takes one of %2")
                    .arg(known->name.toString(), possible.join(u' ')));
            return false;
        }
        m_at += sign->text.size();
        term.field = known->field;
        term.sign = sign->sign;
        return true;
    }

    bool takeValues(FilterTerm &term)
    {
        const bool list = term.sign == FilterOperator::Matches;
        while (true) {
            if (atEnd() || here().isSpace() || here() == u')' || (list && here() == u',')) {
                fail(m_at, 1,
                    FilterSentence::tr("Here belongs what “%1” is compared with.")
                        .arg(fieldInfo(term.field).name.toString()));
                return false;
            }
            std::optional<QString> value;
            if (here() == u'"')
                value = takeQuoted();
            else if (term.sign == FilterOperator::Regex)
                value = takePattern();
            else
                value = takeBare(list ? u"," : u"");
            if (!value)
                return false;
            term.values.append(*value);
            if (!list || here() != u',')
                break;
            ++m_at;
        }
        if (!atEnd() && !here().isSpace() && here() != u')') {
            fail(m_at, 1, FilterSentence::tr("A space is missing here."));
            return false;
        }
        return true;
    }

    std::optional<QString> takeBare(QStringView stops)
    {
        const qsizetype start = m_at;
        while (!atEnd() && !endsWord(here()) && !stops.contains(here()))
            ++m_at;
        if (m_at == start) {
            fail(m_at, 1, FilterSentence::tr("A value with this character is put in quotes."));
            return std::nullopt;
        }
        return m_text.mid(start, m_at - start);
    }

    /// Parentheses belong to it as long as they are closed in it.
    std::optional<QString> takePattern()
    {
        const qsizetype start = m_at;
        int open = 0;
        while (!atEnd() && !here().isSpace()) {
            if (here() == u'\\' && m_at + 1 < m_text.size())
                ++m_at;
            else if (here() == u'(')
                ++open;
            else if (here() == u')' && --open < 0)
                break;
            ++m_at;
        }
        return m_text.mid(start, m_at - start);
    }

    /// A backslash before a quote or before another one is an escape; elsewhere it is itself, so
    /// that an expression in quotes needs no second ones.
    std::optional<QString> takeQuoted()
    {
        const qsizetype start = m_at++;
        QString value;
        while (!atEnd() && here() != u'"') {
            if (here() == u'\\' && m_at + 1 < m_text.size()
                && (m_text[m_at + 1] == u'"' || m_text[m_at + 1] == u'\\'))
                ++m_at;
            value += here();
            ++m_at;
        }
        if (atEnd()) {
            fail(start, m_at - start, FilterSentence::tr("This quote is not closed."));
            return std::nullopt;
        }
        ++m_at;
        return value;
    }

    static FilterNode group(FilterNode::Kind kind, std::vector<FilterNode> parts)
    {
        FilterNode node;
        node.kind = kind;
        for (FilterNode &part : parts) {
            // (a b) c is a b c.
            if (part.kind == kind)
                std::ranges::move(part.children, std::back_inserter(node.children));
            else
                node.children.push_back(std::move(part));
        }
        return node;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    std::optional<FilterError> m_error;
};

} // namespace

tl::expected<std::shared_ptr<const FilterNode>, FilterError> parseFilter(const QString &text)
{
    if (text.size() > IncidentFilter::maximumLength) {
        return tl::unexpected(FilterError{
            .error
            = {ErrorCode::TooLarge, FilterSentence::tr("A filter has 2000 characters at most."),
                FilterSentence::tr("character %1").arg(IncidentFilter::maximumLength + 1)},
            .position = IncidentFilter::maximumLength,
            .length = text.size() - IncidentFilter::maximumLength,
        });
    }
    Parser parser(text);
    std::optional<FilterNode> root = parser.parse();
    if (parser.error())
        return tl::unexpected(*parser.error());
    return root ? std::make_shared<const FilterNode>(std::move(*root)) : nullptr;
}

} // namespace tocsin
