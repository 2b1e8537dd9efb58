// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentactivity.h"
#include "qml/export.h"

#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QVariantList>

namespace tocsin {

/// The last 24 hours as bars: above a line what was opened, the most severe at its foot, beneath it
/// what was resolved. As many bars as there is room for, each of a quarter of an hour or a
/// multiple. One picture, painted when something in it changes.
class TOCSIN_QML_EXPORT ActivityBars : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(tocsin::IncidentActivity *activity READ activity WRITE setActivity NOTIFY
            activityChanged REQUIRED)
    /// Of the severities, the most severe first.
    Q_PROPERTY(QList<QColor> colors MEMBER m_colors NOTIFY looksChanged)
    Q_PROPERTY(QColor resolvedColor MEMBER m_resolvedColor NOTIFY looksChanged)
    Q_PROPERTY(QColor lineColor MEMBER m_lineColor NOTIFY looksChanged)
    /// Behind the current bar, and behind those that are chosen.
    Q_PROPERTY(QColor currentColor MEMBER m_currentColor NOTIFY looksChanged)
    Q_PROPERTY(QColor chosenColor MEMBER m_chosenColor NOTIFY looksChanged)
    /// Narrower than this, a bar is of a longer time.
    Q_PROPERTY(qreal leastBarWidth MEMBER m_leastBarWidth NOTIFY looksChanged)
    /// Time runs from the right, where the language does.
    Q_PROPERTY(bool mirrored MEMBER m_mirrored NOTIFY looksChanged)
    Q_PROPERTY(int count READ count NOTIFY barsChanged)
    /// The one that is told of; -1 where none is. Counted from the oldest.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    /// What the current one is, to be read.
    Q_PROPERTY(QString currentText READ currentText NOTIFY currentChanged)
    /// All of the last 24 hours in a sentence, however many bars they are.
    Q_PROPERTY(QString summary READ summary NOTIFY barsChanged)
    /// The span that is chosen, its end not in it; no moments where none is.
    Q_PROPERTY(QDateTime chosenFrom MEMBER m_chosenFrom NOTIFY looksChanged)
    Q_PROPERTY(QDateTime chosenTo MEMBER m_chosenTo NOTIFY looksChanged)
    /// `{place, text}` each: what stands on the axis of time, and where, from 0, the oldest, to 1.
    Q_PROPERTY(QVariantList marks READ marks NOTIFY barsChanged)

public:
    explicit ActivityBars(QQuickItem *parent = nullptr);

    [[nodiscard]] IncidentActivity *activity() const;
    void setActivity(IncidentActivity *activity);
    [[nodiscard]] int count() const;
    [[nodiscard]] int current() const;
    void setCurrent(int current);
    [[nodiscard]] QString currentText() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QVariantList marks() const;

    /// The bar at that place across, the nearest one where it is beside all.
    Q_INVOKABLE [[nodiscard]] int barAt(qreal x) const;
    /// Where a bar has its middle.
    Q_INVOKABLE [[nodiscard]] qreal middleOf(int bar) const;
    /// No moments where there is no such bar.
    Q_INVOKABLE [[nodiscard]] QDateTime beginOf(int bar) const;
    Q_INVOKABLE [[nodiscard]] QDateTime endOf(int bar) const;

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void activityChanged();
    void looksChanged();
    void barsChanged();
    void currentChanged();

protected:
    void geometryChange(const QRectF &geometry, const QRectF &before) override;

private:
    void read();
    [[nodiscard]] bool isBar(int bar) const;
    [[nodiscard]] QString textOf(const ActivityBar &bar) const;

    QPointer<IncidentActivity> m_activity;
    std::vector<ActivityBar> m_bars;
    ActivityBar m_total;
    QDateTime m_knownFrom;
    bool m_isComplete = false;
    QList<QColor> m_colors;
    QColor m_resolvedColor = Qt::gray;
    QColor m_lineColor = Qt::gray;
    QColor m_currentColor = Qt::transparent;
    QColor m_chosenColor = Qt::transparent;
    qreal m_leastBarWidth = 8;
    bool m_mirrored = false;
    int m_current = -1;
    QDateTime m_chosenFrom;
    QDateTime m_chosenTo;
};

} // namespace tocsin
