// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/pageturner.h"
#include "qml/wallpages.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

namespace tocsin {

/// Turns the pages of a wall by a clock that no change of the time of day moves.
class TOCSIN_QML_EXPORT WallRotation : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(tocsin::WallPages *pages READ pages WRITE setPages NOTIFY pagesChanged REQUIRED)
    /// How long turning waits after an alarm, in seconds.
    Q_PROPERTY(int holdSeconds READ holdSeconds WRITE setHoldSeconds NOTIFY holdSecondsChanged)
    Q_PROPERTY(int page READ page NOTIFY turned)
    /// Of the page's screens, counted from 0.
    Q_PROPERTY(int screen READ screen NOTIFY turned)
    /// An alarm is shown, and nothing turns.
    Q_PROPERTY(bool held READ isHeld NOTIFY turned)

public:
    explicit WallRotation(QObject *parent = nullptr);

    [[nodiscard]] WallPages *pages() const;
    void setPages(WallPages *pages);
    [[nodiscard]] int holdSeconds() const;
    void setHoldSeconds(int seconds);
    [[nodiscard]] int page() const;
    [[nodiscard]] int screen() const;
    [[nodiscard]] bool isHeld() const;

    /// How many screens a page needs now.
    Q_INVOKABLE void setScreens(int page, int screens);
    /// Something on that screen of a page is to be seen at once.
    Q_INVOKABLE void alarm(int page, int screen);

Q_SIGNALS:
    void pagesChanged();
    void holdSecondsChanged();
    void turned();

private:
    [[nodiscard]] PageTurner::Time now() const;
    void readPages();
    void follow();

    QPointer<WallPages> m_pages;
    // Compared only: they may be gone.
    QList<WallPage *> m_known;
    int m_holdSeconds = 120;
    PageTurner m_turner;
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace tocsin
