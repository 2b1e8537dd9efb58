// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/kiosk.h"

#include "qml/shownaddress_p.h"

#include <QGuiApplication>
#include <QScreen>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

/// What one screen has.
struct Kiosk::Wall {
    QString screen;
    KioskScreen shown;
    // Before the window, which shows them.
    WallPages pages;
    std::unique_ptr<QQuickWindow> window;
};

Kiosk::Kiosk(Settings settings, QQmlEngine &engine, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_engine(engine)
    , m_refusalWatch(*m_feed.connections())
    , m_component(&engine)
{
    m_alarmSettings.setFile(m_scratch.filePath(u"alarm.ini"_s));
    m_alarmSettings.setKiosk(true);
    m_alarm.setFeed(&m_feed);
    m_alarm.setSettings(&m_alarmSettings);
    connect(&m_alarm, &Alarm::faultsChanged, this, &Kiosk::faultChanged);
    connect(&m_feed, &LiveFeed::problemChanged, this, [this] {
        if (!m_feed.problem().isEmpty())
            Q_EMIT complained(m_feed.problem());
    });
    m_lookTimer.setInterval(lookInterval);
    connect(&m_lookTimer, &QTimer::timeout, this, &Kiosk::look);
    for (const QScreen *const screen : QGuiApplication::screens())
        follow(*screen);
    connect(qGuiApp, &QGuiApplication::screenAdded, this, [this](const QScreen *screen) {
        follow(*screen);
        arrangeLater();
    });
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, &Kiosk::arrangeLater);
}

Kiosk::~Kiosk() = default;

Expected<void> Kiosk::start()
{
    m_feed.classBegin();
    m_component.loadUrl(QUrl(u"qrc:/qt/qml/TocsinWindow/KioskWindow.qml"_s));
    if (m_component.isError())
        return makeError(ErrorCode::BadConfiguration, m_component.errorString());
    if (!m_settings.file.isEmpty()) {
        m_stamp = FileStamp::of(m_settings.file);
        readFile();
        m_lookTimer.start();
    }
    apply();
    m_feed.componentComplete();
    if (!arrange())
        return makeError(ErrorCode::BadConfiguration, m_component.errorString());
    m_alarm.setActive(!m_settings.silent);
    Q_EMIT said(m_feed.server().isEmpty() ? tr("No server is set.")
                                          : tr("Showing %1.").arg(shownAddress(m_feed.server())));
    return {};
}

void Kiosk::look()
{
    const FileStamp stamp = FileStamp::of(m_settings.file);
    if (std::exchange(m_stamp, stamp) == stamp)
        return;
    readFile();
    if (!m_fileFault.isEmpty())
        return;
    Q_EMIT said(tr("The configuration was taken anew."));
    apply();
    (void)arrange();
}

void Kiosk::readFile()
{
    auto configuration = KioskConfiguration::read(m_settings.file);
    if (configuration) {
        m_configuration = *std::move(configuration);
        m_fileFault.clear();
    } else {
        m_fileFault = tr("The configuration is wrong, and what was before stays: %1")
                          .arg(configuration.error().message.section(u'\n', 0, 0));
        Q_EMIT complained(configuration.error().message);
    }
    Q_EMIT faultChanged();
}

void Kiosk::apply()
{
    applyToFeed();
    applyToAlarm();
    Q_EMIT changed();
}

void Kiosk::applyToFeed()
{
    const bool keeps = m_configuration.keepsList && m_settings.cacheAllowed;
    m_feed.setCacheDirectory(keeps ? m_settings.cacheDirectory : QString());
    m_feed.setTokenFile(
        m_settings.tokenFile.isEmpty() ? m_configuration.tokenFile : m_settings.tokenFile);
    m_refusalWatch.setTokenFile(m_feed.tokenFile());
    m_feed.setRooms(m_settings.rooms.isEmpty() ? m_configuration.rooms : m_settings.rooms);
    const bool named = !m_settings.server.isEmpty();
    m_feed.setAlternatives(named ? m_settings.alternatives : m_configuration.alternatives);
    m_feed.setServer(named ? m_settings.server : m_configuration.server);
    // By a run before this one, where it was another wish.
    if (!m_configuration.keepsList)
        IncidentCache::remove(m_settings.cacheDirectory, QUrl(m_feed.server()), m_feed.rooms());
}

void Kiosk::applyToAlarm()
{
    m_alarmSettings.setSoundOn(m_configuration.sound);
    m_alarmSettings.setVolume(int(m_configuration.volume));
    m_alarmSettings.setRepeatSeconds(int(m_configuration.soundRepeat.count()));
    m_alarmSettings.setSoundBits(m_configuration.soundBits);
}

void Kiosk::follow(const QScreen &screen)
{
    connect(&screen, &QScreen::geometryChanged, this, &Kiosk::arrangeLater);
}

