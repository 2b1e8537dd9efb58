// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/pageturner.h"

#include <algorithm>

namespace tocsin {

using namespace std::chrono_literals;

void PageTurner::begin(Time now)
{
    m_held = false;
    m_deadline = now + (m_pages.empty() ? 0ms : m_pages[std::size_t(m_page)].duration);
}

void PageTurner::setPages(std::vector<Page> pages, Time now)
{
    m_pages = std::move(pages);
    for (Page &page : m_pages) {
        page.duration = std::max<std::chrono::milliseconds>(page.duration, 1s);
        page.screens = std::max(page.screens, 1);
    }
    m_page = 0;
    m_screen = 0;
    begin(now);
}

void PageTurner::setScreens(int page, int screens)
{
    if (page < 0 || page >= int(m_pages.size()))
        return;
    m_pages[std::size_t(page)].screens = std::max(screens, 1);
    if (page == m_page)
        m_screen = std::min(m_screen, std::max(screens, 1) - 1);
}

void PageTurner::setDuration(int page, std::chrono::milliseconds duration)
{
    if (page >= 0 && page < int(m_pages.size()))
        m_pages[std::size_t(page)].duration = std::max<std::chrono::milliseconds>(duration, 1s);
}

void PageTurner::alarm(int page, int screen, Time now)
{
    if (page < 0 || page >= int(m_pages.size()))
        return;
    m_page = page;
    m_screen = std::max(screen, 0);
    // Its view may not have said so yet.
    int &screens = m_pages[std::size_t(page)].screens;
    screens = std::max(screens, m_screen + 1);
    m_held = true;
    m_deadline = now + m_hold;
}

bool PageTurner::turns() const
{
    return m_pages.size() > 1 || (!m_pages.empty() && m_pages.front().screens > 1);
}

void PageTurner::tick(Time now)
{
    if (m_pages.empty() || now < m_deadline)
        return;
    if (!m_held) {
        if (++m_screen >= m_pages[std::size_t(m_page)].screens) {
            m_screen = 0;
            m_page = (m_page + 1) % int(m_pages.size());
        }
    }
    begin(now);
}

} // namespace tocsin
