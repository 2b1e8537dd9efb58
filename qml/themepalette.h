// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/incident.h"
#include "qml/export.h"

#include <QColor>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

enum class Brightness { Dark, Light };
enum class Contrast { Normal, High };
/// Limited: without red and green, or without blue.
enum class ColorVision { Usual, Limited };

/// All colours of a theme. What holds of them is held by tests/qml/tst_themepalette.cpp.
struct TOCSIN_QML_EXPORT ThemePalette {
    Q_GADGET
    QML_VALUE_TYPE(themePalette)
    Q_PROPERTY(QColor background MEMBER background)
    Q_PROPERTY(QColor surface MEMBER surface)
    Q_PROPERTY(QColor sunken MEMBER sunken)
    Q_PROPERTY(QColor alarmed MEMBER alarmed)
    Q_PROPERTY(QColor outline MEMBER outline)
    Q_PROPERTY(QColor text MEMBER text)
    Q_PROPERTY(QColor textSecondary MEMBER textSecondary)
    Q_PROPERTY(QColor textMuted MEMBER textMuted)
    Q_PROPERTY(QColor accent MEMBER accent)
    Q_PROPERTY(QColor accentText MEMBER accentText)
    Q_PROPERTY(QColor cautionBackground MEMBER cautionBackground)
    Q_PROPERTY(QColor cautionText MEMBER cautionText)
    Q_PROPERTY(QColor cautionLine MEMBER cautionLine)
    Q_PROPERTY(QColor critical MEMBER critical)
    Q_PROPERTY(QColor warning MEMBER warning)
    Q_PROPERTY(QColor unknown MEMBER unknown)
    Q_PROPERTY(QColor info MEMBER info)
    Q_PROPERTY(QColor warningText MEMBER warningText)

public:
    QColor background;
    QColor surface;
    QColor sunken;
    /// Under a critical incident that nobody has taken on.
    QColor alarmed;
    QColor outline;
    QColor text;
    QColor textSecondary;
    QColor textMuted;
    QColor accent;
    /// On what is filled with the accent.
    QColor accentText;
    /// What is not as it should be with the screen itself: not live, not authorised.
    QColor cautionBackground;
    QColor cautionText;
    QColor cautionLine;
    /// Of the severities' marks, and of their words but for the warning's.
    QColor critical;
    QColor warning;
    QColor unknown;
    QColor info;
    QColor warningText;

    [[nodiscard]] QColor of(Severity severity) const;
    /// Of the severity's word.
    [[nodiscard]] QColor textOf(Severity severity) const;
};

[[nodiscard]] TOCSIN_QML_EXPORT ThemePalette themePalette(
    Brightness brightness, Contrast contrast, ColorVision vision);
/// A sign's colour in a mark of this one: dark or light, whichever is seen better.
[[nodiscard]] TOCSIN_QML_EXPORT QColor signColorOn(const QColor &mark);
/// Severities on panels of any colour, whose brightness nobody knows.
[[nodiscard]] TOCSIN_QML_EXPORT QColor trayColor(
    Severity severity, Contrast contrast, ColorVision vision);

/// The palettes, as Theme.qml has them.
class TOCSIN_QML_EXPORT ThemePalettes : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    enum BrightnessWord { Dark = int(Brightness::Dark), Light = int(Brightness::Light) };
    Q_ENUM(BrightnessWord)
    enum ContrastWord {
        NormalContrast = int(Contrast::Normal),
        HighContrast = int(Contrast::High)
    };
    Q_ENUM(ContrastWord)
    enum VisionWord {
        UsualVision = int(ColorVision::Usual),
        LimitedVision = int(ColorVision::Limited)
    };
    Q_ENUM(VisionWord)

    using QObject::QObject;

    Q_INVOKABLE [[nodiscard]] tocsin::ThemePalette of(
        int brightness, int contrast, int vision) const;
    Q_INVOKABLE [[nodiscard]] QColor signOn(const QColor &mark) const;
};

} // namespace tocsin
