// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/wakewatch_p.h"

#ifdef Q_OS_LINUX
#include <QSocketNotifier>

#include <cerrno>
#include <limits>

#include <sys/timerfd.h>
#include <unistd.h>
#endif

namespace tocsin {

#ifdef Q_OS_LINUX

// A timer on the wall clock that can be cancelled by its being set: the kernel sets it on resume
// (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET). It needs no permission and no service.
WakeWatch::WakeWatch(QObject *parent)
    : QObject(parent)
    , m_timer(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (m_timer < 0)
        return;
    arm();
    auto *const notifier = new QSocketNotifier(m_timer, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &WakeWatch::read);
}

WakeWatch::~WakeWatch()
{
    // The notifier must not outlive what it watches.
    delete findChild<QSocketNotifier *>();
    if (m_timer >= 0)
        ::close(m_timer);
}

void WakeWatch::arm()
{
    itimerspec never{};
    // In 2038 on what still has 32 bits for it, and then a wake-up too many a year.
    never.it_value.tv_sec = std::numeric_limits<qint32>::max();
    if constexpr (sizeof(never.it_value.tv_sec) > sizeof(qint32))
        never.it_value.tv_sec = qint64(1) << 33; // the year 2242; the kernel's own end is 2262
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, nullptr);
}

void WakeWatch::read()
{
    quint64 expirations = 0;
    const auto got = ::read(m_timer, &expirations, sizeof(expirations));
    const bool cancelled = got < 0 && errno == ECANCELED;
    if (!cancelled)
        return;
    // First, so that a suspend that comes while this one is dealt with is not missed.
    arm();
    Q_EMIT woke();
}

#else

WakeWatch::WakeWatch(QObject *parent)
    : QObject(parent)
{
}

WakeWatch::~WakeWatch() = default;

void WakeWatch::arm() { }

void WakeWatch::read() { }

#endif

} // namespace tocsin
