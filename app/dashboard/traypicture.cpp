// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "traypicture.h"

#include "qml/severityshape.h"

#include <QCoreApplication>
#include <QFont>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <numeric>

namespace tocsin {

namespace {

// They stand on panels of any colour, so that they are stronger than those of the window, and have
// an edge of their own.
constexpr QRgb calm = 0xff0f8f82;
constexpr QRgb caution = 0xffd98e00;
constexpr QRgb darkInk = 0xff14100a;
constexpr QRgb lightInk = 0xffffffff;

/// Where a number finds room in a shape of side 1 around the origin.
QRectF roomIn(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return {-0.36, -0.27, 0.72, 0.54};
    case Severity::Warning: return {-0.25, -0.1, 0.5, 0.4};
    case Severity::Unknown: return {-0.29, -0.21, 0.58, 0.42};
    case Severity::Info: break;
    }
    return {-0.34, -0.26, 0.68, 0.52};
}

/// Drawn as large as the room is: a size in points would be unreadable at one side or cut at
/// another.
void paintNumber(QPainter &painter, int number, const QRectF &room, QRgb ink)
{
    QFont font;
    font.setBold(true);
    font.setPixelSize(100);
    QPainterPath path;
    path.addText(0, 0, font, number > 99 ? QStringLiteral("99+") : QString::number(number));
    const QRectF bounds = path.boundingRect();
    const double scale = std::min(room.width() / bounds.width(), room.height() / bounds.height());
    painter.save();
    painter.translate(room.center());
    painter.scale(scale, scale);
    painter.translate(-bounds.center());
    painter.fillPath(path, QColor::fromRgba(ink));
    painter.restore();
}

void paintWorst(QPainter &painter, Severity severity, const TraySight &sight)
{
    const QColor color = trayColor(severity, sight.contrast, sight.vision);
    const bool usual = sight.contrast == Contrast::Normal && sight.vision == ColorVision::Usual;
    const QColor ink = usual ? QColor::fromRgba(severity == Severity::Warning ? darkInk : lightInk)
                             : signColorOn(color);
    const auto paintShape = [&](double side, const QColor &filling) {
        painter.save();
        paintSeverity(painter, side, severity, filling, ink, Filling::Filled, Sign::Left);
        painter.restore();
    };
    if (usual) {
        paintShape(1, color);
    } else {
        // These are lighter: without an edge they would be lost on a light panel.
        paintShape(1, QColor::fromRgba(darkInk));
        paintShape(0.86, color);
    }
    paintNumber(painter, sight.counts[std::size_t(severity)], roomIn(severity), ink.rgba());
}

void paintCalm(QPainter &painter)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgba(calm));
    painter.drawEllipse(QPointF(), 0.46, 0.46);
    painter.setPen(
        QPen(QColor::fromRgba(lightInk), 0.12, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(
        QPolygonF{QPointF(-0.22, 0.02), QPointF(-0.06, 0.18), QPointF(0.23, -0.16)});
}

void paintNotLive(QPainter &painter)
{
    const QPen edge(QColor::fromRgba(darkInk), 0.22, Qt::SolidLine, Qt::RoundCap);
    const QPen line(QColor::fromRgba(caution), 0.13, Qt::SolidLine, Qt::RoundCap);
    const QLineF stroke(-0.24, 0.24, 0.24, -0.24);
    painter.setBrush(Qt::NoBrush);
    for (const QPen &pen : {edge, line}) {
        painter.setPen(pen);
        painter.drawEllipse(QPointF(), 0.37, 0.37);
        painter.drawLine(stroke);
    }
}

/// In the corner, where the shapes leave room.
void paintSnoozed(QPainter &painter)
{
    painter.setPen(QPen(QColor::fromRgba(darkInk), 0.06));
    painter.setBrush(QColor::fromRgba(lightInk));
    painter.drawEllipse(QPointF(0.32, 0.32), 0.15, 0.15);
    painter.drawLine(QPointF(0.25, 0.32), QPointF(0.39, 0.32));
}

struct TrayWords {
    Q_DECLARE_TR_FUNCTIONS(TrayPicture)

public:
    static QString severity(Severity severity)
    {
        switch (severity) {
        case Severity::Critical: return tr("critical");
        case Severity::Warning: return tr("warning");
        case Severity::Unknown: return tr("unknown");
        case Severity::Info: break;
        }
        return tr("info");
    }
    static QString of(const TraySight &sight)
    {
        if (sight.list == TraySight::List::NotLive)
            return tr("Not live: what is new is not known");
        const auto worst = sight.worst();
        const QString list = worst ? tr("%L1 %2 of %L3 active")
                                         .arg(sight.counts[std::size_t(*worst)])
                                         .arg(severity(*worst))
                                         .arg(sight.total())
            : sight.list == TraySight::List::Partial ? tr("None heard of; the server sends no list")
                                                     : tr("No active incidents");
        return sight.calls == TraySight::Calls::Snoozed ? tr("%1, calls are snoozed").arg(list)
                                                        : list;
    }
};

} // namespace

std::optional<Severity> TraySight::worst() const
{
    for (std::size_t severity = 0; severity < counts.size(); ++severity) {
        if (counts[severity] > 0)
            return Severity(severity);
    }
    return {};
}

int TraySight::total() const
{
    return std::accumulate(counts.begin(), counts.end(), 0);
}

QImage trayPicture(const TraySight &sight, int side)
{
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    // No corner of a shape is cut off by the edge.
    painter.scale(0.96 * side, 0.96 * side);
    const auto worst = sight.worst();
    if (sight.list == TraySight::List::NotLive)
        paintNotLive(painter);
    else if (worst)
        paintWorst(painter, *worst, sight);
    else if (sight.list == TraySight::List::Partial)
        paintNotLive(painter);
    else
        paintCalm(painter);
    if (sight.calls == TraySight::Calls::Snoozed)
        paintSnoozed(painter);
    return image;
}

QIcon trayIcon(const TraySight &sight)
{
    QIcon icon;
    for (const int side : traySides)
        icon.addPixmap(QPixmap::fromImage(trayPicture(sight, side)));
    return icon;
}

QString trayText(const TraySight &sight)
{
    return TrayWords::of(sight);
}

} // namespace tocsin
