// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/incident.h"

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// The text of many incidents, lower-cased and in UTF-8, one behind the other: a search through all
/// of them reads memory from front to back, and touches no incident.
///
/// Each has a number, its slot; slots of incidents that are gone are given out again.
class TOCSIN_INCIDENTS_EXPORT SearchText
{
public:
    using Slot = quint32;

    /// Title, service, source, labels (`name=value`) and annotations, a line each.
    [[nodiscard]] static std::string textOf(const Incident &incident);

    [[nodiscard]] Slot add(const Incident &incident);
    void change(Slot slot, const Incident &incident);
    void remove(Slot slot);

    /// Valid until the next change.
    [[nodiscard]] std::string_view at(Slot slot) const
    {
        return {m_text.data() + m_spans[slot].offset, m_spans[slot].length};
    }
    /// All slots are below it.
    [[nodiscard]] Slot slotCount() const { return Slot(m_spans.size()); }

private:
    struct Span {
        std::size_t offset = 0;
        std::size_t length = 0;
    };
    void put(Slot slot, const std::string &text);
    void compactIfWorthIt();

    std::string m_text;
    std::vector<Span> m_spans;
    std::vector<Slot> m_free;
    std::size_t m_unused = 0;
};

} // namespace tocsin
