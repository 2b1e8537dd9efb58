// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/bellshape.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace tocsin {

namespace {

/// In the unit square around the origin.
QPainterPath bell()
{
    QPainterPath path;
    path.moveTo(-0.4, 0.22);
    path.cubicTo(-0.24, 0.08, -0.32, -0.4, 0, -0.4);
    path.cubicTo(0.32, -0.4, 0.24, 0.08, 0.4, 0.22);
    path.closeSubpath();
    return path;
}

} // namespace

BellShape::BellShape(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

QColor BellShape::color() const
{
    return m_color;
}

void BellShape::setColor(const QColor &color)
{
    if (std::exchange(m_color, color) == color)
        return;
    update();
    Q_EMIT colorChanged();
}

bool BellShape::isCrossed() const
{
    return m_crossed;
}

void BellShape::setCrossed(bool crossed)
{
    if (std::exchange(m_crossed, crossed) == crossed)
        return;
    update();
    Q_EMIT crossedChanged();
}

void BellShape::paint(QPainter *painter)
{
    const double side = std::min(width(), height());
    painter->translate(width() / 2, height() / 2);
    painter->scale(side, side);
    constexpr double line = 0.08;
    QPen pen(m_color, line, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter->setPen(pen);
    painter->drawPath(bell());
    painter->drawLine(QPointF(-0.1, 0.38), QPointF(0.1, 0.38));
    if (!m_crossed)
        return;
    // Set apart from what it crosses, which it would hide itself in otherwise.
    const QLineF stroke(-0.38, -0.42, 0.4, 0.42);
    pen.setWidthF(3 * line);
    painter->setCompositionMode(QPainter::CompositionMode_DestinationOut);
    painter->setPen(pen);
    painter->drawLine(stroke);
    pen.setWidthF(line);
    painter->setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter->setPen(pen);
    painter->drawLine(stroke);
}

} // namespace tocsin
