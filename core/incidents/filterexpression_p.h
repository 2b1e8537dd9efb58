// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentfilter.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <array>
#include <vector>

// What a filter's text is made into; for the parser, the judge and the completion only.

namespace tocsin {

/// What a filter says to who wrote it.
struct FilterSentence {
    Q_DECLARE_TR_FUNCTIONS(IncidentFilter)
};

enum class FilterField {
    Severity,
    Status,
    Source,
    Service,
    Assignee,
    AcknowledgedBy,
    Title,
    Text,
    Label,
    Annotation,
    Age,
    Opened,
    Count,
};

enum class FilterOperator { Matches, Equals, Differs, Regex, Greater, Less, AtLeast, AtMost };

/// What a field is compared as; decides which operators it has.
enum class FilterKind { Severity, Status, Word, Text, Age, Time, Count };

struct FilterFieldInfo {
    FilterField field;
    QStringView name;
    FilterKind kind;
    /// Followed by a dot and the name of a label or an annotation.
    bool named = false;
};

inline constexpr std::array filterFields{
    FilterFieldInfo{FilterField::Severity, u"severity", FilterKind::Severity},
    FilterFieldInfo{FilterField::Status, u"status", FilterKind::Status},
    FilterFieldInfo{FilterField::Source, u"source", FilterKind::Word},
    FilterFieldInfo{FilterField::Service, u"service", FilterKind::Word},
    FilterFieldInfo{FilterField::Assignee, u"assignee", FilterKind::Word},
    FilterFieldInfo{FilterField::AcknowledgedBy, u"acknowledged-by", FilterKind::Word},
    FilterFieldInfo{FilterField::Title, u"title", FilterKind::Word},
    FilterFieldInfo{FilterField::Text, u"text", FilterKind::Text},
    FilterFieldInfo{FilterField::Label, u"label", FilterKind::Word, true},
    FilterFieldInfo{FilterField::Annotation, u"annotation", FilterKind::Word, true},
    FilterFieldInfo{FilterField::Age, u"age", FilterKind::Age},
    FilterFieldInfo{FilterField::Opened, u"opened", FilterKind::Time},
    FilterFieldInfo{FilterField::Count, u"count", FilterKind::Count},
};

struct FilterOperatorInfo {
    FilterOperator sign;
    QStringView text;
};

/// Longer signs before those that they begin with.
inline constexpr std::array filterOperators{
    FilterOperatorInfo{FilterOperator::Differs, u"!="},
    FilterOperatorInfo{FilterOperator::AtLeast, u">="},
    FilterOperatorInfo{FilterOperator::AtMost, u"<="},
    FilterOperatorInfo{FilterOperator::Matches, u":"},
    FilterOperatorInfo{FilterOperator::Equals, u"="},
    FilterOperatorInfo{FilterOperator::Regex, u"~"},
    FilterOperatorInfo{FilterOperator::Greater, u">"},
    FilterOperatorInfo{FilterOperator::Less, u"<"},
};

/// The signs that a kind of field has, in the order in which they are offered.
[[nodiscard]] const std::vector<FilterOperator> &operatorsOf(FilterKind kind);
[[nodiscard]] const FilterFieldInfo &fieldInfo(FilterField field);
[[nodiscard]] QStringView operatorText(FilterOperator sign);

/// Stands for who looks: `assignee:@me`.
inline constexpr QStringView filterMe = u"@me";

struct FilterTerm {
    FilterField field = FilterField::Text;
    FilterOperator sign = FilterOperator::Matches;
    /// Of the label or annotation.
    QString name;
    /// As they were written. One, but for a list after `:`.
    QStringList values;

    // What `values` means, made once.
    /// Lower-cased; with `*` as the wildcard after `:`.
    QStringList folded;
    /// The same in UTF-8, for the text.
    std::vector<std::string> needles;
    QRegularExpression regex;
    /// Milliseconds, a count, or a severity.
    qint64 number = 0;
    /// Of a span of time: its end, which is not in it; `number` is its begin.
    qint64 end = 0;
    /// A word without a field.
    bool bare = false;
};

struct FilterNode {
    enum class Kind { All, Any, Not, Term };
    Kind kind = Kind::All;
    std::vector<FilterNode> children;
    FilterTerm term;
};

/// In quotes where it could not stand without them: what a field is compared with, and the name of
/// a label.
[[nodiscard]] QString quotedFilterValue(const QString &value);
[[nodiscard]] QString filterName(const QString &name);
/// Of the name of a field, or of a label that has no quotes.
[[nodiscard]] bool isFilterNameCharacter(QChar c);
[[nodiscard]] tl::expected<std::shared_ptr<const FilterNode>, FilterError> parseFilter(
    const QString &text);
/// What the words of a text say that are right, without those that are wrong; everything passes
/// where that is nothing.
[[nodiscard]] IncidentFilter filterWithoutWrongWords(const QString &text);
/// `opened:A..B`, from the one to before the other, whole minutes; and back, where a term is that.
[[nodiscard]] QString openedTerm(const QDateTime &from, const QDateTime &to);
[[nodiscard]] std::optional<std::pair<qint64, qint64>> openedSpanOf(const QString &term);
/// Fills in what is made from `values`. Fails with a sentence.
[[nodiscard]] tl::expected<void, QString> prepareFilterTerm(FilterTerm &term);

} // namespace tocsin
