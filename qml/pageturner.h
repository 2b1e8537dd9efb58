// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <chrono>
#include <vector>

namespace tocsin {

/// Which page of a wall is shown, and which screen of it where it needs several, as time goes by
/// and alarms come in. No clock and no timer: it is told the time, and says until when nothing
/// changes. Times may stand still and jump, as those of a machine that sleeps; they never go back.
///
/// Kept, whatever happens:
/// - page() is one of the pages, and screen() one of its screens; both are 0 where there is none.
/// - Every screen of every page comes up, each for its page's duration, in their order, unless an
///   alarm interrupts.
/// - An alarm's screen is shown for `hold` from the last alarm on, then for its page's duration, as
///   any other.
/// - One call turns at most one screen: after a long sleep nothing flickers by.
class TOCSIN_QML_EXPORT PageTurner
{
public:
    using Time = std::chrono::milliseconds;

    struct Page {
        /// How long each of its screens is shown; at least a second.
        std::chrono::milliseconds duration{20'000};
        /// How many it needs; at least one.
        int screens = 1;
    };

    /// Other pages, beginning with the first.
    void setPages(std::vector<Page> pages, Time now);
    /// The page needs that many now. Where it is shown at one that is no more, it is at its last.
    void setScreens(int page, int screens);
    /// How long an alarm stays.
    void setHold(std::chrono::milliseconds hold) { m_hold = hold; }
    /// As setPages() gives it, from its next turn on.
    void setDuration(int page, std::chrono::milliseconds duration);
    /// Something on that screen is to be seen at once; the page has at least so many. Does nothing
    /// where there is no such page.
    void alarm(int page, int screen, Time now);
    /// Turns, where it is time.
    void tick(Time now);

    [[nodiscard]] int page() const { return m_page; }
    [[nodiscard]] int screen() const { return m_screen; }
    /// Turning waits for an alarm to be seen.
    [[nodiscard]] bool isHeld() const { return m_held; }
    /// There is something to turn to.
    [[nodiscard]] bool turns() const;
    /// When tick() has something to do.
    [[nodiscard]] Time deadline() const { return m_deadline; }

private:
    void begin(Time now);

    std::vector<Page> m_pages;
    std::chrono::milliseconds m_hold{120'000};
    int m_page = 0;
    int m_screen = 0;
    bool m_held = false;
    Time m_deadline{};
};

} // namespace tocsin
