// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/incident.h"
#include "qml/export.h"

#include <QColor>
#include <QQuickPaintedItem>

namespace tocsin {

enum class Filling { Filled, Hollow };
enum class Sign { Shown, Left };

/// Draws the shape of a severity into the square of that side whose middle is the origin. Without
/// its sign there is room for something else in it.
TOCSIN_QML_EXPORT void paintSeverity(QPainter &painter, double side, Severity severity,
    const QColor &color, const QColor &signColor, Filling filling, Sign sign);

/// The shape of a severity: octagon, triangle, diamond or circle, each with its own sign in it, so
/// that it is told apart without its colour. Hollow once somebody has taken it on.
class TOCSIN_QML_EXPORT SeverityShape : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int severity READ severity WRITE setSeverity NOTIFY severityChanged)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    /// Of the sign in a filled shape.
    Q_PROPERTY(QColor signColor READ signColor WRITE setSignColor NOTIFY signColorChanged)
    Q_PROPERTY(bool hollow READ isHollow WRITE setHollow NOTIFY hollowChanged)

public:
    explicit SeverityShape(QQuickItem *parent = nullptr);

    [[nodiscard]] int severity() const;
    void setSeverity(int severity);
    [[nodiscard]] QColor color() const;
    void setColor(const QColor &color);
    [[nodiscard]] QColor signColor() const;
    void setSignColor(const QColor &color);
    [[nodiscard]] bool isHollow() const;
    void setHollow(bool hollow);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void severityChanged();
    void colorChanged();
    void signColorChanged();
    void hollowChanged();

private:
    Severity m_severity = Severity::Unknown;
    QColor m_color = Qt::black;
    QColor m_signColor = Qt::white;
    bool m_hollow = false;
};

} // namespace tocsin
