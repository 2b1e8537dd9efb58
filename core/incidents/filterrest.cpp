// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
// What is left of a filter's text while some of it is wrong.
#include "incidents/filterexpression_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

// More words than this are not wrong while one types; what else it is, it costs no second.
constexpr int mostWrongWords = 32;

struct Part {
    // An AND is none: it says what a space says.
    enum class Kind { Word, Or, Open, Close };
    Kind kind = Kind::Word;
    QString text;
};

/// Reads a text as the parser does, as far as words and parentheses go, whatever the words say.
class PartReader
{
public:
    explicit PartReader(const QString &text)
        : m_text(text)
    {
    }

    std::vector<Part> read()
    {
        std::vector<Part> parts;
        while (m_at < m_text.size()) {
            const qsizetype start = m_at;
            if (m_text[m_at].isSpace()) {
                ++m_at;
                continue;
            }
            const auto add = [&](Part::Kind kind, qsizetype length) {
                m_at = start + length;
                // Of the one behind it, there may be only a piece.
                if (m_at <= IncidentFilter::maximumLength)
                    parts.push_back({kind, m_text.mid(start, length)});
            };
            if (isKeyword(u"OR"))
                add(Part::Kind::Or, 2);
            else if (isKeyword(u"AND"))
                m_at += 3;
            else if (m_text[m_at] == u')')
                add(Part::Kind::Close, 1);
            else if (const qsizetype opening = openingLength(); opening > 0)
                add(Part::Kind::Open, opening);
            else
                add(Part::Kind::Word, wordLength());
        }
        return parts;
    }

private:
    [[nodiscard]] bool isKeyword(QStringView word) const
    {
        const QStringView rest = QStringView(m_text).mid(m_at);
        if (!rest.startsWith(word))
            return false;
        const QStringView behind = rest.mid(word.size());
        return behind.isEmpty() || behind.front().isSpace()
            || QStringView(u"()\"").contains(behind.front());
    }
    /// Of a parenthesis with what negates it.
    [[nodiscard]] qsizetype openingLength() const
    {
        qsizetype end = m_at;
        while (end < m_text.size() && m_text[end] == u'-')
            ++end;
        return end < m_text.size() && m_text[end] == u'(' ? end + 1 - m_at : 0;
    }
    /// With what is in quotes, and with the parentheses that an expression closes.
    [[nodiscard]] qsizetype wordLength() const
    {
        qsizetype end = m_at;
        bool isExpression = false;
        int open = 0;
        for (; end < m_text.size() && !m_text[end].isSpace(); ++end) {
            const QChar c = m_text[end];
            if (isExpression && c == u'\\')
                end = std::min(end + 1, m_text.size() - 1);
            else if (isExpression && c == u'(')
                ++open;
            else if ((c == u'(' || c == u')') && --open < 0)
                break;
            else if (c == u'"' && (!isExpression || m_text[end - 1] == u'~'))
                end = closingQuote(end);
            else if (c == u'~')
                isExpression = true;
        }
        return std::min(end, m_text.size()) - m_at;
    }
    /// The last character, where it is not closed.
    [[nodiscard]] qsizetype closingQuote(qsizetype opening) const
    {
        qsizetype at = opening + 1;
        while (at < m_text.size() && m_text[at] != u'"')
            at += m_text[at] == u'\\' ? 2 : 1;
        return std::min(at, m_text.size() - 1);
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

/// Closes the parentheses that are open, and leaves out those that close none, those with nothing
/// in them, and an OR with nothing on a side of it.
std::vector<Part> balanced(const std::vector<Part> &parts)
{
    using Kind = Part::Kind;
    std::vector<Part> kept;
    int open = 0;
    const auto endsWith = [&](Kind kind) { return !kept.empty() && kept.back().kind == kind; };
    const auto close = [&] {
        if (endsWith(Kind::Or))
            kept.pop_back();
        if (open == 0)
            return;
        --open;
        if (endsWith(Kind::Open))
            kept.pop_back();
        else
            kept.push_back({Kind::Close, u")"_s});
    };
    for (const Part &part : parts) {
        if (part.kind == Kind::Close) {
            if (open > 0)
                close();
            continue;
        }
        if (part.kind == Kind::Or && (kept.empty() || endsWith(Kind::Open) || endsWith(Kind::Or)))
            continue;
        open += int(part.kind == Kind::Open);
        kept.push_back(part);
    }
    while (open > 0)
        close();
    close();
    return kept;
}

} // namespace

IncidentFilter filterWithoutWrongWords(const QString &text)
{
    // One more, by which a word is known that goes on behind what a filter may have.
    std::vector<Part> parts = PartReader(text.left(IncidentFilter::maximumLength + 1)).read();
    for (int wrong = 0; wrong <= mostWrongWords; ++wrong) {
        parts = balanced(parts);
        QString rest;
        std::vector<qsizetype> starts;
        for (const Part &part : parts) {
            starts.push_back(rest.size());
            rest += part.text + u' ';
        }
        rest.chop(1);
        const auto filter = IncidentFilter::parse(rest);
        if (filter)
            return *filter;
        // The word at the error; or before it, where something is missing behind the word.
        auto last = std::size_t(
            std::ranges::upper_bound(starts, filter.error().position) - starts.begin());
        while (last > 0 && parts[last - 1].kind != Part::Kind::Word)
            --last;
        if (last == 0)
            break;
        parts.erase(parts.begin() + qsizetype(last) - 1);
    }
    return {};
}

} // namespace tocsin
