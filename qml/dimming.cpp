// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/dimming.h"

#include <QPoint>
#include <QTime>

#include <algorithm>

namespace tocsin {

Dimming::Dimming(QObject *parent)
    : QObject(parent)
{
    connect(this, &Dimming::scheduleChanged, this, &Dimming::follow);
}

double Dimming::level() const
{
    return m_level;
}

void Dimming::setLevel(double level)
{
    m_level = std::clamp(level, least, 1.0);
    Q_EMIT scheduleChanged();
}

QDateTime Dimming::now() const
{
    return m_now;
}

void Dimming::setNow(const QDateTime &now)
{
    m_now = now;
    Q_EMIT nowChanged();
    follow();
}

double Dimming::brightness() const
{
    return m_brightness;
}

bool Dimming::isWithin(QTime time, QTime from, QTime to)
{
    if (!time.isValid() || !from.isValid() || !to.isValid() || from == to)
        return false;
    return from < to ? from <= time && time < to : from <= time || time < to;
}

void Dimming::follow()
{
    const QString format = QStringLiteral("HH:mm");
    const bool dimmed = !m_lifted
        && isWithin(m_now.toLocalTime().time(), QTime::fromString(m_from, format),
            QTime::fromString(m_to, format));
    const double brightness = dimmed ? m_level : 1;
    if (brightness == m_brightness)
        return;
    m_brightness = brightness;
    Q_EMIT brightnessChanged();
}

QPoint PixelShift::at(qint64 step, int extent)
{
    if (extent <= 0)
        return {};
    // Row by row, forth and back; then the same way home.
    const qint64 side = 2 * qint64(extent) + 1;
    const qint64 places = side * side;
    const qint64 round = 2 * (places - 1);
    qint64 place = ((step % round) + round) % round;
    if (place >= places)
        place = round - place;
    const qint64 row = place / side;
    const qint64 column = row % 2 == 0 ? place % side : side - 1 - place % side;
    return {int(column) - extent, int(row) - extent};
}

QPoint PixelShift::place() const
{
    constexpr qint64 minute = 60'000;
    return m_now.isValid() ? at(m_now.toMSecsSinceEpoch() / minute, m_extent) : QPoint();
}

int PixelShift::x() const
{
    return place().x();
}

int PixelShift::y() const
{
    return place().y();
}

} // namespace tocsin
