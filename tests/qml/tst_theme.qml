// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import Tocsin

/// The colours hold: for weak eyes, in both themes, and without colour vision.
TestCase {
    id: test
    name: "Theme"

    function init() { failOnWarning(/.*/); }
    function cleanup() { Theme.scheme = "system"; }

    function channel(value) {
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    function luminance(color) {
        return 0.2126 * channel(color.r) + 0.7152 * channel(color.g) + 0.0722 * channel(color.b);
    }
    /// WCAG 2.1, contrast ratio.
    function contrast(one, other) {
        const high = Math.max(luminance(one), luminance(other));
        const low = Math.min(luminance(one), luminance(other));
        return (high + 0.05) / (low + 0.05);
    }

    function test_textIsReadable_data() { return [{tag: "dark"}, {tag: "light"}]; }
    function test_textIsReadable(data) {
        Theme.scheme = data.tag;
        const grounds = {background: Theme.background, surface: Theme.surface, sunken: Theme.sunken,
                         alarmed: Qt.tint(Theme.surface, Qt.alpha(Theme.critical, Theme.dark ? 0.13 : 0.08))};
        const texts = {text: Theme.text, secondary: Theme.textSecondary, muted: Theme.textMuted,
                       accent: Theme.accent};
        for (let severity = 0; severity < 4; ++severity)
            texts[Theme.severityWord(severity)] = Theme.severityTextColor(severity);
        for (const ground in grounds) {
            for (const text in texts) {
                const ratio = contrast(texts[text], grounds[ground]);
                verify(ratio >= 4.5, text + " on " + ground + ": " + ratio.toFixed(2));
            }
        }
        verify(contrast(Theme.cautionText, Theme.cautionBackground) >= 7);
        verify(contrast(Theme.accentText, Theme.accent) >= 4.5);
        for (let severity = 0; severity < 4; ++severity) {
            const ratio = contrast(Theme.severitySignColor(severity), Theme.severityColor(severity));
            verify(ratio >= 4.5, "sign of " + Theme.severityWord(severity) + ": " + ratio.toFixed(2));
        }
    }

    /// What a deuteranope sees of a colour (Viénot, Brettel and Mollon 1999), as linear light.
    function deuteranope(color) {
        const r = channel(color.r), g = channel(color.g), b = channel(color.b);
        const l = 17.8824 * r + 43.5161 * g + 4.11935 * b;
        const s = 0.02996 * r + 0.184309 * g + 1.46709 * b;
        const m = 0.494207 * l + 1.24827 * s;
        return [0.0809 * l - 0.1305 * m + 0.1167 * s, -0.0102 * l + 0.0540 * m - 0.1136 * s,
                -0.0004 * l - 0.0041 * m + 0.6935 * s];
    }
    function test_severitiesDifferWithoutRedAndGreen_data() { return [{tag: "dark"}, {tag: "light"}]; }
    function test_severitiesDifferWithoutRedAndGreen(data) {
        Theme.scheme = data.tag;
        for (let one = 0; one < 4; ++one) {
            for (let other = one + 1; other < 4; ++other) {
                const a = deuteranope(Theme.severityColor(one));
                const b = deuteranope(Theme.severityColor(other));
                const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
                verify(distance > 0.1, Theme.severityWord(one) + " and " + Theme.severityWord(other)
                       + ": " + distance.toFixed(3));
            }
        }
    }

    function test_followsTheSystemUnlessToldOtherwise() {
        compare(Theme.scheme, "system");
        compare(Theme.dark, Theme.systemPalette.window.hslLightness < 0.5);
        Theme.scheme = "dark";
        verify(Theme.dark);
        Theme.scheme = "light";
        verify(!Theme.dark);
    }
}
