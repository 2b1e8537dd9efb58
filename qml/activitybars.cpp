// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/activitybars.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

// A quarter of an hour, half an hour, one, two, three.
constexpr std::array counts{96, 48, 24, 12, 8};
// However few they are beside the others, they are seen.
constexpr qreal leastHeight = 2;

QString clockTime(const QDateTime &at)
{
    return at.time().toString(u"HH:mm"_s);
}

} // namespace

ActivityBars::ActivityBars(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    connect(this, &ActivityBars::looksChanged, this, [this] { read(); });
}

IncidentActivity *ActivityBars::activity() const
{
    return m_activity;
}

void ActivityBars::setActivity(IncidentActivity *activity)
{
    if (m_activity == activity)
        return;
    if (m_activity)
        m_activity->disconnect(this);
    m_activity = activity;
    if (activity)
        connect(activity, &IncidentActivity::changed, this, &ActivityBars::read);
    read();
    Q_EMIT activityChanged();
}

void ActivityBars::geometryChange(const QRectF &geometry, const QRectF &before)
{
    QQuickPaintedItem::geometryChange(geometry, before);
    if (geometry.size() != before.size())
        read();
}

void ActivityBars::read()
{
    update();
    std::vector<ActivityBar> bars;
    if (m_activity && width() > 0) {
        const auto fitting = std::ranges::find_if(
            counts, [this](int count) { return width() / count >= m_leastBarWidth; });
        bars = m_activity->bars(fitting == counts.end() ? counts.back() : *fitting);
    }
    const ActivityBar total = m_activity ? m_activity->total() : ActivityBar();
    // What the same bars stand for is another thing where less of the day was counted.
    const QDateTime knownFrom = m_activity ? m_activity->knownFrom() : QDateTime();
    const bool isComplete = m_activity && m_activity->isComplete();
    const bool knowsTheSame
        = std::exchange(m_knownFrom, knownFrom) == knownFrom && m_isComplete == isComplete;
    m_isComplete = isComplete;
    if (bars == m_bars && total == m_total && knowsTheSame)
        return;
    m_total = total;
    const qsizetype before = qsizetype(m_bars.size());
    m_bars = std::move(bars);
    Q_EMIT barsChanged();
    if (before != qsizetype(m_bars.size()))
        m_current = -1;
    Q_EMIT currentChanged();
}

int ActivityBars::count() const
{
    return int(m_bars.size());
}

bool ActivityBars::isBar(int bar) const
{
    return bar >= 0 && bar < count();
}

int ActivityBars::current() const
{
    return m_current;
}

void ActivityBars::setCurrent(int current)
{
    const int next = isBar(current) ? current : -1;
    if (std::exchange(m_current, next) == next)
        return;
    update();
    Q_EMIT currentChanged();
}

QString ActivityBars::textOf(const ActivityBar &bar) const
{
    const QDateTime from = toDateTime(bar.from).toLocalTime();
    const QDateTime to = toDateTime(bar.to).toLocalTime();
    QStringList severities;
    const std::array words{tr("%Ln critical", nullptr, int(bar.opened[0])),
        tr("%Ln warning(s)", nullptr, int(bar.opened[1])),
        tr("%Ln unknown", nullptr, int(bar.opened[2])),
        tr("%Ln info", nullptr, int(bar.opened[3]))};
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (bar.opened[i] > 0)
            severities += words[i];
    }
    const QString opened = tr("%Ln opened", nullptr, int(bar.openedInAll()));
    return tr("%1 to %2: %3, %4")
        .arg(clockTime(from), clockTime(to),
            severities.isEmpty() ? opened : tr("%1 (%2)").arg(opened, severities.join(u", "_s)),
            tr("%Ln resolved", nullptr, int(bar.resolved)));
}

QString ActivityBars::currentText() const
{
    return isBar(m_current) ? textOf(m_bars[std::size_t(m_current)]) : QString();
}

QString ActivityBars::summary() const
{
    const QDateTime from = m_activity ? m_activity->knownFrom().toLocalTime() : QDateTime();
    if (!from.isValid())
        return tr("The last 24 hours are not known.");
    const QString openedWords = tr("%Ln opened", nullptr, int(m_total.openedInAll()));
    const QString resolvedWords = tr("%Ln resolved", nullptr, int(m_total.resolved));
    QString text = m_activity->isComplete()
        ? tr("Last 24 hours: %1, %2.").arg(openedWords, resolvedWords)
        : tr("Counted since %1: %2, %3.").arg(clockTime(from), openedWords, resolvedWords);
    const auto most = std::ranges::max_element(m_bars, {}, &ActivityBar::openedInAll);
    if (most != m_bars.end() && most->openedInAll() > 0) {
        text += u' '
            + tr("Most were opened from %1 on.")
                  .arg(clockTime(toDateTime(most->from).toLocalTime()));
    }
    return text;
}

