// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// How large the tiles of a grid can be, so that a few of them on a wall are read from far away and
/// many still fit.
class TOCSIN_QML_EXPORT TilePlan : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    static constexpr double largest = 3;

    using QObject::QObject;

    /// How many stand beside each other in that width, at least one.
    Q_INVOKABLE [[nodiscard]] int columns(double width, double tileWidth) const;
    /// By what tiles of that size can be multiplied so that all of them are seen at once: between
    /// 1, where they are too many for that, and `largest`, in quarters.
    Q_INVOKABLE [[nodiscard]] double zoom(
        int count, double width, double height, double tileWidth, double tileHeight) const;
};

} // namespace tocsin
