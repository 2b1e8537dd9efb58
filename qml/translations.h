// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QLocale>
#include <QString>
#include <QStringList>

namespace tocsin {

/// Lets the components, and what the libraries say to a person, speak the language of `locale`, for
/// the rest of the program: Tocsin's own translations, which are in the library, and Qt's where
/// they are installed. Where there is none, English stays; English needs it too, for its plurals.
/// To be called once, after QCoreApplication is made and before QML is loaded. Main thread.
///
/// Dates and numbers follow QLocale's default, which this does not change.
TOCSIN_QML_EXPORT void installTranslations(const QLocale &locale = QLocale());

/// Whether there is a translation for it, so that the window also begins its lines where the
/// language does.
[[nodiscard]] TOCSIN_QML_EXPORT bool isTranslated(const QLocale &locale);
/// The languages that are complete, such as "de", with "en" first.
[[nodiscard]] TOCSIN_QML_EXPORT QStringList translatedLanguages();

} // namespace tocsin
