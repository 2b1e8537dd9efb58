// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/livefeed.h"

#include <QSet>

namespace tocsin {

/// The critical incidents that nobody has acknowledged, and word of each that is new.
///
/// What was there when the feed was live for the first time is not new, nor when it begins anew, as
/// with another address or token. What came while the connection was lost is, once it is known. One
/// that is reopened, raised to critical, or whose acknowledgement is taken back is new again.
class TOCSIN_QML_EXPORT CriticalWatch : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(tocsin::LiveFeed *feed READ feed WRITE setFeed NOTIFY feedChanged REQUIRED)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    using QObject::QObject;

    [[nodiscard]] LiveFeed *feed() const;
    void setFeed(LiveFeed *feed);
    [[nodiscard]] int count() const;

Q_SIGNALS:
    void feedChanged();
    void countChanged();
    /// `uuid` is new among them.
    void appeared(const QString &uuid);

private:
    void note(const Incident &incident);
    void forget(const QString &uuid);
    void arm();

    QPointer<LiveFeed> m_feed;
    QSet<QString> m_open;
    bool m_armed = false;
};

} // namespace tocsin
