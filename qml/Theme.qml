// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma Singleton

import QtQuick
import Tocsin

/// Every size, colour and motion on the screen. Follows the system's palette unless told otherwise.
///
/// Contrast, measured by tests/qml: text at least 4.5:1 on what it stands on, marks at least 3:1.
/// The severity colours differ in lightness as well as in hue, and never stand without their shape
/// and their word.
QtObject {
    id: theme

    /// "system", "dark" or "light".
    property string scheme: "system"
    /// Multiplies every size, and half of it every space: 0.8 to 3.
    property real textScale: 1
    property bool reducedMotion: SystemPreferences.reducedMotion

    readonly property SystemPalette systemPalette: SystemPalette {}
    readonly property bool dark: theme.scheme === "dark"
        || (theme.scheme !== "light" && theme.systemPalette.window.hslLightness < 0.5)

    // Type: a ratio of about 1.25, and one size that is read across a room.
    readonly property real caption: 13 * theme.textScale
    readonly property real body: 15 * theme.textScale
    readonly property real title: 19 * theme.textScale
    readonly property real heading: 24 * theme.textScale
    readonly property real display: 60 * theme.textScale
    readonly property string fixedFamily: SystemPreferences.fixedFontFamily

    // Space: steps of four, that grow half as fast as the text, which needs the room.
    readonly property real spaceScale: (1 + theme.textScale) / 2
    readonly property real tiny: 4 * theme.spaceScale
    readonly property real small: 8 * theme.spaceScale
    readonly property real medium: 12 * theme.spaceScale
    readonly property real large: 16 * theme.spaceScale
    readonly property real wide: 24 * theme.spaceScale
    readonly property real vast: 40 * theme.spaceScale
    readonly property real radius: 8
    readonly property real line: 1
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

    readonly property color background: theme.dark ? "#0e1116" : "#eff2f6"
    readonly property color surface: theme.dark ? "#181d25" : "#ffffff"
    readonly property color sunken: theme.dark ? "#0a0c10" : "#f4f6f9"
    readonly property color outline: theme.dark ? "#2e3643" : "#d3d9e1"
    readonly property color text: theme.dark ? "#f2f5f9" : "#11151b"
    readonly property color textSecondary: theme.dark ? "#aeb9c7" : "#434d5a"
    readonly property color textMuted: theme.dark ? "#8a95a5" : "#5d6775"

    readonly property color accent: theme.dark ? "#3ed8c4" : "#08746a"
    readonly property color accentText: theme.dark ? "#04201c" : "#ffffff"

    /// What is not as it should be with the screen itself: not live, not authorised.
    readonly property color cautionBackground: theme.dark ? "#4d3805" : "#ffe9b3"
    readonly property color cautionText: theme.dark ? "#ffe4a6" : "#4a3000"
    readonly property color cautionLine: theme.dark ? "#ffb938" : "#b97a00"

    readonly property color critical: theme.dark ? "#ff6a5d" : "#cf1d1d"
    readonly property color warning: theme.dark ? "#ffb938" : "#f0a000"
    readonly property color unknown: theme.dark ? "#d9b8ff" : "#7a3fe0"
    readonly property color info: theme.dark ? "#5aa2ff" : "#1668cf"
    /// The sign inside a mark, on light colours and on dark ones.
    readonly property color darkSign: "#14100a"
    readonly property color lightSign: "#ffffff"
    readonly property color warningText: theme.dark ? theme.warning : "#7d4b00"

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
        return theme.dark || severity === Incident.Warning ? theme.darkSign : theme.lightSign;
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
