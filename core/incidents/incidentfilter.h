// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/error.h"
#include "protocol/incident.h"

#include <memory>
#include <string_view>

namespace tocsin {

struct FilterNode;

/// Why a filter's text is none, and which part of it to show that under.
struct FilterError {
    /// `where` names the character, counted from 1.
    Error error;
    qsizetype position = 0;
    /// At least 1; past the end of the text where something is missing there.
    qsizetype length = 1;
};

/// Whether an incident passes. Unsure where the filter could not come to an answer (an incident
/// without a time and `age>1h`, an expression that took too many steps or saw only the beginning of
/// a text): such an incident is shown, whatever stands around the term, because what is hidden by
/// mistake is a false calm.
enum class FilterVerdict { No, Unsure, Yes };

/// What is judged: an incident, its text as SearchText keeps it, and what the time and "me" are.
struct FilterSubject {
    const Incident &incident;
    std::string_view searchText;
    Timestamp now;
    QStringView me;
};

/// What a person wants to see, in the language of docs/filter.md:
///
///     severity:critical service:orders-db -label.env=staging text~"disk .* full"
///
/// A value: cheap to copy, immutable, safe to use from several threads.
class TOCSIN_INCIDENTS_EXPORT IncidentFilter
{
public:
    static constexpr qsizetype maximumLength = 2'000;
    static constexpr int maximumDepth = 32;
    static constexpr qsizetype maximumPatternLength = 500;

    /// Lets everything pass.
    IncidentFilter() = default;

    [[nodiscard]] static tl::expected<IncidentFilter, FilterError> parse(const QString &text);

    [[nodiscard]] bool isEmpty() const { return !m_root; }
    /// The same filter in one spelling: parse(toString()) is equal to it.
    [[nodiscard]] QString toString() const;
    /// What must hold together, each part spelled for itself: joined by spaces it is the filter
    /// again.
    [[nodiscard]] QStringList terms() const;
    [[nodiscard]] FilterVerdict judge(const FilterSubject &subject) const;
    /// Whether what passes changes by time alone.
    [[nodiscard]] bool dependsOnTime() const;
    /// Whether it reads nothing but the search text, so that the incidents need not be touched.
    [[nodiscard]] bool readsOnlyText() const;
    /// As judge(), where readsOnlyText().
    [[nodiscard]] FilterVerdict judgeText(std::string_view searchText) const;

    friend bool operator==(const IncidentFilter &left, const IncidentFilter &right)
    {
        return left.m_root == right.m_root || left.toString() == right.toString();
    }

private:
    explicit IncidentFilter(std::shared_ptr<const FilterNode> root)
        : m_root(std::move(root))
    {
    }

    std::shared_ptr<const FilterNode> m_root;
};

} // namespace tocsin
