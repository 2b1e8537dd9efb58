// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "autostart.h"
#include "chosenserver.h"
#include "commandline.h"
#include "dashboard.h"
#include "display.h"
#include "keyringsecrets.h"
#include "kiosk/kioskconfiguration.h"
#include "kiosk/kioskprogram.h"
#include "loopbackvnc.h"
#include "picture.h"
#include "qml/serverdeck.h"
#include "qml/translations.h"
#include "quitsignals.h"
#include "singleinstance.h"
#include "trayicon.h"
#include "windowplace.h"

#include <QApplication>
#include <QFont>
#include <QFontMetrics>
#include <QIcon>
#include <QLocale>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QSslSocket>
#include <QStandardPaths>
#include <QSurfaceFormat>
#include <QTemporaryDir>
#include <QThreadPool>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace {

enum ExitStatus { Done = 0, Failed = 1, Usage = 2 };

void say(const QString &sentence)
{
    std::fprintf(stdout, "%s\n", qPrintable(sentence));
    std::fflush(stdout);
}

void complain(const QString &sentence)
{
    std::fprintf(stderr, "tocsin: %s\n", qPrintable(sentence));
}

/// What takes a core for a while, and the window waits for, is done while its types are read.
void warmUp(QThreadPool &threads, const QFont &font)
{
    threads.start([font] { (void)QFontMetrics(font).horizontalAdvance(u"Tocsin"_s); });
    // Every socket asks for it, of a server without TLS as well.
    threads.start([] { (void)QSslSocket::supportsSsl(); });
}

QtMessageHandler usualMessageHandler = nullptr;

/// Qt's VNC server announces itself with a warning, and with a port that it then does not keep.
void dropVncAnnouncement(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (!text.startsWith(u"QVncServer created on port"))
        usualMessageHandler(type, context, text);
}

void serveOverVnc(tocsin::LoopbackVnc &vnc)
{
    QObject::connect(&vnc, &tocsin::LoopbackVnc::serving, &vnc, [](quint16 port) {
        say(u"There is no display here, so the window is served over VNC at 127.0.0.1:%1, to this "
            "machine only and without a password."_s.arg(port));
    });
    QObject::connect(&vnc, &tocsin::LoopbackVnc::failed, &vnc, [](const QString &reason) {
        complain(u"There is no display here, and the window cannot be served over VNC on the "
                 "loopback address: %1. Try --offscreen --screenshot FILE."_s.arg(reason));
        QCoreApplication::exit(Failed);
    });
}

tocsin::GatewayConfiguration gatewayConfiguration(
    const tocsin::CommandLine &commandLine, const QTemporaryDir &scratch)
{
    tocsin::GatewayConfiguration configuration;
    configuration.fallBackToAnyPort = true;
    configuration.dataDirectory = commandLine.dataDirectory;
    if (commandLine.selfTest) {
        configuration.dataDirectory = scratch.path();
        configuration.port = 0;
    } else if (configuration.dataDirectory.isEmpty()) {
        configuration.dataDirectory
            = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    }
    return configuration;
}

/// What is said on the command line counts for this run.
void applyCommandLine(tocsin::Preferences &preferences, const tocsin::CommandLine &commandLine)
{
    if (!commandLine.theme.isEmpty())
        preferences.override(u"theme"_s, commandLine.theme);
    if (!commandLine.contrast.isEmpty())
        preferences.override(u"contrast"_s, commandLine.contrast);
    if (!commandLine.colorVision.isEmpty())
        preferences.override(u"colorVision"_s, commandLine.colorVision);
    if (commandLine.textPercent != 0)
        preferences.override(u"textSize"_s, commandLine.textPercent);
    if (commandLine.cache == tocsin::CommandLine::Cache::None)
        preferences.override(u"keepLists"_s, false);
}

void connectPicture(tocsin::Picture &picture, bool mustBeLive)
{
    QObject::connect(&picture, &tocsin::Picture::taken, &picture,
        [mustBeLive](bool live, const QString &sentence) {
            say(sentence);
            QCoreApplication::exit(live || !mustBeLive ? Done : Failed);
        });
    QObject::connect(&picture, &tocsin::Picture::failed, &picture, [](const QString &sentence) {
        complain(sentence);
        QCoreApplication::exit(Failed);
    });
}

