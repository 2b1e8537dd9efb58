// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/severitytable.h"

namespace tocsin {

namespace {

// In doubt the worse one: a word that means little to one sender means much to another.
constexpr std::pair<Severity, QStringView> usualWords[] = {
    {Severity::Critical, u"critical crit fatal emergency emerg disaster page error err high major"},
    {Severity::Critical, u"p1 p2 sev1 sev2 1 2"},
    {Severity::Warning, u"warning warn medium moderate average minor p3 sev3 3"},
    {Severity::Info,
        u"info information informational notice low none debug ok p4 p5 sev4 sev5 4 5"},
};

} // namespace

SeverityTable::SeverityTable()
{
    for (const auto &[severity, words] : usualWords) {
        for (const QStringView word : words.split(u' '))
            m_words.insert(word.toString(), severity);
    }
}

void SeverityTable::set(const QString &word, Severity severity)
{
    m_words.insert(word.trimmed().toLower(), severity);
}

Severity SeverityTable::find(const QString &word) const
{
    return m_words.value(word.trimmed().toLower(), Severity::Unknown);
}

} // namespace tocsin
