// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "colorsight.h"
#include "qml/themepalette.h"

#include <QMetaProperty>
#include <QTest>

using namespace tocsin;
using namespace colorsight;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array severities{
    Severity::Critical, Severity::Warning, Severity::Unknown, Severity::Info};

/// CIEDE2000. Colours side by side differ clearly from 10 on.
constexpr double farApart = 18;

} // namespace

/// The colours hold: for weak eyes, in every theme, and without colour vision.
class ThemePaletteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measuresAsPublished();
    void textIsReadable_data() { everyTheme(); }
    void textIsReadable();
    void linesAndMarksAreSeen_data() { everyTheme(); }
    void linesAndMarksAreSeen();
    void severitiesDifferForEveryEye_data();
    void severitiesDifferForEveryEye();
    void usualSeveritiesDifferWithoutRedAndGreen_data();
    void usualSeveritiesDifferWithoutRedAndGreen();
    void trayColoursDifferForEveryEye_data();
    void trayColoursDifferForEveryEye();

private:
    static void everyTheme()
    {
        QTest::addColumn<ThemePalette>("palette");
        QTest::addColumn<bool>("high");
        for (const auto brightness : {Brightness::Dark, Brightness::Light}) {
            for (const auto contrast : {Contrast::Normal, Contrast::High}) {
                for (const auto vision : {ColorVision::Usual, ColorVision::Limited}) {
                    QTest::addRow("%s, %s contrast, %s",
                        brightness == Brightness::Dark ? "dark" : "light",
                        contrast == Contrast::High ? "high" : "normal",
                        vision == ColorVision::Limited ? "limited" : "usual")
                        << themePalette(brightness, contrast, vision)
                        << (contrast == Contrast::High);
                }
            }
        }
    }
    static QColor named(const ThemePalette &palette, const char *name)
    {
        const QMetaObject &meta = ThemePalette::staticMetaObject;
        return meta.property(meta.indexOfProperty(name)).readOnGadget(&palette).value<QColor>();
    }
    static void expect(
        const ThemePalette &palette, const char *one, const char *other, double least)
    {
        const double ratio = contrast(named(palette, one), named(palette, other));
        QVERIFY2(ratio >= least,
            qPrintable(u"%1 on %2: %3"_s.arg(QLatin1StringView(one), QLatin1StringView(other))
                    .arg(ratio)));
    }
};

