// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/settingsfile_p.h"

#include <QCoreApplication>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

struct SettingsFile {
    Q_DECLARE_TR_FUNCTIONS(SettingsFile)
};

} // namespace

std::unique_ptr<QSettings> settingsIn(const QString &file)
{
    if (!file.isEmpty())
        return std::make_unique<QSettings>(file, QSettings::IniFormat);
    return std::make_unique<QSettings>(
        QSettings::IniFormat, QSettings::UserScope, u"Tocsin"_s, u"dashboard"_s);
}

QString writeSettings(QSettings &settings)
{
    settings.sync();
    return settings.status() == QSettings::NoError
        ? QString()
        : SettingsFile::tr("The settings cannot be written to %1.").arg(settings.fileName());
}

} // namespace tocsin
