// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QDateTime>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// How bright a wall is by the time of day, in local time: with daylight saving the evening begins
/// when the clock on the wall says so.
class TOCSIN_QML_EXPORT Dimming : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// "HH:MM" each; from then until then it is dimmed, over midnight where the end is the earlier.
    /// Empty, or the same, or no times: it never is.
    Q_PROPERTY(QString from MEMBER m_from NOTIFY scheduleChanged)
    Q_PROPERTY(QString to MEMBER m_to NOTIFY scheduleChanged)
    /// What is left of the light while dimmed, 0.1 to 1: a wall that is black says nothing.
    Q_PROPERTY(double level READ level WRITE setLevel NOTIFY scheduleChanged)
    Q_PROPERTY(QDateTime now READ now WRITE setNow NOTIFY nowChanged)
    /// Something is to be seen in full light whatever the time.
    Q_PROPERTY(bool lifted MEMBER m_lifted NOTIFY scheduleChanged)
    /// From `level` to 1.
    Q_PROPERTY(double brightness READ brightness NOTIFY brightnessChanged)

public:
    static constexpr double least = 0.1;

    explicit Dimming(QObject *parent = nullptr);

    [[nodiscard]] double level() const;
    void setLevel(double level);
    [[nodiscard]] QDateTime now() const;
    void setNow(const QDateTime &now);
    [[nodiscard]] double brightness() const;

    /// `time` is in the span; its end is not in it.
    [[nodiscard]] static bool isWithin(QTime time, QTime from, QTime to);

Q_SIGNALS:
    void scheduleChanged();
    void nowChanged();
    void brightnessChanged();

private:
    void follow();

    QString m_from;
    QString m_to;
    double m_level = 1;
    QDateTime m_now;
    bool m_lifted = false;
    double m_brightness = 1;
};

/// Where a picture stands so that no line of it stays on the same pixels for months: a way around
/// a square, a step at a time, never more than `extent` from the middle.
class TOCSIN_QML_EXPORT PixelShift : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// In pixels; 0: it stands still.
    Q_PROPERTY(int extent MEMBER m_extent NOTIFY shiftChanged)
    /// Any moment; each minute is another step.
    Q_PROPERTY(QDateTime now MEMBER m_now NOTIFY shiftChanged)
    Q_PROPERTY(int x READ x NOTIFY shiftChanged)
    Q_PROPERTY(int y READ y NOTIFY shiftChanged)

public:
    using QObject::QObject;

    [[nodiscard]] int x() const;
    [[nodiscard]] int y() const;

    /// All places within the extent in turn, each a neighbour of the one before.
    [[nodiscard]] static QPoint at(qint64 step, int extent);

Q_SIGNALS:
    void shiftChanged();

private:
    [[nodiscard]] QPoint place() const;

    int m_extent = 0;
    QDateTime m_now;
};

} // namespace tocsin
