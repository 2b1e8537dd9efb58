// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// The one ticker of a screen: `now` moves once a second, and everything that ages binds to it.
/// Ages and times are made into words here, so that they read the same everywhere.
class TOCSIN_QML_EXPORT Clock : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    /// The present, to the second; changes at most once a second.
    Q_PROPERTY(QDateTime now READ now NOTIFY nowChanged)

public:
    explicit Clock(QObject *parent = nullptr);

    [[nodiscard]] QDateTime now() const;

    /// How long ago `since` was, at `now`: "8 s", "4 min", "1 h 05 min", "2 d 4 h". Empty where
    /// `since` is no moment. A moment in the future (clocks differ) is "0 s".
    Q_INVOKABLE [[nodiscard]] QString age(const QDateTime &since, const QDateTime &now) const;
    /// The same to be read out: "4 minutes".
    Q_INVOKABLE [[nodiscard]] QString spokenAge(const QDateTime &since, const QDateTime &now) const;
    /// A moment as a person says it at `now`: "14:02:11", with the date where it was another day.
    Q_INVOKABLE [[nodiscard]] QString moment(const QDateTime &when, const QDateTime &now) const;

Q_SIGNALS:
    void nowChanged();

private:
    void tick();

    QDateTime m_now;
    QTimer m_timer;
};

} // namespace tocsin
