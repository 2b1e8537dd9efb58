// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentfilter.h"
#include "incidents/incidentorder.h"
#include "incidents/incidentroles.h"
#include "incidents/searchtext.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace tocsin {

struct IncidentRow {
    /// The one of the store, which changes at once; what a change of it means for the row waits for
    /// the next frame. Of a removed incident, the last that was known.
    std::shared_ptr<const Incident> incident;
    /// Since the last frame.
    IncidentRoles changes;
    SearchText::Slot slot = 0;
    /// As which it is counted.
    Severity severity = Severity::Unknown;
    /// It was removed since.
    bool gone = false;
    /// The filter lets it pass, and it is among the rows that are shown.
    bool shown = false;
    /// It waits for the next frame.
    bool noted = false;
    /// Where it was last seen among the rows that are shown; a guess.
    int lastPlace = 0;
    IncidentKey key;
};

/// Rows in the order of their keys.
class SortedRows
{
public:
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] IncidentRow &at(int place) const { return *m_rows[std::size_t(place)]; }
    [[nodiscard]] int place(const IncidentKey &key) const
    {
        const auto found
            = std::ranges::lower_bound(m_rows, key, std::less<IncidentKey>(), keyOfRow);
        return int(found - m_rows.begin());
    }

    /// Of a row that is here. Mostly it is where it was, and nothing is searched: in a flood, the
    /// search through the keys was what an update cost most.
    [[nodiscard]] int placeOf(IncidentRow &row) const
    {
        if (std::size_t(row.lastPlace) >= m_rows.size()
            || m_rows[std::size_t(row.lastPlace)] != &row)
            row.lastPlace = place(row.key);
        return row.lastPlace;
    }

    /// Calls `begin(first, last)` and `end()` around the insertion of each run; `rows` in any
    /// order.
    template <typename Begin, typename End>
    void insert(std::vector<IncidentRow *> rows, Begin begin, End end)
    {
        std::ranges::sort(rows, std::less<IncidentKey>(), keyOfRow);
        // From the back, so that the places in front stay right.
        for (std::size_t last = rows.size(); last > 0;) {
            const int at = place(rows[last - 1]->key);
            std::size_t first = last - 1;
            while (first > 0 && place(rows[first - 1]->key) == at)
                --first;
            begin(at, at + int(last - first) - 1);
            m_rows.insert(m_rows.begin() + at, rows.begin() + qsizetype(first),
                rows.begin() + qsizetype(last));
            end();
            last = first;
        }
    }
    /// Likewise; the keys are the ones under which the rows are there.
    template <typename Begin, typename End>
    void remove(const std::vector<IncidentRow *> &rows, Begin begin, End end)
    {
        std::vector<int> places;
        places.reserve(rows.size());
        for (const IncidentRow *row : rows)
            places.push_back(place(row->key));
        std::ranges::sort(places);
        for (std::size_t last = places.size(); last > 0;) {
            std::size_t first = last - 1;
            while (first > 0 && places[first - 1] == places[first] - 1)
                --first;
            begin(places[first], places[last - 1]);
            m_rows.erase(m_rows.begin() + places[first], m_rows.begin() + places[last - 1] + 1);
            end();
            last = first;
        }
    }
    /// Moves a row to where `key` puts it, and gives it that key. `begin(from, to)`, with the place
    /// before which it comes, and `end()` are called where that is another place.
    template <typename Begin, typename End>
    void move(IncidentRow &row, const IncidentKey &key, Begin begin, End end)
    {
        const int from = place(row.key);
        const int to = place(key);
        if (to == from || to == from + 1) {
            row.key = key;
            return;
        }
        begin(from, to);
        row.key = key;
        const auto first = m_rows.begin();
        if (to > from)
            std::rotate(first + from, first + from + 1, first + to);
        else
            std::rotate(first + to, first + from, first + from + 1);
        end();
    }

    void replace(std::vector<IncidentRow *> sorted) { m_rows = std::move(sorted); }
    void sort() { std::ranges::sort(m_rows, std::less<IncidentKey>(), keyOfRow); }
    [[nodiscard]] const std::vector<IncidentRow *> &rows() const { return m_rows; }

