// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/filtercompletion.h"
#include "incidents/incidentmodel.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QPointer>

namespace tocsin {

/// What a person types to filter incidents, applied to their model as it is typed.
///
/// While a word of the text is wrong, which every word is for a moment, the others apply without
/// it, and `errorText` says what is wrong and where.
class TOCSIN_INCIDENTS_EXPORT FilterInput : public QObject
{
    Q_OBJECT
    Q_PROPERTY(tocsin::IncidentModel *incidents READ incidents WRITE setIncidents NOTIFY
            incidentsChanged REQUIRED)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    /// Something is filtered out, or may be: the model's filter is not empty.
    Q_PROPERTY(bool active READ isActive NOTIFY textChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY textChanged)
    /// The part of the text that `errorText` is about; behind the text where something is missing.
    Q_PROPERTY(int errorPosition READ errorPosition NOTIFY textChanged)
    Q_PROPERTY(int errorLength READ errorLength NOTIFY textChanged)
    /// The severities that the filter asks for, a bit each (1 << Incident.Critical); 0 where it
    /// asks for none.
    Q_PROPERTY(int severityBits READ severityBits NOTIFY textChanged)
    Q_PROPERTY(bool unacknowledgedOnly READ isUnacknowledgedOnly NOTIFY textChanged)
    Q_PROPERTY(bool mineOnly READ isMineOnly NOTIFY textChanged)
    /// The span that the filter asks for with `opened:`, its end not in it; no moments where it
    /// asks for none, or for one without an end.
    Q_PROPERTY(QDateTime openedFrom READ openedFrom NOTIFY textChanged)
    Q_PROPERTY(QDateTime openedTo READ openedTo NOTIFY textChanged)
    /// What could stand at the cursor, and which of them is chosen; -1 where none is.
    Q_PROPERTY(QStringList completions READ completions NOTIFY completionsChanged)
    Q_PROPERTY(int currentCompletion READ currentCompletion WRITE setCurrentCompletion NOTIFY
            currentCompletionChanged)

public:
    /// What "mine" and "unacknowledged" add to a filter.
    static constexpr QStringView mineTerm = u"assignee:@me";
    static constexpr QStringView unacknowledgedTerm = u"status:open";

    using QObject::QObject;

    [[nodiscard]] IncidentModel *incidents() const;
    void setIncidents(IncidentModel *incidents);
    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    [[nodiscard]] bool isActive() const;
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] int errorPosition() const;
    [[nodiscard]] int errorLength() const;
    [[nodiscard]] int severityBits() const;
    [[nodiscard]] bool isUnacknowledgedOnly() const;
    [[nodiscard]] bool isMineOnly() const;
    [[nodiscard]] QDateTime openedFrom() const;
    [[nodiscard]] QDateTime openedTo() const;
    [[nodiscard]] QStringList completions() const;
    [[nodiscard]] int currentCompletion() const;
    void setCurrentCompletion(int index);

    Q_INVOKABLE void clear();
    /// Asks for a severity as well, or no longer.
    Q_INVOKABLE void toggleSeverity(const QString &word);
    Q_INVOKABLE void toggleUnacknowledged();
    Q_INVOKABLE void toggleMine();

    /// Asks for what was opened from the one to before the other, whole minutes, in place of
    /// another span; not any more, where it asks for just that.
    Q_INVOKABLE void toggleOpened(const QDateTime &from, const QDateTime &to);

    /// Offers what could stand at `cursor`; nothing is offered before.
    Q_INVOKABLE void offerCompletions(int cursor);
    Q_INVOKABLE void dropCompletions();
    /// Puts a completion in its place, and returns where the cursor belongs then; -1 where there is
    /// no such completion.
    Q_INVOKABLE int complete(int index);

Q_SIGNALS:
    void incidentsChanged();
    void textChanged();
    void completionsChanged();
    void currentCompletionChanged();

private:
    void apply();
    void toggle(QStringView term);
    [[nodiscard]] std::pair<QDateTime, QDateTime> openedSpan() const;
    void setTerms(const QStringList &terms);
    void setCompletions(FilterCompletions completions);
    [[nodiscard]] QStringList knownValues(const QString &field);

    QPointer<IncidentModel> m_incidents;
    QString m_text;
    IncidentFilter m_filter;
    QStringList m_terms;
    std::optional<FilterError> m_error;
    FilterCompletions m_completions;
    int m_currentCompletion = -1;
    // Looking through all incidents for each letter would be felt.
    QHash<QString, QStringList> m_known;
    QElapsedTimer m_sinceKnown;
};

} // namespace tocsin
