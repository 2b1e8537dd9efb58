// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/themepalette.h"

#include <algorithm>
#include <cmath>

namespace tocsin {

namespace {

constexpr QRgb darkSign = 0xff14100a;
constexpr QRgb lightSign = 0xffffffff;

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

ThemePalette dark()
{
    return {.background = rgb(0x0e1116),
        .surface = rgb(0x181d25),
        .sunken = rgb(0x0a0c10),
        .alarmed = {},
        .outline = rgb(0x2e3643),
        .text = rgb(0xf2f5f9),
        .textSecondary = rgb(0xaeb9c7),
        .textMuted = rgb(0x8a95a5),
        .accent = rgb(0x3ed8c4),
        .accentText = rgb(0x04201c),
        .cautionBackground = rgb(0x4d3805),
        .cautionText = rgb(0xffe4a6),
        .cautionLine = rgb(0xffb938),
        .critical = rgb(0xff6a5d),
        .warning = rgb(0xffb938),
        .unknown = rgb(0xd9b8ff),
        .info = rgb(0x5aa2ff),
        .warningText = rgb(0xffb938)};
}

ThemePalette light()
{
    return {.background = rgb(0xeff2f6),
        .surface = rgb(0xffffff),
        .sunken = rgb(0xf4f6f9),
        .alarmed = {},
        .outline = rgb(0xd3d9e1),
        .text = rgb(0x11151b),
        .textSecondary = rgb(0x434d5a),
        .textMuted = rgb(0x5d6775),
        .accent = rgb(0x08746a),
        .accentText = rgb(0xffffff),
        .cautionBackground = rgb(0xffe9b3),
        .cautionText = rgb(0x4a3000),
        .cautionLine = rgb(0xb97a00),
        .critical = rgb(0xcf1d1d),
        .warning = rgb(0xf0a000),
        .unknown = rgb(0x5a1fc0),
        .info = rgb(0x1668cf),
        .warningText = rgb(0x7d4b00)};
}

ThemePalette highDark()
{
    return {.background = rgb(0x000000),
        .surface = rgb(0x000000),
        .sunken = rgb(0x000000),
        .alarmed = {},
        .outline = rgb(0x9aa4b2),
        .text = rgb(0xffffff),
        .textSecondary = rgb(0xe4e9f0),
        .textMuted = rgb(0xbfc8d4),
        .accent = rgb(0x5ff5e0),
        .accentText = rgb(0x000000),
        .cautionBackground = rgb(0x2e2100),
        .cautionText = rgb(0xfff0c8),
        .cautionLine = rgb(0xffc857),
        .critical = rgb(0xff8a80),
        .warning = rgb(0xffc247),
        .unknown = rgb(0xe0c8ff),
        .info = rgb(0x7fbaff),
        .warningText = rgb(0xffc247)};
}

ThemePalette highLight()
{
    return {.background = rgb(0xffffff),
        .surface = rgb(0xffffff),
        .sunken = rgb(0xffffff),
        .alarmed = {},
        .outline = rgb(0x5b6470),
        .text = rgb(0x000000),
        .textSecondary = rgb(0x1f2630),
        .textMuted = rgb(0x3a434f),
        .accent = rgb(0x00524a),
        .accentText = rgb(0xffffff),
        .cautionBackground = rgb(0xfff1cc),
        .cautionText = rgb(0x2e1e00),
        .cautionLine = rgb(0x7a5000),
        .critical = rgb(0x990f0f),
        .warning = rgb(0x935f00),
        .unknown = rgb(0x3d0a91),
        .info = rgb(0x0b4a9e),
        .warningText = rgb(0x633f00)};
}

/// Vermilion, yellow, near white or near black, and blue: of the colours of Okabe and Ito those
/// that, as light or dark as these, keep furthest apart for each kind of colour blindness. Found by
/// a search for the largest smallest distance; near white and near black instead of purple, which
/// to some is blue and to others grey.
void limit(ThemePalette &palette, Brightness brightness, Contrast contrast)
{
    const bool high = contrast == Contrast::High;
    if (brightness == Brightness::Dark) {
        palette.critical = rgb(high ? 0xff7379 : 0xf55f66);
        palette.warning = palette.warningText = rgb(high ? 0xffd112 : 0xffc200);
        palette.unknown = rgb(high ? 0xe7e4ed : 0xf0eef4);
        palette.info = rgb(high ? 0x59aade : 0x2f9be4);
        return;
    }
    palette.critical = rgb(high ? 0x700a0a : 0x8f0d0a);
    palette.warning = rgb(high ? 0x8a6a0c : 0xb08000);
    palette.warningText = rgb(high ? 0x5c4300 : 0x6b4d00);
    palette.unknown = rgb(high ? 0x190041 : 0x1c0a3a);
    palette.info = rgb(high ? 0x0b4aa8 : 0x1668cf);
}

double luminance(const QColor &color)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor &below, const QColor &above, float part)
{
    const auto mix = [part](float a, float b) { return a + (b - a) * part; };
    return QColor::fromRgbF(mix(below.redF(), above.redF()), mix(below.greenF(), above.greenF()),
        mix(below.blueF(), above.blueF()));
}

} // namespace

QColor ThemePalette::of(Severity severity) const
{
    switch (severity) {
    case Severity::Critical: return critical;
    case Severity::Warning: return warning;
    case Severity::Unknown: return unknown;
    case Severity::Info: break;
    }
    return info;
}

QColor ThemePalette::textOf(Severity severity) const
{
    return severity == Severity::Warning ? warningText : of(severity);
}

ThemePalette themePalette(Brightness brightness, Contrast contrast, ColorVision vision)
{
    const bool isDark = brightness == Brightness::Dark;
    ThemePalette palette = contrast == Contrast::High ? (isDark ? highDark() : highLight())
                                                      : (isDark ? dark() : light());
    if (vision == ColorVision::Limited)
        limit(palette, brightness, contrast);
    // What stands on it is to be read as well as elsewhere.
    const float tint = contrast == Contrast::High ? 0.05F : isDark ? 0.13F : 0.08F;
    palette.alarmed = mixed(palette.surface, palette.critical, tint);
    return palette;
}

QColor signColorOn(const QColor &mark)
{
    const double there = luminance(mark) + 0.05;
    const double onDark = there / (luminance(rgb(darkSign)) + 0.05);
    const double onLight = 1.05 / there;
    return rgb(onDark > onLight ? darkSign : lightSign);
}

QColor trayColor(Severity severity, Contrast contrast, ColorVision vision)
{
    // Drawn with a dark edge around it, a light colour holds on a light panel as well.
    if (contrast == Contrast::High || vision == ColorVision::Limited)
        return themePalette(Brightness::Dark, contrast, vision).of(severity);
    switch (severity) {
    case Severity::Critical: return rgb(0xe0362b);
    case Severity::Warning: return rgb(0xf5a800);
    case Severity::Unknown: return rgb(0x8a4fe8);
    case Severity::Info: break;
    }
    return rgb(0x2478dc);
}

ThemePalette ThemePalettes::of(int brightness, int contrast, int vision) const
{
    return themePalette(Brightness(brightness), Contrast(contrast), ColorVision(vision));
}

QColor ThemePalettes::signOn(const QColor &mark) const
{
    return signColorOn(mark);
}

} // namespace tocsin
