// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import Tocsin

/// It follows the desktop, and what it is told. Its colours: tst_themepalette.cpp.
TestCase {
    id: test
    name: "Theme"

    function init() { failOnWarning(/.*/); }
    function cleanup() {
        Theme.scheme = "system";
        Theme.contrast = "system";
        Theme.colorVision = "usual";
    }

    function test_followsTheSystemUnlessToldOtherwise() {
        compare(Theme.scheme, "system");
        compare(Theme.dark, SystemPreferences.colorScheme === SystemPreferences.NoPreference
            ? Theme.systemPalette.window.hslLightness < 0.5
            : SystemPreferences.colorScheme === SystemPreferences.Dark);
        compare(Theme.highContrast, SystemPreferences.highContrast);
        Theme.scheme = "dark";
        verify(Theme.dark);
        Theme.scheme = "light";
        verify(!Theme.dark);
    }

    function test_highContrastMakesNothingPale() {
        Theme.contrast = "normal";
        verify(!Theme.highContrast);
        compare(Theme.faded(0.5), 0.5);
        compare(Theme.enabledColor("#123456", false), "#123456");
        const line = Theme.line;
        Theme.contrast = "high";
        verify(Theme.highContrast);
        compare(Theme.faded(0.5), 1);
        compare(Theme.enabledColor("#123456", true), "#123456");
        compare(Theme.enabledColor("#123456", false), Theme.textMuted);
        verify(Theme.line > line);
    }

    function test_eachChoiceHasColoursOfItsOwn() {
        const seen = [];
        for (const scheme of ["dark", "light"]) {
            for (const contrast of ["normal", "high"]) {
                for (const colorVision of ["usual", "limited"]) {
                    Theme.scheme = scheme;
                    Theme.contrast = contrast;
                    Theme.colorVision = colorVision;
                    const colors = [Theme.background, Theme.text, Theme.critical, Theme.info].join();
                    verify(!seen.includes(colors), scheme + " " + contrast + " " + colorVision);
                    seen.push(colors);
                }
            }
        }
    }
}
