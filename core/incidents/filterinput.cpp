// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/filterinput.h"

#include "incidents/filterexpression_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

constexpr std::chrono::seconds knownFor{5};
constexpr qsizetype mostKnown = 2'000;
constexpr auto severityPrefix = "severity:"_L1;

QStringList valuesOf(const Incident &incident, const QString &field)
{
    if (field == u"service")
        return {incident.service};
    if (field == u"source")
        return {incident.source};
    if (field == u"assignee")
        return {incident.assignee};
    if (field == u"acknowledged-by")
        return {incident.acknowledgedBy};
    if (field == u"label")
        return incident.labels.keys();
    if (field == u"annotation")
        return incident.annotations.keys();
    if (field.startsWith(u"label."))
        return {incident.labels.value(field.mid(6))};
    return {};
}

/// The severities of `severity:critical,warning`; none where the term is another one.
QStringList severitiesOf(const QString &term)
{
    return term.startsWith(severityPrefix)
        ? term.mid(severityPrefix.size()).toLower().split(u',', Qt::SkipEmptyParts)
        : QStringList();
}

} // namespace

IncidentModel *FilterInput::incidents() const
{
    return m_incidents;
}

void FilterInput::setIncidents(IncidentModel *incidents)
{
    if (m_incidents == incidents)
        return;
    m_incidents = incidents;
    m_known.clear();
    if (m_incidents)
        m_incidents->setFilter(m_filter);
    Q_EMIT incidentsChanged();
}

QString FilterInput::text() const
{
    return m_text;
}

void FilterInput::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    apply();
    Q_EMIT textChanged();
}

void FilterInput::apply()
{
    const auto filter = IncidentFilter::parse(m_text);
    m_error.reset();
    if (!filter)
        m_error = filter.error();
    m_filter = filter ? *filter : filterWithoutWrongWords(m_text);
    m_terms = m_filter.terms();
    if (m_incidents)
        m_incidents->setFilter(m_filter);
}

bool FilterInput::isActive() const
{
    return !m_filter.isEmpty();
}

QString FilterInput::errorText() const
{
    return m_error ? m_error->error.message : QString();
}

int FilterInput::errorPosition() const
{
    return m_error ? int(m_error->position) : 0;
}

int FilterInput::errorLength() const
{
    return m_error ? int(m_error->length) : 0;
}

int FilterInput::severityBits() const
{
    int bits = 0;
    for (const QString &term : m_terms) {
        for (const QString &word : severitiesOf(term))
            bits |= 1 << int(enumFromName<Severity>(word.toStdString()).value());
    }
    return bits;
}

bool FilterInput::isUnacknowledgedOnly() const
{
    return m_terms.contains(unacknowledgedTerm);
}

bool FilterInput::isMineOnly() const
{
    return m_terms.contains(mineTerm);
}

std::pair<QDateTime, QDateTime> FilterInput::openedSpan() const
{
    for (const QString &term : m_terms) {
        if (const auto span = openedSpanOf(term))
            return {QDateTime::fromMSecsSinceEpoch(span->first),
                QDateTime::fromMSecsSinceEpoch(span->second)};
    }
    return {};
}

QDateTime FilterInput::openedFrom() const
{
    return openedSpan().first;
}

QDateTime FilterInput::openedTo() const
{
    return openedSpan().second;
}

void FilterInput::toggleOpened(const QDateTime &from, const QDateTime &to)
{
    const bool isThat = openedSpan() == std::pair(from, to);
    QStringList terms = m_terms;
    terms.removeIf([](const QString &term) { return openedSpanOf(term).has_value(); });
    if (!isThat)
        terms.append(openedTerm(from, to));
    setTerms(terms);
}

void FilterInput::clear()
{
    dropCompletions();
    setText({});
}

void FilterInput::setTerms(const QStringList &terms)
{
    dropCompletions();
    setText(terms.join(u' '));
}

void FilterInput::toggle(QStringView term)
{
    QStringList terms = m_terms;
    if (terms.removeAll(term) == 0)
        terms.append(term.toString());
    setTerms(terms);
}

void FilterInput::toggleSeverity(const QString &word)
{
    QStringList terms = m_terms;
    const auto existing = std::ranges::find_if(
        terms, [](const QString &term) { return !severitiesOf(term).isEmpty(); });
    if (existing == terms.end()) {
        terms.prepend(severityPrefix + word);
        setTerms(terms);
        return;
    }
    QStringList words = severitiesOf(*existing);
    if (words.removeAll(word) == 0)
        words.append(word);
    if (words.isEmpty())
        terms.erase(existing);
    else
        *existing = severityPrefix + words.join(u',');
    setTerms(terms);
}

void FilterInput::toggleUnacknowledged()
{
    toggle(unacknowledgedTerm);
}

void FilterInput::toggleMine()
{
    toggle(mineTerm);
}

QStringList FilterInput::completions() const
{
    QStringList result;
    for (const FilterCompletion &completion : m_completions.items)
        result.append(completion.text);
    return result;
}

int FilterInput::currentCompletion() const
{
    return m_currentCompletion;
}

void FilterInput::setCurrentCompletion(int index)
{
    const int bounded = std::clamp(index, -1, int(m_completions.items.size()) - 1);
    if (std::exchange(m_currentCompletion, bounded) != bounded)
        Q_EMIT currentCompletionChanged();
}

void FilterInput::offerCompletions(int cursor)
{
    setCompletions(completeFilter(
        m_text, cursor, [this](const QString &field) { return knownValues(field); }));
}

void FilterInput::dropCompletions()
{
    setCompletions({});
}

void FilterInput::setCompletions(FilterCompletions completions)
{
    setCurrentCompletion(-1);
    const bool changed = m_completions.items != completions.items;
    m_completions = std::move(completions);
    if (changed)
        Q_EMIT completionsChanged();
}

int FilterInput::complete(int index)
{
    if (index < 0 || index >= m_completions.items.size())
        return -1;
    const FilterCompletions offered = m_completions;
    const FilterCompletion &chosen = offered.items[index];
    const bool ends = chosen.kind == FilterCompletion::Kind::Value;
    QString insertion = chosen.text;
    const QString rest = m_text.mid(offered.position + offered.length);
    // A value ends its term; behind a name or a sign the person goes on.
    if (ends && !rest.startsWith(u' '))
        insertion += u' ';
    const auto cursor = offered.position + insertion.size();
    setText(m_text.left(offered.position) + insertion + rest);
    offerCompletions(int(cursor));
    return int(cursor);
}

QStringList FilterInput::knownValues(const QString &field)
{
    if (!m_incidents)
        return {};
    if (!m_sinceKnown.isValid()
        || m_sinceKnown.hasExpired(std::chrono::milliseconds(knownFor).count())) {
        m_known.clear();
        m_sinceKnown.start();
    }
    if (const auto known = m_known.constFind(field); known != m_known.cend())
        return *known;
    QSet<QString> values;
    m_incidents->forEachIncident([&](const Incident &incident) {
        if (values.size() >= mostKnown)
            return;
        for (const QString &value : valuesOf(incident, field))
            values.insert(value);
    });
    values.remove(QString());
    QStringList sorted(values.cbegin(), values.cend());
    std::ranges::sort(sorted, [](const QString &left, const QString &right) {
        const int order = left.compare(right, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : left < right;
    });
    m_known.insert(field, sorted);
    return sorted;
}

} // namespace tocsin
