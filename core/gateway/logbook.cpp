// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logbook_p.h"

#include "gateway/logging_p.h"

namespace tocsin {

using std::chrono::duration_cast;
using std::chrono::seconds;

bool LineLimiter::admit(const QByteArray &kind, Moment now)
{
    auto it = m_windows.find(kind);
    if (it == m_windows.end())
        it = m_windows.insert(kind, {.begin = now});
    if (now - it->begin >= window)
        *it = {.begin = now, .lines = 0, .suppressed = it->suppressed};
    if (it->lines < mostLines) {
        ++it->lines;
        return true;
    }
    ++it->suppressed;
    return false;
}

QList<LineLimiter::Suppressed> LineLimiter::takeSuppressed(Moment now)
{
    QList<Suppressed> result;
    m_windows.removeIf([&](QHash<QByteArray, Window>::iterator it) {
        if (now - it->begin < window)
            return false;
        if (it->suppressed > 0)
            result.append({it.key(), it->suppressed});
        return true;
    });
    return result;
}

Outage::Report Outage::report(Moment now) const
{
    return {.failures = m_failures, .lasted = duration_cast<seconds>(now - m_began)};
}

std::optional<Outage::Report> Outage::failed(Moment now)
{
    if (m_failures++ == 0)
        m_began = now;
    else if (now - m_told < interval)
        return std::nullopt;
    m_told = now;
    return report(now);
}

std::optional<Outage::Report> Outage::worked(Moment now)
{
    if (m_failures == 0)
        return std::nullopt;
    const Report last = report(now);
    m_failures = 0;
    return last;
}

void Logbook::write(LogLevel level, const char *event, std::initializer_list<LogField> fields,
    const QByteArray &kind)
{
    if (!isOn(level))
        return;
    if (level != LogLevel::Debug) {
        const QByteArray key = kind.isEmpty() ? QByteArray(event) : event + (' ' + kind);
        const std::lock_guard lock(m_mutex);
        if (!m_limiter.admit(key, LineLimiter::Moment::clock::now()))
            return;
    }
    logEvent(level, event, fields);
}

void Logbook::tellSuppressed()
{
    tellSuppressedUntil(LineLimiter::Moment::clock::now());
}

void Logbook::finish()
{
    tellSuppressedUntil(LineLimiter::Moment::clock::now() + LineLimiter::window);
}

void Logbook::tellSuppressedUntil(LineLimiter::Moment moment)
{
    QList<LineLimiter::Suppressed> suppressed;
    {
        const std::lock_guard lock(m_mutex);
        suppressed = m_limiter.takeSuppressed(moment);
    }
    for (const LineLimiter::Suppressed &of : std::as_const(suppressed)) {
        logEvent(LogLevel::Info, "log.suppressed",
            {{"of", QString::fromUtf8(of.kind)}, {"lines", of.lines}});
    }
}

bool Logbook::isOn(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return gatewayLog().isDebugEnabled();
    case LogLevel::Info: return gatewayLog().isInfoEnabled();
    case LogLevel::Warning: return gatewayLog().isWarningEnabled();
    case LogLevel::Error: break;
    }
    return gatewayLog().isCriticalEnabled();
}

} // namespace tocsin
