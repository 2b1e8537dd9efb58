// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

/// What a colour is to an eye, and how far two are from each other.
namespace colorsight {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

enum class Eye { Usual, Protanope, Deuteranope, Tritanope };
inline constexpr std::array eyes{Eye::Usual, Eye::Protanope, Eye::Deuteranope, Eye::Tritanope};

inline double linear(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

inline Triple light(const QColor &color)
{
    return {linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
}

inline double dot(const Triple &a, const Triple &b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

inline Triple times(const Matrix &matrix, const Triple &vector)
{
    return {dot(matrix[0], vector), dot(matrix[1], vector), dot(matrix[2], vector)};
}

/// WCAG 2.1, contrast ratio.
inline double contrast(const QColor &one, const QColor &other)
{
    const Triple weights{0.2126, 0.7152, 0.0722};
    const double a = dot(weights, light(one));
    const double b = dot(weights, light(other));
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

/// What such an eye sees, as linear light. Red and green as in Machado, Oliveira and Fernandes
/// 2009, at full severity; blue as in Brettel, Viénot and Mollon 1997, which has two half-planes
/// for it.
inline Triple seenBy(Eye eye, const Triple &rgb)
{
    static constexpr Matrix protanope{Triple{0.152286, 1.052583, -0.204868},
        Triple{0.114503, 0.786281, 0.099216}, Triple{-0.003882, -0.048116, 1.051998}};
    static constexpr Matrix deuteranope{Triple{0.367322, 0.860646, -0.227968},
        Triple{0.280085, 0.672501, 0.047413}, Triple{-0.011820, 0.042940, 0.968881}};
    static constexpr Matrix tritanopeHere{Triple{1.01277, 0.13548, -0.14826},
        Triple{-0.01243, 0.86812, 0.14431}, Triple{0.07589, 0.80500, 0.11911}};
    static constexpr Matrix tritanopeThere{Triple{0.93678, 0.18979, -0.12657},
        Triple{0.06154, 0.81526, 0.12320}, Triple{-0.37562, 1.12767, 0.24796}};
    static constexpr Triple tritanopeBorder{0.03901, -0.02788, -0.01113};

    Triple seen = rgb;
    switch (eye) {
    case Eye::Usual: break;
    case Eye::Protanope: seen = times(protanope, rgb); break;
    case Eye::Deuteranope: seen = times(deuteranope, rgb); break;
    case Eye::Tritanope:
        seen = times(dot(tritanopeBorder, rgb) >= 0 ? tritanopeHere : tritanopeThere, rgb);
        break;
    }
    for (double &value : seen)
        value = std::clamp(value, 0.0, 1.0);
    return seen;
}

/// CIE L*a*b* under D65.
inline Triple lab(const Triple &rgb)
{
    static constexpr Matrix toXyz{Triple{0.4124564, 0.3575761, 0.1804375},
        Triple{0.2126729, 0.7151522, 0.0721750}, Triple{0.0193339, 0.1191920, 0.9503041}};
    static constexpr Triple white{0.95047, 1, 1.08883};
    Triple f = times(toXyz, rgb);
    for (std::size_t i = 0; i < 3; ++i) {
        const double part = f[i] / white[i];
        f[i] = part > 216.0 / 24389 ? std::cbrt(part) : (24389.0 / 27 * part + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/// CIEDE2000 (Sharma, Wu and Dalal 2005): 1 is just to be seen by who looks for it.
inline double distance(const Triple &one, const Triple &other)
{
    using std::numbers::pi;
    const auto degrees = [](double value) { return value * pi / 180; };
    const double middle = (std::hypot(one[1], one[2]) + std::hypot(other[1], other[2])) / 2;
    const double g
        = 0.5 * (1 - std::sqrt(std::pow(middle, 7) / (std::pow(middle, 7) + std::pow(25, 7))));
    const double a1 = (1 + g) * one[1];
    const double a2 = (1 + g) * other[1];
    const double c1 = std::hypot(a1, one[2]);
    const double c2 = std::hypot(a2, other[2]);
    const auto hue = [](double b, double a) {
        const double angle = std::atan2(b, a);
        return angle < 0 ? angle + 2 * pi : angle;
    };
    const double h1 = hue(one[2], a1);
    const double h2 = hue(other[2], a2);
    const bool grey = c1 * c2 == 0;
    double dh = grey ? 0 : h2 - h1;
    if (dh > pi)
        dh -= 2 * pi;
    else if (dh < -pi)
        dh += 2 * pi;
    const double dL = other[0] - one[0];
    const double dC = c2 - c1;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2);
    const double L = (one[0] + other[0]) / 2;
    const double C = (c1 + c2) / 2;
    double h = h1 + h2;
    if (!grey) {
        h /= 2;
        if (std::abs(h1 - h2) > pi)
            h += h < pi ? pi : -pi;
    }
    const double t = 1 - 0.17 * std::cos(h - degrees(30)) + 0.24 * std::cos(2 * h)
        + 0.32 * std::cos(3 * h + degrees(6)) - 0.20 * std::cos(4 * h - degrees(63));
    const double sL = 1 + 0.015 * std::pow(L - 50, 2) / std::sqrt(20 + std::pow(L - 50, 2));
    const double sC = 1 + 0.045 * C;
    const double sH = 1 + 0.015 * C * t;
    const double turn = degrees(30) * std::exp(-std::pow((h - degrees(275)) / degrees(25), 2));
    const double rT
        = -std::sin(2 * turn) * 2 * std::sqrt(std::pow(C, 7) / (std::pow(C, 7) + std::pow(25, 7)));
    return std::sqrt(std::pow(dL / sL, 2) + std::pow(dC / sC, 2) + std::pow(dH / sH, 2)
        + rT * dC / sC * dH / sH);
}

inline double distance(Eye eye, const QColor &one, const QColor &other)
{
    return distance(lab(seenBy(eye, light(one))), lab(seenBy(eye, light(other))));
}

} // namespace colorsight
