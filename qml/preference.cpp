// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/preference.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

using Kind = Preference::Kind;

std::vector<Preference> makeTable()
{
    return {
        {"theme", Kind::Choice, QT_TRANSLATE_NOOP("tocsin::Preferences", "Colours"),
            QT_TRANSLATE_NOOP(
                "tocsin::Preferences", "Light on dark, dark on light, or as the desktop has it."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "theme dark mode light mode night"),
            u"system"_s,
            {{"system", QT_TRANSLATE_NOOP("tocsin::Preferences", "As the desktop")},
                {"dark", QT_TRANSLATE_NOOP("tocsin::Preferences", "Dark")},
                {"light", QT_TRANSLATE_NOOP("tocsin::Preferences", "Light")}}},
        {"contrast", Kind::Choice, QT_TRANSLATE_NOOP("tocsin::Preferences", "Contrast"),
            QT_TRANSLATE_NOOP("tocsin::Preferences",
                "High: stronger text, lines and marks, and nothing is pale."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "theme accessibility sight bright sun"),
            u"system"_s,
            {{"system", QT_TRANSLATE_NOOP("tocsin::Preferences", "As the desktop")},
                {"normal", QT_TRANSLATE_NOOP("tocsin::Preferences", "Normal")},
                {"high", QT_TRANSLATE_NOOP("tocsin::Preferences", "High")}}},
        {"colorVision", Kind::Choice, QT_TRANSLATE_NOOP("tocsin::Preferences", "Severity colours"),
            QT_TRANSLATE_NOOP("tocsin::Preferences",
                "Colours that are told apart with every kind of colour blindness. Shapes and "
                "words always stand with them."),
            QT_TRANSLATE_NOOP("tocsin::Preferences",
                "theme accessibility sight colour-blind color vision red green"),
            u"usual"_s,
            {{"usual", QT_TRANSLATE_NOOP("tocsin::Preferences", "Usual")},
                {"limited", QT_TRANSLATE_NOOP("tocsin::Preferences", "Colour-blind")}}},
        {"textSize", Kind::Number, QT_TRANSLATE_NOOP("tocsin::Preferences", "Text size"),
            QT_TRANSLATE_NOOP("tocsin::Preferences",
                "In percent, and of everything with it: 100 at a desk, more on a wall."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "font scale zoom large small"), 100, {}, 80,
            300, 10},
        {"reducedMotion", Kind::Choice, QT_TRANSLATE_NOOP("tocsin::Preferences", "Reduced motion"),
            QT_TRANSLATE_NOOP(
                "tocsin::Preferences", "Rows come, go and move without being animated."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "animation accessibility"), u"system"_s,
            {{"system", QT_TRANSLATE_NOOP("tocsin::Preferences", "As the desktop")},
                {"on", QT_TRANSLATE_NOOP("tocsin::Preferences", "On")},
                {"off", QT_TRANSLATE_NOOP("tocsin::Preferences", "Off")}}},
        {"sort", Kind::Choice, QT_TRANSLATE_NOOP("tocsin::Preferences", "Order of the list"),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "As it was chosen last, above the list."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "sort"), u"severity"_s,
            // Numbered like incidentview::Order.
            {{"severity", QT_TRANSLATE_NOOP("tocsin::Preferences", "Severity")},
                {"newest", QT_TRANSLATE_NOOP("tocsin::Preferences", "Newest")},
                {"oldest", QT_TRANSLATE_NOOP("tocsin::Preferences", "Oldest")},
                {"service", QT_TRANSLATE_NOOP("tocsin::Preferences", "Service")}}},
        {"group", Kind::Choice, QT_TRANSLATE_NOOP("tocsin::Preferences", "Groups in the list"),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "As they were chosen last, above the list."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "sections headings"), u"none"_s,
            // Numbered like incidentview::Group.
            {{"none", QT_TRANSLATE_NOOP("tocsin::Preferences", "None")},
                {"severity", QT_TRANSLATE_NOOP("tocsin::Preferences", "Severity")},
                {"service", QT_TRANSLATE_NOOP("tocsin::Preferences", "Service")},
                {"source", QT_TRANSLATE_NOOP("tocsin::Preferences", "Source")}}},
        {"keepLists", Kind::Switch, QT_TRANSLATE_NOOP("tocsin::Preferences", "Keep the last list"),
            QT_TRANSLATE_NOOP("tocsin::Preferences",
                "At the next start it is shown, marked as not confirmed, until the server has "
                "sent its own. From then on for servers that are connected anew."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "cache offline disk privacy"), true},
        {"ownGateway", Kind::Switch,
            QT_TRANSLATE_NOOP("tocsin::Preferences", "Receive incidents on this computer"),
            QT_TRANSLATE_NOOP("tocsin::Preferences",
                "A gateway of its own, on 127.0.0.1, which Alertmanager and others here can send "
                "to. It runs wherever no other server is shown."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "gateway server local embedded demonstration"),
            true},
        {"autostart", Kind::Switch,
            QT_TRANSLATE_NOOP("tocsin::Preferences", "Start when you log in"),
            QT_TRANSLATE_NOOP("tocsin::Preferences",
                "On this computer. The desktop's own settings for it say the same."),
            QT_TRANSLATE_NOOP("tocsin::Preferences", "autostart login session boot startup"), false,
            {}, 0, 0, 1, true},
    };
}

} // namespace

const std::vector<Preference> &preferenceTable()
{
    static const std::vector<Preference> entries = makeTable();
    return entries;
}

const Preference *preferenceOf(const QString &key)
{
    const auto &table = preferenceTable();
    const auto found = std::ranges::find_if(
        table, [&](const Preference &entry) { return key == QLatin1StringView(entry.key); });
    return found == table.end() ? nullptr : &*found;
}

int chosenOf(const Preference &entry, const QVariant &value)
{
    const auto found = std::ranges::find_if(entry.choices,
        [&](const auto &choice) { return value.toString() == QLatin1StringView(choice.first); });
    return int(found - entry.choices.begin());
}

std::optional<QVariant> acceptedValue(const Preference &entry, const QVariant &value)
{
    switch (entry.kind) {
    case Kind::Choice: {
        const QString word = value.toString();
        const bool known = std::ranges::any_of(entry.choices,
            [&](const auto &choice) { return word == QLatin1StringView(choice.first); });
        return known ? std::optional<QVariant>(word) : std::nullopt;
    }
    case Kind::Number: {
        bool isNumber = false;
        const double number = value.toDouble(&isNumber);
        const bool fits = isNumber && number >= entry.minimum && number <= entry.maximum
            && number == int(number);
        return fits ? std::optional<QVariant>(int(number)) : std::nullopt;
    }
    case Kind::Switch:
        // In the settings it is a word.
        if (value.typeId() == QMetaType::Bool || value == u"true"_s || value == u"false"_s)
            return value.toBool();
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace tocsin
