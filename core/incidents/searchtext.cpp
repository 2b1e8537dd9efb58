// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/searchtext.h"

namespace tocsin {

namespace {

// Below this, moving everything together is not worth a thought.
constexpr std::size_t smallest = 1U << 20U;

/// Most text is ASCII, for which there is no need of tables of letters, nor of copies on the way:
/// a tenth of the time, in lists that arrive with thousands.
void appendLowered(std::string &text, const QString &part)
{
    const std::size_t before = text.size();
    text.reserve(before + std::size_t(part.size()));
    for (const QChar character : part) {
        const char16_t code = character.unicode();
        if (code >= 0x80) {
            text.resize(before);
            text += part.toLower().toStdString();
            return;
        }
        text += char(code >= u'A' && code <= u'Z' ? code + (u'a' - u'A') : code);
    }
}

} // namespace

std::string SearchText::textOf(const Incident &incident)
{
    std::string text;
    appendLowered(text, incident.title);
    const auto add = [&text](const QString &line) {
        if (line.isEmpty())
            return;
        text += '\n';
        appendLowered(text, line);
    };
    add(incident.service);
    add(incident.source);
    for (auto it = incident.labels.cbegin(); it != incident.labels.cend(); ++it) {
        text += '\n';
        appendLowered(text, it.key());
        text += '=';
        appendLowered(text, it.value());
    }
    for (auto it = incident.annotations.cbegin(); it != incident.annotations.cend(); ++it)
        add(it.value());
    return text;
}

SearchText::Slot SearchText::add(const Incident &incident)
{
    Slot slot = slotCount();
    if (m_free.empty()) {
        m_spans.emplace_back();
    } else {
        slot = m_free.back();
        m_free.pop_back();
    }
    put(slot, textOf(incident));
    return slot;
}

void SearchText::change(Slot slot, const Incident &incident)
{
    put(slot, textOf(incident));
}

void SearchText::remove(Slot slot)
{
    m_unused += m_spans[slot].length;
    m_spans[slot] = {};
    m_free.push_back(slot);
    compactIfWorthIt();
}

void SearchText::put(Slot slot, const std::string &text)
{
    Span &span = m_spans[slot];
    if (text.size() <= span.length) {
        m_text.replace(span.offset, text.size(), text);
        m_unused += span.length - text.size();
        span.length = text.size();
        return;
    }
    m_unused += span.length;
    span = {.offset = m_text.size(), .length = text.size()};
    m_text += text;
    compactIfWorthIt();
}

void SearchText::compactIfWorthIt()
{
    if (m_unused < smallest || m_unused < m_text.size() / 2)
        return;
    std::string text;
    text.reserve(m_text.size() - m_unused);
    for (Span &span : m_spans) {
        const std::size_t offset = text.size();
        text.append(m_text, span.offset, span.length);
        span.offset = offset;
    }
    m_text = std::move(text);
    m_unused = 0;
}

} // namespace tocsin
