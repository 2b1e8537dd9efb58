// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/tileplan.h"

#include <algorithm>
#include <cmath>

namespace tocsin {

int TilePlan::columns(double width, double tileWidth) const
{
    return tileWidth > 0 ? std::max(1, int(width / tileWidth)) : 1;
}

double TilePlan::zoom(
    int count, double width, double height, double tileWidth, double tileHeight) const
{
    constexpr double step = 0.25;
    for (double zoom = largest; zoom > 1; zoom -= step) {
        const double rows = std::ceil(double(count) / columns(width, tileWidth * zoom));
        if (tileWidth * zoom <= width && rows * tileHeight * zoom <= height)
            return zoom;
    }
    return 1;
}

} // namespace tocsin