private:
    static const IncidentKey &keyOfRow(const IncidentRow *row) { return row->key; }

    std::vector<IncidentRow *> m_rows;
};

/// How many of each severity.
class SeverityCounts
{
public:
    [[nodiscard]] int of(Severity severity) const { return m_counts[std::size_t(severity)]; }
    void add(Severity severity) { ++m_counts[std::size_t(severity)]; }
    void remove(Severity severity) { --m_counts[std::size_t(severity)]; }
    friend bool operator==(const SeverityCounts &, const SeverityCounts &) = default;

private:
    std::array<int, EnumNames<Severity>::entries.size()> m_counts{};
};

/// What is known of every incident, shown or not, and which of them a filter lets pass.
class KnownIncidents
{
public:
    [[nodiscard]] IncidentRow *find(const QString &uuid) const { return m_byUuid.value(uuid); }
    /// Of an incident of the store, by its address: an update costs less than by its uuid.
    [[nodiscard]] IncidentRow *find(const Incident &incident) const
    {
        return m_byAddress.value(&incident);
    }
    IncidentRow &add(std::shared_ptr<const Incident> incident, const IncidentKey &key)
    {
        const SearchText::Slot slot = m_text.add(*incident);
        m_bySlot.resize(std::max<std::size_t>(m_bySlot.size(), slot + 1));
        const Severity severity = incident->severity;
        m_bySlot[slot] = std::make_unique<IncidentRow>(IncidentRow{
            .incident = std::move(incident), .slot = slot, .severity = severity, .key = key});
        IncidentRow &row = *m_bySlot[slot];
        m_byUuid.insert(row.incident->uuid, &row);
        m_byAddress.insert(row.incident.get(), &row);
        return row;
    }
    /// The row's incident was removed, and is there again.
    void replace(IncidentRow &row, std::shared_ptr<const Incident> incident)
    {
        m_byAddress.remove(row.incident.get());
        row.incident = std::move(incident);
        m_byAddress.insert(row.incident.get(), &row);
    }
    /// What textOf() a row's incident gives may be another.
    void changeText(const IncidentRow &row) { m_text.change(row.slot, *row.incident); }
    void remove(const IncidentRow &row)
    {
        const SearchText::Slot slot = row.slot;
        m_byUuid.remove(row.incident->uuid);
        m_byAddress.remove(row.incident.get());
        m_text.remove(slot);
        m_bySlot[slot].reset();
    }
    [[nodiscard]] bool passes(const IncidentFilter &filter, const IncidentRow &row, Timestamp now,
        const QString &me) const
    {
        return filter.isEmpty()
            || filter.judge({*row.incident, m_text.at(row.slot), now, me}) != FilterVerdict::No;
    }
    /// All slots are below it; it never falls.
    [[nodiscard]] std::size_t slotCount() const { return m_bySlot.size(); }
    /// Whether the slot's incident passes; false for a slot without one.
    [[nodiscard]] bool passes(
        const IncidentFilter &filter, SearchText::Slot slot, Timestamp now, const QString &me) const
    {
        return m_bySlot[slot] && passes(filter, *m_bySlot[slot], now, me);
    }
    /// Whether each slot's incident passes; false for a slot without one.
    [[nodiscard]] std::vector<char> pass(const IncidentFilter &filter, const QString &me) const
    {
        std::vector<char> result(m_bySlot.size());
        const Timestamp now = timestampNow();
        const bool textOnly = filter.readsOnlyText();
        for (SearchText::Slot slot = 0; slot < m_bySlot.size(); ++slot) {
            if (!m_bySlot[slot])
                continue;
            result[slot] = textOnly ? filter.judgeText(m_text.at(slot)) != FilterVerdict::No
                                    : passes(filter, *m_bySlot[slot], now, me);
        }
        return result;
    }

private:
    SearchText m_text;
    std::vector<std::unique_ptr<IncidentRow>> m_bySlot;
    QHash<QString, IncidentRow *> m_byUuid;
    // A row keeps its incident, so that no other can be at its address.
    QHash<const Incident *, IncidentRow *> m_byAddress;
};

} // namespace tocsin
