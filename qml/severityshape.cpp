// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/severityshape.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin {

namespace {

/// A polygon in the unit square around the origin, its first corner at `turn` (in corners).
QPainterPath polygon(int corners, double turn, double radius)
{
    QPolygonF points;
    for (int i = 0; i < corners; ++i) {
        const double angle = (i + turn) * 2 * std::numbers::pi / corners - std::numbers::pi / 2;
        points.append({radius * std::cos(angle), radius * std::sin(angle)});
    }
    QPainterPath path;
    path.addPolygon(points);
    path.closeSubpath();
    return path;
}

QPainterPath outline(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return polygon(8, 0.5, 0.5);
    // Set lower than its centre, so that it stands where the others do.
    case Severity::Warning: return polygon(3, 0, 0.54).translated(0, 0.1);
    case Severity::Unknown: return polygon(4, 0, 0.52);
    case Severity::Info: break;
    }
    QPainterPath path;
    path.addEllipse(QPointF(), 0.47, 0.47);
    return path;
}

/// The sign is drawn, not written: a font's glyphs differ in height and place.
QPainterPath sign(Severity severity)
{
    constexpr double half = 0.055;
    QPainterPath path;
    switch (severity) {
    case Severity::Critical:
    case Severity::Warning: {
        const double down = severity == Severity::Warning ? 0.09 : 0;
        path.addRoundedRect(QRectF(-half, -0.25 + down, 2 * half, 0.3), half, half);
        path.addEllipse(QPointF(0, 0.19 + down), half * 1.25, half * 1.25);
        return path;
    }
    case Severity::Info:
        path.addEllipse(QPointF(0, -0.2), half * 1.25, half * 1.25);
        path.addRoundedRect(QRectF(-half, -0.07, 2 * half, 0.3), half, half);
        return path;
    case Severity::Unknown: break;
    }
    QPainterPath hook;
    hook.moveTo(-0.13, -0.11);
    hook.cubicTo(-0.13, -0.31, 0.15, -0.31, 0.13, -0.1);
    hook.cubicTo(0.12, -0.02, 0.0, -0.02, 0.0, 0.08);
    QPainterPathStroker stroker;
    stroker.setWidth(2 * half);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    path = stroker.createStroke(hook);
    path.addEllipse(QPointF(0, 0.22), half * 1.25, half * 1.25);
    return path;
}

} // namespace

SeverityShape::SeverityShape(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

int SeverityShape::severity() const
{
    return int(m_severity);
}

void SeverityShape::setSeverity(int severity)
{
    const auto next = Severity(std::clamp(severity, int(Severity::Critical), int(Severity::Info)));
    if (std::exchange(m_severity, next) == next)
        return;
    update();
    Q_EMIT severityChanged();
}

QColor SeverityShape::color() const
{
    return m_color;
}

void SeverityShape::setColor(const QColor &color)
{
    if (std::exchange(m_color, color) == color)
        return;
    update();
    Q_EMIT colorChanged();
}

QColor SeverityShape::signColor() const
{
    return m_signColor;
}

void SeverityShape::setSignColor(const QColor &color)
{
    if (std::exchange(m_signColor, color) == color)
        return;
    update();
    Q_EMIT signColorChanged();
}

bool SeverityShape::isHollow() const
{
    return m_hollow;
}

void SeverityShape::setHollow(bool hollow)
{
    if (std::exchange(m_hollow, hollow) == hollow)
        return;
    update();
    Q_EMIT hollowChanged();
}

void SeverityShape::paint(QPainter *painter)
{
    painter->translate(width() / 2, height() / 2);
    paintSeverity(*painter, std::min(width(), height()), m_severity, m_color, m_signColor,
        m_hollow ? Filling::Hollow : Filling::Filled, Sign::Shown);
}

void paintSeverity(QPainter &painter, double side, Severity severity, const QColor &color,
    const QColor &signColor, Filling filling, Sign signShown)
{
    painter.scale(side, side);
    constexpr double line = 0.08;
    const bool hollow = filling == Filling::Hollow;
    // Drawn inwards, so that hollow and filled shapes are of one size.
    const double inset = hollow ? 1 - line : 1 - line / 2;
    painter.scale(inset, inset);
    painter.setPen(
        QPen(color, hollow ? line : line / 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (!hollow)
        painter.setBrush(color);
    painter.drawPath(outline(severity));
    if (signShown == Sign::Shown)
        painter.fillPath(sign(severity), hollow ? color : signColor);
}

} // namespace tocsin
