// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QColor>
#include <QQuickPaintedItem>

namespace tocsin {

/// A bell; with a stroke through it where it does not ring.
class TOCSIN_QML_EXPORT BellShape : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    Q_PROPERTY(bool crossed READ isCrossed WRITE setCrossed NOTIFY crossedChanged)

public:
    explicit BellShape(QQuickItem *parent = nullptr);

    [[nodiscard]] QColor color() const;
    void setColor(const QColor &color);
    [[nodiscard]] bool isCrossed() const;
    void setCrossed(bool crossed);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void colorChanged();
    void crossedChanged();

private:
    QColor m_color = Qt::black;
    bool m_crossed = false;
};

} // namespace tocsin