// While Qt tells of a screen, its windows are being moved.
void Kiosk::arrangeLater()
{
    QMetaObject::invokeMethod(this, [this] { (void)arrange(); }, Qt::QueuedConnection);
}

bool Kiosk::arrange()
{
    QStringList connected;
    for (const QScreen *const screen : QGuiApplication::screens()) {
        // Qt's place holder, where none is connected.
        if (!screen->geometry().isEmpty())
            connected.append(screen->name());
    }
    const ScreenPlan plan = ScreenPlan::of(m_configuration.screens, connected);
    m_screenFault = plan.missing.isEmpty()
        ? QString()
        : tr("Not connected: %1. Connected: %2.")
              .arg(plan.missing.join(u", "), connected.join(u", "));
    std::erase_if(m_walls, [&](const std::unique_ptr<Wall> &wall) {
        return std::ranges::none_of(plan.places,
            [&](const ScreenPlan::Place &place) { return place.screen == wall->screen; });
    });
    bool opened = true;
    const auto screens = QGuiApplication::screens();
    for (const ScreenPlan::Place &place : plan.places) {
        const auto screen = std::ranges::find(screens, place.screen, &QScreen::name);
        if (screen == screens.end())
            continue;
        const auto wall = std::ranges::find(
            m_walls, place.screen, [](const auto &candidate) { return candidate->screen; });
        if (wall == m_walls.end()) {
            opened = open(**screen, place.entry) && opened;
        } else {
            fill(**wall, place.entry);
            fit(*(*wall)->window, **screen);
        }
    }
    Q_EMIT faultChanged();
    return opened;
}

bool Kiosk::open(QScreen &screen, qsizetype entry)
{
    auto wall = std::make_unique<Wall>();
    wall->screen = screen.name();
    fill(*wall, entry);
    auto *const object = m_component.createWithInitialProperties(
        {{u"kiosk"_s, QVariant::fromValue(this)}, {u"pages"_s, QVariant::fromValue(&wall->pages)},
            {u"mirrored"_s, QGuiApplication::isRightToLeft()},
            {u"scaling"_s, double(wall->shown.textPercent) / 100}},
        m_engine.rootContext());
    wall->window.reset(qobject_cast<QQuickWindow *>(object));
    if (!wall->window)
        return false;
    QQuickWindow &window = *wall->window;
    window.setScreen(&screen);
    if (m_settings.windowed) {
        window.resize(*m_settings.windowed);
        window.show();
    }
    fit(window, screen);
    m_walls.push_back(std::move(wall));
    Q_EMIT windowOpened(&window);
    return true;
}

// Without a window manager nobody else does it when the resolution changes.
void Kiosk::fit(QQuickWindow &window, QScreen &screen) const
{
    if (m_settings.windowed || (window.isVisible() && window.geometry() == screen.geometry()))
        return;
    window.setScreen(&screen);
    window.setGeometry(screen.geometry());
    window.showFullScreen();
}

void Kiosk::fill(Wall &wall, qsizetype entry) const
{
    const KioskScreen &screen = m_configuration.screens[entry];
    // The same pages are left to turn as they do.
    if (wall.pages.rowCount() > 0 && wall.shown == screen)
        return;
    wall.shown = screen;
    QList<WallPage *> pages;
    for (const KioskPage &page : screen.pages) {
        auto *const shown = new WallPage(&wall.pages);
        shown->setProperty("title", page.title);
        shown->setProperty("view", int(page.view));
        shown->setProperty("filter", page.filter);
        shown->setProperty("order", int(page.order));
        shown->setProperty("group", int(page.group));
        shown->setProperty("seconds", int(page.duration.count()));
        pages.append(shown);
    }
    wall.pages.setPages(pages);
    if (wall.window)
        wall.window->setProperty("scaling", double(screen.textPercent) / 100);
}

QList<QQuickWindow *> Kiosk::windows() const
{
    QList<QQuickWindow *> windows;
    for (const auto &wall : m_walls)
        windows.append(wall->window.get());
    return windows;
}

LiveFeed *Kiosk::feed()
{
    return &m_feed;
}

QString Kiosk::theme() const
{
    return m_settings.theme.isEmpty() ? m_configuration.theme : m_settings.theme;
}

QString Kiosk::contrast() const
{
    return m_settings.contrast.isEmpty() ? m_configuration.contrast : m_settings.contrast;
}

QString Kiosk::colorVision() const
{
    return m_settings.colorVision.isEmpty() ? m_configuration.colorVision : m_settings.colorVision;
}

QString Kiosk::fault() const
{
    QStringList faults{m_fileFault, m_screenFault};
    if (m_configuration.sound)
        faults.append(m_alarm.soundFault());
    faults.removeAll(QString());
    return faults.join(u' ');
}

} // namespace tocsin
