// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma Singleton

import QtQuick
import Tocsin

/// Every size, colour and motion on the screen. Follows the desktop's appearance unless told
/// otherwise.
///
/// Contrast, measured by tests/qml: text at least 4.5:1 on what it stands on, marks at least 3:1;
/// with high contrast 7:1, and marks, lines and focus 4.5:1; who brings colours of their own sees to
/// that. The severity colours never stand without their shape and their word.
QtObject {
    id: theme

    /// "system", "dark" or "light".
    property string scheme: "system"
    /// "system", "normal" or "high".
    property string contrast: "system"
    /// "usual", or "limited": severities that are told apart without red and green, or without blue.
    property string colorVision: "usual"
    /// Multiplies every size, and half of it every space: 0.8 to 3.
    property real textScale: 1
    property bool reducedMotion: SystemPreferences.reducedMotion

    readonly property SystemPalette systemPalette: SystemPalette {}
    readonly property bool dark: theme.scheme === "dark" || (theme.scheme !== "light"
        && (SystemPreferences.colorScheme === SystemPreferences.NoPreference
            ? theme.systemPalette.window.hslLightness < 0.5
            : SystemPreferences.colorScheme === SystemPreferences.Dark))
    readonly property bool highContrast: theme.contrast === "high"
        || (theme.contrast !== "normal" && SystemPreferences.highContrast)
    readonly property themePalette palette: ThemePalettes.of(
        theme.dark ? ThemePalettes.Dark : ThemePalettes.Light,
        theme.highContrast ? ThemePalettes.HighContrast : ThemePalettes.NormalContrast,
        theme.colorVision === "limited" ? ThemePalettes.LimitedVision : ThemePalettes.UsualVision)

    // Type, corners and colours are not read only: a program with a theme of its own binds as many or
    // as few of them as it likes.

    // Type: a ratio of about 1.25, and one size that is read across a room.
    property real caption: 13 * theme.textScale
    property real body: 15 * theme.textScale
    property real title: 19 * theme.textScale
    property real heading: 24 * theme.textScale
    property real display: 60 * theme.textScale
    property string fixedFamily: SystemPreferences.fixedFontFamily

    // Space: steps of four, that grow half as fast as the text, which needs the room.
    readonly property real spaceScale: (1 + theme.textScale) / 2
    readonly property real tiny: 4 * theme.spaceScale
    readonly property real small: 8 * theme.spaceScale
    readonly property real medium: 12 * theme.spaceScale
    readonly property real large: 16 * theme.spaceScale
    readonly property real wide: 24 * theme.spaceScale
    readonly property real vast: 40 * theme.spaceScale
    property real radius: 8
    readonly property real line: theme.highContrast ? 2 : 1
    /// Of what the keyboard is on, or what is chosen.
    readonly property real strongLine: theme.highContrast ? 3 : 2
    /// Below this width things stand under each other rather than side by side.
    readonly property real compactWidth: 640 * theme.textScale
    /// Below this width not even two short things stand side by side.
    readonly property real narrowWidth: 340 * theme.textScale
    /// Below this height what stands above the list is kept short.
    readonly property real lowHeight: 440 * theme.textScale
    /// From this width on an incident stands beside the list rather than over it.
    readonly property real besideWidth: 960 * theme.textScale
    /// How wide it is there, in a window of that width.
    function paneWidth(width: real): real {
        return Math.min(680 * theme.textScale, Math.max(400 * theme.textScale, width * 0.4));
    }

    property color background: theme.palette.background
    property color surface: theme.palette.surface
    property color sunken: theme.palette.sunken
    property color alarmed: theme.palette.alarmed
    property color outline: theme.palette.outline
    property color text: theme.palette.text
    property color textSecondary: theme.palette.textSecondary
    property color textMuted: theme.palette.textMuted
    property color accent: theme.palette.accent
    property color accentText: theme.palette.accentText
    property color cautionBackground: theme.palette.cautionBackground
    property color cautionText: theme.palette.cautionText
    property color cautionLine: theme.palette.cautionLine
    property color critical: theme.palette.critical
    property color warning: theme.palette.warning
    property color unknown: theme.palette.unknown
    property color info: theme.palette.info
    property color warningText: theme.palette.warningText
    /// Over what a sheet is not about.
    readonly property color curtain: Qt.alpha("#000000", theme.highContrast ? 0.8 : 0.5)

    /// How opaque what counts less is. With high contrast nothing is paler for that.
    function faded(opacity: real): real {
        return theme.highContrast ? 1 : opacity;
    }
    /// A button's colour where nothing can be done with it: with high contrast that is not paleness.
    function enabledColor(color: color, enabled: bool): color {
        return theme.highContrast && !enabled ? theme.textMuted : color;
    }

    readonly property bool motion: !theme.reducedMotion
    /// A row that comes or goes.
    readonly property int motionDuration: theme.motion ? 220 : 0

    /// Of a severity's mark.
    function severityColor(severity: int): color {
        return [theme.critical, theme.warning, theme.unknown, theme.info][severity];
    }
    /// Of a severity's word.
    function severityTextColor(severity: int): color {
        return severity === Incident.Warning ? theme.warningText : theme.severityColor(severity);
    }
    /// Of the sign inside a severity's mark.
    function severitySignColor(severity: int): color {
        return ThemePalettes.signOn(theme.severityColor(severity));
    }
    /// Of a monitor's mark, of its word, and the word itself.
    function monitorColor(state: int): color {
        return [theme.critical, theme.warning, theme.unknown, theme.accent][state];
    }
    function monitorTextColor(state: int): color {
        return state === MonitorModel.Degraded ? theme.warningText : theme.monitorColor(state);
    }
    function monitorWord(state: int): string {
        return [qsTr("Down"), qsTr("Degraded"), qsTr("Unknown"), qsTr("Up")][state];
    }
    function severityWord(severity: int): string {
        return [qsTr("Critical"), qsTr("Warning"), qsTr("Unknown"), qsTr("Info")][severity];
    }
}
