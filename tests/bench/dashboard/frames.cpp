// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "frames.h"

#include "figures.h"
#include "incidents/incidentmodel.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickView>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace tocsin::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds framePause{16};
constexpr double longestFrame = 33;
constexpr double fewestFrames = 55;

Incident example(int number)
{
    static const QStringList services{u"orders-db"_s, u"checkout"_s, u"search"_s, u"billing"_s};
    return {.uuid = u"0d3fa3a0-2f1c-4c1e-9b57-%1"_s.arg(number, 12, 10, QChar(u'0')),
        .title = u"Disk /var on host-%1 is 95 % full"_s.arg(number),
        .severity = Severity(number / 4 % 4),
        .createdAt
        = timestampFromMilliseconds(1'700'000'000'000 + qint64(number) * 7'919 % 86'400'000),
        .source = u"alertmanager"_s,
        .service = services[number % 4],
        .labels = {{u"env"_s, number % 10 == 0 ? u"staging"_s : u"production"_s},
            {u"cluster"_s, u"eu-%1"_s.arg(number % 10)}}};
}

/// A window with the list, that is asked for a frame every 16 ms, and when each was there.
class ListWindow
{
public:
    explicit ListWindow(IncidentModel &model)
    {
        m_view.engine()->addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
        m_view.engine()->addImportPath(u"qrc:/qt/qml"_s);
        m_view.setResizeMode(QQuickView::SizeRootObjectToView);
        m_view.resize(1280, 720);
        const QUrl here(u"qrc:/bench.qml"_s);
        auto *const component = new QQmlComponent(m_view.engine(), &m_view);
        component->setData("import Tocsin\n"
                           "IncidentList {\n"
                           "    id: list\n"
                           "    selection: IncidentSelection { incidents: list.incidents }\n"
                           "}\n",
            here);
        QObject *const list = component->createWithInitialProperties(
            {{u"incidents"_s, QVariant::fromValue(&model)}});
        if (!list)
            qFatal("%s", qPrintable(component->errorString()));
        m_view.setContent(here, component, list);
        m_view.show();
        m_asking.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_asking, &QTimer::timeout, &m_view, [this] { m_view.update(); });
        QObject::connect(&m_view, &QQuickWindow::frameSwapped, &m_view, [this] {
            if (m_clock.isValid())
                m_moments.push_back(double(m_clock.nsecsElapsed()) / 1e6);
        });
        QEventLoop loop;
        QObject::connect(&m_view, &QQuickWindow::frameSwapped, &loop, &QEventLoop::quit);
        loop.exec();
    }

    [[nodiscard]] QQuickItem &list() { return *m_view.rootObject(); }

    /// Runs the event loop with frames, and gives the milliseconds between them.
    std::vector<double> framesOf(std::chrono::seconds duration)
    {
        m_moments.clear();
        m_asking.start(framePause);
        m_clock.start();
        QEventLoop loop;
        QTimer::singleShot(duration, &loop, &QEventLoop::quit);
        loop.exec();
        m_clock.invalidate();
        m_asking.stop();
        std::vector<double> pauses;
        for (std::size_t i = 1; i < m_moments.size(); ++i)
            pauses.push_back(m_moments[i] - m_moments[i - 1]);
        std::ranges::sort(pauses);
        return pauses;
    }

private:
    QQuickView m_view;
    QTimer m_asking;
    QElapsedTimer m_clock;
    std::vector<double> m_moments;
};

void report(const QString &what, const std::vector<double> &pauses, int seconds, Figures &figures)
{
    figures.atLeast(
        what + u": frames a second"_s, double(pauses.size()) / seconds, fewestFrames, u"/s"_s);
    figures.note(what + u": 99 of 100 frames within"_s, pauses[pauses.size() * 99 / 100], u"ms"_s);
    figures.atMost(what + u": longest frame"_s, pauses.back(), longestFrame, u"ms"_s);
}