void ThemePaletteTest::measuresAsPublished()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    // Pairs 1, 7, 13 and 25 of Sharma, Wu and Dalal.
    const auto is = [](const Triple &one, const Triple &other, double published) {
        QVERIFY(std::abs(distance(one, other) - published) < 0.00005);
    };
    is({50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425);
    is({50, 0, 0}, {50, -1, 2}, 2.3669);
    is({50, -0.001, 2.49}, {50, 0.0011, -2.49}, 4.7461);
    is({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644);
    for (const Eye eye : eyes) {
        // Greys are the same to all, and the known confusions are there.
        QVERIFY(distance(eye, QColor(120, 120, 120), Qt::white) > 30);
        const Triple grey = seenBy(eye, light(QColor(120, 120, 120)));
        for (const double value : grey)
            QVERIFY(std::abs(value - linear(120 / 255.0)) < 0.001);
    }
    const QColor red(0xb0, 0x40, 0x30);
    const QColor green(0x60, 0x70, 0x30);
    QVERIFY(distance(Eye::Usual, red, green) > 40);
    QVERIFY(distance(Eye::Deuteranope, red, green) < distance(Eye::Usual, red, green) / 2);
}

void ThemePaletteTest::textIsReadable()
{
    QFETCH(ThemePalette, palette);
    QFETCH(bool, high);
    for (const char *ground : {"background", "surface", "sunken", "alarmed"}) {
        for (const char *text : {"text", "textSecondary", "textMuted", "accent", "critical",
                 "warningText", "unknown", "info"})
            expect(palette, text, ground, high ? 7 : 4.5);
    }
    expect(palette, "cautionText", "cautionBackground", 7);
    expect(palette, "accentText", "accent", high ? 7 : 4.5);
    for (const Severity severity : severities) {
        const QColor mark = palette.of(severity);
        QVERIFY2(contrast(signColorOn(mark), mark) >= 4.5, qPrintable(mark.name()));
    }
}

void ThemePaletteTest::linesAndMarksAreSeen()
{
    QFETCH(ThemePalette, palette);
    QFETCH(bool, high);
    const double least = high ? 4.5 : 3;
    for (const char *ground : {"background", "surface", "sunken", "alarmed"}) {
        expect(palette, "accent", ground, least);
        for (const char *mark : {"critical", "unknown", "info"})
            expect(palette, mark, ground, least);
        // The usual yellow of a light theme stands out by its sign and its word.
        if (high) {
            expect(palette, "warning", ground, least);
            expect(palette, "outline", ground, least);
            expect(palette, "cautionLine", ground, least);
        }
    }
    if (high)
        expect(palette, "cautionLine", "cautionBackground", least);
}

void ThemePaletteTest::severitiesDifferForEveryEye_data()
{
    QTest::addColumn<ThemePalette>("palette");
    for (const auto brightness : {Brightness::Dark, Brightness::Light}) {
        for (const auto contrast : {Contrast::Normal, Contrast::High}) {
            QTest::addRow("%s, %s contrast", brightness == Brightness::Dark ? "dark" : "light",
                contrast == Contrast::High ? "high" : "normal")
                << themePalette(brightness, contrast, ColorVision::Limited);
        }
    }
}

void ThemePaletteTest::severitiesDifferForEveryEye()
{
    QFETCH(ThemePalette, palette);
    for (const Eye eye : eyes) {
        for (const Severity one : severities) {
            for (const Severity other : severities) {
                if (one == other)
                    continue;
                const double apart = distance(eye, palette.of(one), palette.of(other));
                QVERIFY2(apart >= farApart,
                    qPrintable(u"%1 and %2, eye %3: %4"_s.arg(int(one))
                            .arg(int(other))
                            .arg(int(eye))
                            .arg(apart)));
            }
            for (const QColor &ground : {palette.background, palette.surface}) {
                const double apart = distance(eye, palette.of(one), ground);
                QVERIFY2(apart >= farApart,
                    qPrintable(u"%1 on %2, eye %3: %4"_s.arg(int(one))
                            .arg(ground.name())
                            .arg(int(eye))
                            .arg(apart)));
            }
        }
    }
}

void ThemePaletteTest::usualSeveritiesDifferWithoutRedAndGreen_data()
{
    QTest::addColumn<ThemePalette>("palette");
    for (const auto brightness : {Brightness::Dark, Brightness::Light}) {
        for (const auto contrast : {Contrast::Normal, Contrast::High}) {
            QTest::addRow("%s, %s contrast", brightness == Brightness::Dark ? "dark" : "light",
                contrast == Contrast::High ? "high" : "normal")
                << themePalette(brightness, contrast, ColorVision::Usual);
        }
    }
}

/// Who has chosen nothing tells them apart as well, if less easily.
void ThemePaletteTest::usualSeveritiesDifferWithoutRedAndGreen()
{
    QFETCH(ThemePalette, palette);
    for (const Severity one : severities) {
        for (const Severity other : severities) {
            const double apart = distance(Eye::Deuteranope, palette.of(one), palette.of(other));
            QVERIFY2(one == other || apart >= 7,
                qPrintable(u"%1 and %2: %3"_s.arg(int(one)).arg(int(other)).arg(apart)));
        }
    }
}

void ThemePaletteTest::trayColoursDifferForEveryEye_data()
{
    QTest::addColumn<bool>("high");
    QTest::newRow("normal contrast") << false;
    QTest::newRow("high contrast") << true;
}

void ThemePaletteTest::trayColoursDifferForEveryEye()
{
    QFETCH(bool, high);
    const auto color = [high](Severity severity) {
        return trayColor(severity, high ? Contrast::High : Contrast::Normal, ColorVision::Limited);
    };
    for (const Eye eye : eyes) {
        for (const Severity one : severities) {
            for (const Severity other : severities)
                QVERIFY(one == other || distance(eye, color(one), color(other)) >= farApart);
        }
    }
}

QTEST_GUILESS_MAIN(ThemePaletteTest)
#include "tst_themepalette.moc"