/// The icon tells of one feed, so that it is there only while that is all that is shown: it would
/// be calm while another server is not.
void keepTray(QQuickWindow &window, const tocsin::Preferences &preferences,
    std::unique_ptr<tocsin::TrayIcon> &tray, QObject &meanwhile)
{
    auto *const deck = window.property("deck").value<tocsin::ServerDeck *>();
    auto *const feed = window.property("primaryFeed").value<tocsin::LiveFeed *>();
    auto *const alarm = window.property("alarm").value<tocsin::Alarm *>();
    const auto decide = [&window, &preferences, &tray, deck, feed, alarm] {
        const bool alone = deck->rowCount() == 1 && deck->currentFeed() == feed;
        if (!alone)
            tray.reset();
        else if (!tray)
            tray = std::make_unique<tocsin::TrayIcon>(*feed, *alarm, preferences);
        window.setProperty("trayOffered", alone);
    };
    QObject::connect(deck, &tocsin::ServerDeck::countChanged, &meanwhile, decide);
    QObject::connect(deck, &tocsin::ServerDeck::currentChanged, &meanwhile, decide);
    decide();
}

/// The switch in the settings and the desktop's file are one.
void keepAutostart(tocsin::Preferences &preferences)
{
    if (!tocsin::Autostart::isOffered())
        return;
    const QString key = u"autostart"_s;
    const tocsin::Autostart autostart(
        tocsin::Autostart::usualDirectory(), QCoreApplication::applicationFilePath());
    preferences.offer(key);
    if (autostart.isOn())
        static_cast<void>(autostart.set(true));
    preferences.set(key, autostart.isOn());
    // Another setting that is changed says nothing about this one, which the desktop may have
    // changed meanwhile.
    QObject::connect(&preferences, &tocsin::Preferences::valuesChanged, &preferences,
        [&preferences, key, autostart, last = autostart.isOn()]() mutable {
            const bool wanted = preferences.value(key).toBool();
            if (std::exchange(last, wanted) == wanted)
                return;
            if (const auto done = autostart.set(wanted); !done) {
                last = !wanted;
                preferences.set(key, last);
                Q_EMIT preferences.told(done.error().message, false);
            }
        });
}

int checkConfiguration(const QString &fileName)
{
    const auto configuration = tocsin::KioskConfiguration::read(fileName);
    if (!configuration) {
        complain(configuration.error().message);
        return Failed;
    }
    say(u"%1 can be used."_s.arg(fileName));
    return Done;
}

