// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QTranslator>

#include <memory>

using namespace Qt::StringLiterals;

// In the global namespace, as rcc's code is.
static void initialiseResources()
{
    Q_INIT_RESOURCE(tocsin_translations);
}

namespace tocsin {

namespace {

const QString folder = u":/tocsin/translations"_s;

bool install(const QLocale &locale, const QString &name, const QString &directory)
{
    auto translator = std::make_unique<QTranslator>(QCoreApplication::instance());
    return translator->load(locale, name, u"_"_s, directory)
        && QCoreApplication::installTranslator(translator.release());
}

} // namespace

void installTranslations(const QLocale &locale)
{
    initialiseResources();
    // The words of Qt's own first: who comes later is asked first.
    (void)install(locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // The plurals of English, also where the system speaks another language, or none ("C").
    if (!install(locale, u"tocsin"_s, folder))
        (void)install(QLocale(QLocale::English), u"tocsin"_s, folder);
}

bool isTranslated(const QLocale &locale)
{
    return translatedLanguages().contains(locale.name().section(u'_', 0, 0));
}

QStringList translatedLanguages()
{
    initialiseResources();
    QStringList languages;
    for (const QString &file : QDir(folder).entryList({u"tocsin_*.qm"_s}, QDir::Files, QDir::Name))
        languages.append(file.section(u'_', 1).section(u'.', 0, 0));
    // The one that is always there.
    languages.removeAll(u"en"_s);
    languages.prepend(u"en"_s);
    return languages;
}

} // namespace tocsin
