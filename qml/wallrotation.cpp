// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/wallrotation.h"

#include <algorithm>

namespace tocsin {

using std::chrono::milliseconds;
using std::chrono::seconds;

WallRotation::WallRotation(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_turner.tick(now());
        follow();
    });
}

PageTurner::Time WallRotation::now() const
{
    return milliseconds(m_clock.elapsed());
}

WallPages *WallRotation::pages() const
{
    return m_pages;
}

void WallRotation::setPages(WallPages *pages)
{
    if (m_pages == pages)
        return;
    if (m_pages)
        disconnect(m_pages, nullptr, this, nullptr);
    m_pages = pages;
    if (pages)
        connect(pages, &WallPages::countChanged, this, &WallRotation::readPages);
    readPages();
    Q_EMIT pagesChanged();
}

void WallRotation::readPages()
{
    const QList<WallPage *> known = m_pages ? m_pages->pages() : QList<WallPage *>();
    if (!known.isEmpty() && std::exchange(m_known, known) == known) {
        // A page has changed: how many screens each needs is as its view has said.
        for (qsizetype i = 0; i < known.size(); ++i)
            m_turner.setDuration(int(i), seconds(known[i]->seconds()));
        return;
    }
    m_known = known;
    std::vector<PageTurner::Page> pages;
    for (const WallPage *const page : known)
        pages.push_back({seconds(page->seconds()), 1});
    m_turner.setPages(std::move(pages), now());
    follow();
}

int WallRotation::holdSeconds() const
{
    return m_holdSeconds;
}

void WallRotation::setHoldSeconds(int length)
{
    if (m_holdSeconds == length)
        return;
    m_holdSeconds = length;
    m_turner.setHold(seconds(length));
    Q_EMIT holdSecondsChanged();
}

int WallRotation::page() const
{
    return m_turner.page();
}

int WallRotation::screen() const
{
    return m_turner.screen();
}

bool WallRotation::isHeld() const
{
    return m_turner.isHeld();
}

void WallRotation::setScreens(int page, int screens)
{
    m_turner.setScreens(page, screens);
    follow();
}

void WallRotation::alarm(int page, int screen)
{
    m_turner.alarm(page, screen, now());
    follow();
}

void WallRotation::follow()
{
    if (m_turner.turns() || m_turner.isHeld())
        m_timer.start(std::max(milliseconds(1), m_turner.deadline() - now()));
    else
        m_timer.stop();
    Q_EMIT turned();
}

} // namespace tocsin
