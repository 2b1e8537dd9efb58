// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/kioskprogram.h"

#include "kiosk/kiosk.h"
#include "picture.h"
#include "service/servicemanager.h"

#include <QGuiApplication>
#include <QQmlEngine>
#include <QScreen>
#include <QStandardPaths>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

enum ExitStatus { Done = 0, Failed = 1 };

void say(const QString &sentence)
{
    std::fprintf(stdout, "%s\n", qPrintable(sentence));
    std::fflush(stdout);
}

void complain(const QString &sentence)
{
    std::fprintf(stderr, "tocsin: %s\n", qPrintable(sentence));
}

Kiosk::Settings settingsOf(const CommandLine &commandLine)
{
    Kiosk::Settings settings;
    settings.file = commandLine.configurationFile;
    settings.server = commandLine.server;
    settings.alternatives = commandLine.alternatives;
    settings.tokenFile = commandLine.tokenFile;
    settings.rooms = commandLine.namedRooms;
    settings.theme = commandLine.theme;
    settings.contrast = commandLine.contrast;
    settings.colorVision = commandLine.colorVision;
    settings.cacheDirectory
        = QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/kiosk-lists"_s;
    settings.cacheAllowed = commandLine.cache == CommandLine::Cache::Keep;
    const bool takesPicture = !commandLine.screenshot.isEmpty();
    settings.silent = takesPicture;
    if (takesPicture || commandLine.sizeGiven)
        settings.windowed = commandLine.size;
    return settings;
}

} // namespace

QString screenList()
{
    QString list;
    for (const QScreen *const screen : QGuiApplication::screens()) {
        list += u"%1  %2x%3  %4\n"_s.arg(screen->name())
                    .arg(screen->geometry().width())
                    .arg(screen->geometry().height())
                    .arg(u"%1 %2"_s.arg(screen->manufacturer(), screen->model()).trimmed());
    }
    return list;
}

int runKiosk(const CommandLine &commandLine)
{
    RenderWatchdog watchdog(ServiceManager::fromEnvironment());
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QGuiApplication::setOverrideCursor(Qt::BlankCursor);
    QQmlEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s);
    QObject::connect(&engine, &QQmlEngine::quit, qGuiApp, &QGuiApplication::quit);

    Kiosk kiosk(settingsOf(commandLine), engine);
    QObject::connect(&kiosk, &Kiosk::said, &kiosk, &say);
    QObject::connect(&kiosk, &Kiosk::complained, &kiosk, &complain);
    QObject::connect(&kiosk, &Kiosk::windowOpened, &watchdog,
        [&watchdog](QQuickWindow *window) { watchdog.watch(*window); });
    if (const auto started = kiosk.start(); !started) {
        complain(started.error().message);
        return Failed;
    }

    DisplayKeeper keeper;
    QObject::connect(
        &keeper, &DisplayKeeper::answered, &keeper, [](const QString &who, bool agreed) {
            say(agreed ? u"Asked %1 to keep the screens on."_s.arg(who)
                       : u"There is no %1 to be asked to keep the screens on."_s.arg(
                             QString(who).remove(u"the "_s)));
        });
    std::unique_ptr<Picture> picture;
    if (!commandLine.screenshot.isEmpty() && !kiosk.windows().isEmpty()) {
        picture = std::make_unique<Picture>(
            *kiosk.windows().constFirst(), *kiosk.feed(), commandLine.screenshot);
        QObject::connect(
            picture.get(), &Picture::taken, picture.get(), [](bool, const QString &sentence) {
                say(sentence);
                QCoreApplication::exit(Done);
            });
        QObject::connect(
            picture.get(), &Picture::failed, picture.get(), [](const QString &sentence) {
                complain(sentence);
                QCoreApplication::exit(Failed);
            });
    } else {
        keeper.start();
    }
    return QGuiApplication::exec();
}

} // namespace tocsin