QVariantList ActivityBars::marks() const
{
    QVariantList marks;
    if (m_bars.empty())
        return marks;
    const QDateTime from = toDateTime(m_bars.front().from).toLocalTime();
    const QDateTime to = toDateTime(m_bars.back().to).toLocalTime();
    const qreal length = qreal(from.msecsTo(to));
    for (QDate day = from.date(); day <= to.date(); day = day.addDays(1)) {
        for (const int hour : {0, 6, 12, 18}) {
            const QDateTime at(day, QTime(hour, 0));
            const qreal place = qreal(from.msecsTo(at)) / length;
            if (place >= 0 && place < 1)
                marks.append(QVariantMap{{u"place"_s, place}, {u"text"_s, clockTime(at)}});
        }
    }
    return marks;
}

int ActivityBars::barAt(qreal x) const
{
    if (m_bars.empty() || width() <= 0)
        return -1;
    const qreal along = m_mirrored ? width() - x : x;
    return std::clamp(int(std::floor(along / width() * count())), 0, count() - 1);
}

qreal ActivityBars::middleOf(int bar) const
{
    const qreal along = m_bars.empty() ? 0 : (bar + 0.5) * width() / count();
    return m_mirrored ? width() - along : along;
}

QDateTime ActivityBars::beginOf(int bar) const
{
    return isBar(bar) ? toDateTime(m_bars[std::size_t(bar)].from).toLocalTime() : QDateTime();
}

QDateTime ActivityBars::endOf(int bar) const
{
    return isBar(bar) ? toDateTime(m_bars[std::size_t(bar)].to).toLocalTime() : QDateTime();
}

void ActivityBars::paint(QPainter *painter)
{
    if (m_bars.empty())
        return;
    if (m_mirrored) {
        painter->translate(width(), 0);
        painter->scale(-1, 1);
    }
    qint64 mostOpened = 1;
    qint64 mostResolved = 1;
    for (const ActivityBar &bar : m_bars) {
        mostOpened = std::max(mostOpened, bar.openedInAll());
        mostResolved = std::max(mostResolved, bar.resolved);
    }
    // One measure for both. Where one is a small part of the other, it has a fifth nevertheless.
    const qreal line = 1;
    const qreal room = height() - line;
    const qreal share
        = std::clamp(qreal(mostOpened) / qreal(mostOpened + mostResolved), qreal(0.2), qreal(0.8));
    const qreal base = std::round(room * share);
    const qreal each = std::min(base / qreal(mostOpened), (room - base) / qreal(mostResolved));
    const auto heightOf = [&](qint64 number, qreal most) {
        return number == 0 ? 0 : std::clamp(std::round(qreal(number) * each), leastHeight, most);
    };
    const qreal step = width() / count();
    const qreal gap = step > 6 ? 2 : 1;
    for (int i = 0; i < count(); ++i) {
        const ActivityBar &bar = m_bars[std::size_t(i)];
        // On whole pixels: so bars and gaps are all of a width, or differ by one.
        const qreal left = std::round(i * step);
        const qreal right = std::round((i + 1) * step);
        const bool isChosen = m_chosenFrom.isValid() && toDateTime(bar.from) < m_chosenTo
            && toDateTime(bar.to) > m_chosenFrom;
        const QRectF ground(left, 0, right - left, height());
        if (isChosen)
            painter->fillRect(ground, m_chosenColor);
        if (i == m_current)
            painter->fillRect(ground, m_currentColor);
        const qreal width = std::max(right - left - gap, qreal(1));
        qreal top = base;
        for (qsizetype severity = 0; severity < 4 && severity < m_colors.size(); ++severity) {
            const qreal tall = heightOf(bar.opened[std::size_t(severity)], top);
            if (tall <= 0)
                continue;
            top -= tall;
            // A line between two, so that they are told apart without their colours.
            const qreal inset = top + tall < base && tall > leastHeight ? 1 : 0;
            painter->fillRect(QRectF(left, top, width, tall - inset), m_colors[severity]);
        }
        painter->fillRect(
            QRectF(left, base + line, width, heightOf(bar.resolved, room - base)), m_resolvedColor);
    }
    painter->fillRect(QRectF(0, base, width(), line), m_lineColor);
}

} // namespace tocsin