int run(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto commandLine = tocsin::parseCommandLine(arguments);
    if (!commandLine) {
        complain(commandLine.error().message);
        return Usage;
    }
    if (commandLine->action == tocsin::CommandLine::Action::ShowHelp) {
        std::fputs(qPrintable(tocsin::helpText()), stdout);
        return Done;
    }
    if (commandLine->action == tocsin::CommandLine::Action::ShowVersion) {
        std::fputs(qPrintable(tocsin::versionText()), stdout);
        return Done;
    }
    if (commandLine->action == tocsin::CommandLine::Action::CheckConfiguration)
        return checkConfiguration(commandLine->configurationFile);

    // Before Qt takes them for its own first window.
    tocsin::SingleInstance::Request request{.incident = commandLine->incident,
        .activationToken = qEnvironmentVariable("XDG_ACTIVATION_TOKEN")};
    const bool takesPicture = !commandLine->screenshot.isEmpty() || commandLine->selfTest;
    const tocsin::Display display
        = tocsin::chooseDisplay(commandLine->offscreen || commandLine->selfTest, takesPicture,
            commandLine->platform, [](const char *name) { return qgetenv(name); });
    tocsin::prepareDisplay(*commandLine, display);
    // A picture shows how things are, not how they get there.
    if (takesPicture)
        qputenv("TOCSIN_REDUCED_MOTION", "1");
    if (display == tocsin::Display::LoopbackVnc)
        usualMessageHandler = qInstallMessageHandler(dropVncAnnouncement);

    QApplication::setApplicationName(u"tocsin"_s);
    QApplication::setApplicationDisplayName(u"Tocsin"_s);
    QApplication::setDesktopFileName(u"io.github.tocsin.Tocsin"_s);
    // Where nothing is asked for, a Wayland compositor's first offer may have five bits of red.
    QSurfaceFormat format = QSurfaceFormat::defaultFormat();
    format.setRedBufferSize(8);
    format.setGreenBufferSize(8);
    format.setBlueBufferSize(8);
    QSurfaceFormat::setDefaultFormat(format);
    const QApplication application(argc, argv);
    if (commandLine->language != u"system")
        QLocale::setDefault(QLocale(commandLine->language));
    tocsin::installTranslations();
    // Qt takes it from its own translation, which there is of more languages than of ours.
    QApplication::setLayoutDirection(commandLine->direction != Qt::LayoutDirectionAuto
            ? commandLine->direction
            : tocsin::isTranslated(QLocale()) ? QLocale().textDirection()
                                              : Qt::LeftToRight);
    tocsin::SingleInstance instance(tocsin::SingleInstance::usualDirectory());
    if (commandLine->action == tocsin::CommandLine::Action::Run
        && tocsin::asksForUsualDashboard(*commandLine)) {
        const auto result = instance.begin(request);
        if (result.outcome == tocsin::SingleInstance::Outcome::HandedOver) {
            say(u"Tocsin runs already: its window was asked to come to the front."_s);
            return Done;
        }
        if (!result.error.isEmpty())
            complain(u"This is a Tocsin beside others: %1"_s.arg(result.error));
    }
    std::unique_ptr<tocsin::LoopbackVnc> vnc;
    if (display == tocsin::Display::LoopbackVnc) {
        vnc = std::make_unique<tocsin::LoopbackVnc>();
        serveOverVnc(*vnc);
    }
    const tocsin::QuitSignals quitSignals;
    QFont font = QApplication::font();
    font.setFamilies({u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s, font.family()});
    QApplication::setFont(font);
    // Waited for at every end, which may come at once: without the application there are no fonts.
    QThreadPool warming;
    warmUp(warming, font);
    QApplication::setWindowIcon(QIcon::fromTheme(u"io.github.tocsin.Tocsin"_s));

    if (commandLine->action == tocsin::CommandLine::Action::ListScreens) {
        std::fputs(qPrintable(tocsin::screenList()), stdout);
        return Done;
    }
    if (commandLine->kiosk)
        return tocsin::runKiosk(*commandLine);

    const QTemporaryDir scratch;
    tocsin::KeyringSecrets keyring;
    tocsin::ServerBook book;
    tocsin::Preferences preferences;
    if (commandLine->selfTest) {
        book.setFile(scratch.filePath(u"settings.ini"_s));
        preferences.setFile(scratch.filePath(u"settings.ini"_s));
    } else {
        book.setKeyring(&keyring);
    }
    preferences.setServers(&book);
    applyCommandLine(preferences, *commandLine);
    tocsin::Dashboard dashboard(
        *commandLine, gatewayConfiguration(*commandLine, scratch), preferences, book);
    QObject::connect(&dashboard, &tocsin::Dashboard::said, &dashboard, say);
    QObject::connect(&dashboard, &tocsin::Dashboard::noticeChanged, &dashboard, [&dashboard] {
        if (!dashboard.notice().isEmpty())
            dashboard.isTrouble() ? complain(dashboard.notice()) : say(dashboard.notice());
    });

    QQmlApplicationEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.setInitialProperties({{u"dashboard"_s, QVariant::fromValue(&dashboard)},
        {u"preferences"_s, QVariant::fromValue(&preferences)},
        {u"book"_s, QVariant::fromValue(&book)}, {u"filter"_s, commandLine->filter},
        {u"mirrored"_s, QApplication::isRightToLeft()}, {u"alarmActive"_s, !takesPicture},
        {u"width"_s, commandLine->size.width()}, {u"height"_s, commandLine->size.height()}});
    engine.load(u"qrc:/qt/qml/TocsinWindow/Main.qml"_s);
    auto *const window = engine.rootObjects().isEmpty()
        ? nullptr
        : qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
    if (!window) {
        complain(
            u"The window could not be made; the QML modules that it needs are not installed."_s);
        return Failed;
    }
    dashboard.start();
    auto *const feed = window->property("feed").value<tocsin::LiveFeed *>();
    QObject::connect(feed, &tocsin::LiveFeed::problemChanged, feed, [feed] {
        if (!feed->problem().isEmpty())
            complain(feed->problem());
    });
    std::unique_ptr<tocsin::WindowPlace> place;
    if (!takesPicture && !commandLine->selfTest && !commandLine->sizeGiven
        && display == tocsin::Display::System)
        place = std::make_unique<tocsin::WindowPlace>(*window);
    std::unique_ptr<tocsin::ChosenServer> chosen;
    if (!takesPicture && dashboard.areServersOffered()) {
        chosen = std::make_unique<tocsin::ChosenServer>(
            *window->property("deck").value<tocsin::ServerDeck *>());
    }
    display == tocsin::Display::LoopbackVnc ? window->showFullScreen() : window->show();

    std::unique_ptr<tocsin::Picture> picture;
    if (takesPicture) {
        picture = std::make_unique<tocsin::Picture>(*window, *feed, commandLine->screenshot);
        connectPicture(*picture, commandLine->selfTest);
    }
    std::unique_ptr<tocsin::TrayIcon> tray;
    // Ends before the icon and the window do.
    QObject meanwhile;
    if (!takesPicture) {
        keepTray(*window, preferences, tray, meanwhile);
        keepAutostart(preferences);
    }
    dashboard.openIncident(commandLine->incident);
    QObject::connect(&instance, &tocsin::SingleInstance::requested, &dashboard,
        [&dashboard, window](const tocsin::SingleInstance::Request &asked) {
            window->property("alarm").value<tocsin::Alarm *>()->raiseWindow(asked.activationToken);
            dashboard.openIncident(asked.incident);
        });
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    const int status = run(argc, argv);
    if (!tocsin::isSoundServerConnected())
        return status;
    std::fflush(nullptr);
    std::quick_exit(status);
}