/// As many updates as are due, each time that the event loop comes by: what a client hands over.
class Updates
{
public:
    Updates(IncidentStore &store, QList<Incident> &incidents, int updatesASecond)
        : m_store(store)
        , m_incidents(incidents)
        , m_updatesASecond(updatesASecond)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { bring(); });
    }
    void start()
    {
        m_clock.start();
        m_timer.start(std::chrono::milliseconds(4));
    }
    [[nodiscard]] double stop()
    {
        m_timer.stop();
        return double(m_brought) / (double(m_clock.nsecsElapsed()) / 1e9);
    }

private:
    void bring()
    {
        const qint64 due = m_clock.nsecsElapsed() * m_updatesASecond / 1'000'000'000;
        // As much at once as comes in its pause: the rest stands behind what else the loop has to
        // do.
        const qint64 end = std::min(due, m_brought + m_updatesASecond / 250);
        for (; m_brought < end; ++m_brought) {
            Incident &each = m_incidents[m_brought * 7'919 % m_incidents.size()];
            ++each.version;
            ++each.count;
            m_store.apply(u"r"_s, each);
        }
    }

    IncidentStore &m_store;
    QList<Incident> &m_incidents;
    int m_updatesASecond;
    qint64 m_brought = 0;
    QElapsedTimer m_clock;
    QTimer m_timer;
};

void measureScrolling(ListWindow &window, int seconds, Figures &figures)
{
    QElapsedTimer clock;
    clock.start();
    QTimer scrolling;
    scrolling.setTimerType(Qt::PreciseTimer);
    const double end = window.list().property("contentHeight").toDouble() - 720;
    // A fast wheel, and every half second the scroll bar is taken somewhere else.
    QObject::connect(&scrolling, &QTimer::timeout, &scrolling, [&] {
        const qint64 elapsed = clock.elapsed();
        const double place = double(elapsed / 500 * 37 % 100) / 100 * end;
        window.list().setProperty("contentY", std::min(end, place + double(elapsed % 500) * 3));
    });
    scrolling.start(framePause);
    const auto pauses = window.framesOf(std::chrono::seconds(seconds));
    report(u"scrolling"_s, pauses, seconds, figures);
}

void measureFilter(const IncidentModel &model, Figures &figures)
{
    const IncidentFilter filter = IncidentFilter::parse(u"host-4711"_s).value();
    double best = 1e9;
    for (int round = 0; round < 15; ++round) {
        QElapsedTimer timer;
        timer.start();
        if (model.countMatching(filter) == 0)
            qFatal("The filter finds nothing.");
        best = std::min(best, double(timer.nsecsElapsed()) / 1e6);
    }
    figures.atMost(u"a word over all of them, best of 15"_s, best, 4, u"ms"_s);
}

} // namespace

void measureFrames(const Load &load, Figures &figures)
{
    std::printf("%d incidents in the real list, sorted and filtered:\n", load.incidents);
    IncidentStore store;
    IncidentModel model(store);
    QList<Incident> incidents;
    for (int i = 0; i < load.incidents; ++i)
        incidents.append(example(i));
    store.replaceRoom(u"r"_s, incidents);
    while (model.count() < load.incidents)
        model.flush();
    model.setFilter(IncidentFilter::parse(u"env=production"_s.prepend(u'"').append(u'"')).value());
    ListWindow window(model);

    measureFilter(model, figures);
    measureScrolling(window, load.seconds, figures);
    Updates updates(store, incidents, load.updatesASecond);
    updates.start();
    const auto pauses = window.framesOf(std::chrono::seconds(load.seconds));
    const double rate = updates.stop();
    figures.atLeast(u"updates applied"_s, rate, 0.99 * load.updatesASecond, u"/s"_s);
    report(u"updates"_s, pauses, load.seconds, figures);
    // The screen is told of what the store has, at most some frames later.
    int frames = 0;
    bool told = false;
    QObject::connect(&model, &IncidentModel::dataChanged, &model, [&told] { told = true; });
    const auto tellsMore = [&] {
        told = false;
        model.flush();
        return told;
    };
    while (tellsMore())
        ++frames;
    figures.atMost(u"frames that the rows are behind at the end"_s, frames, 60, {});
}

} // namespace tocsin::bench
