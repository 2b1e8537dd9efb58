// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/subscription.h"
#include "incidents/activityhistory.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace tocsin {

class SocketClient;

/// What was opened and resolved in a server's rooms in the last 24 hours, kept current.
///
/// The server is asked for it whenever the rooms become live. One that does not know the question
/// is counted from then on, and `knownFrom` says since when.
class TOCSIN_INCIDENTS_EXPORT IncidentActivity : public QObject
{
    Q_OBJECT
    /// From when on all is known; no moment where nothing is.
    Q_PROPERTY(QDateTime knownFrom READ knownFrom NOTIFY changed)
    /// All of the last 24 hours is known.
    Q_PROPERTY(bool complete READ isComplete NOTIFY changed)
    /// The server has not answered yet.
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    /// The present, with which the last 24 hours end: as this computer's clock says, or as it was
    /// set, and then it stands still.
    Q_PROPERTY(QDateTime now READ now WRITE setNow RESET resetNow NOTIFY changed)

public:
    explicit IncidentActivity(QObject *parent = nullptr);

    /// Forgets what was known. The client must outlive its use here.
    void setClient(SocketClient *client);
    /// The rooms are live now, or others: what was known has a hole, or is of other rooms.
    void refresh();

    [[nodiscard]] QDateTime knownFrom() const;
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] bool isAsking() const { return m_asking; }
    [[nodiscard]] QDateTime now() const;
    void setNow(const QDateTime &now);
    void resetNow();
    /// See ActivityHistory::bars(); by this computer's time zone.
    [[nodiscard]] std::vector<ActivityBar> bars(int count) const;
    /// See ActivityHistory::total().
    [[nodiscard]] ActivityBar total() const;

Q_SIGNALS:
    /// When a server has answered; at most four times a second by its messages; and when the
    /// present passes into another quarter of an hour.
    void changed();

private:
    void ask();
    void changeLater();
    void awaitQuarter();
    [[nodiscard]] Timestamp present() const { return m_now ? *m_now : timestampNow(); }

    QPointer<SocketClient> m_client;
    std::vector<Subscription> m_subscriptions;
    ActivityHistory m_history;
    std::optional<Timestamp> m_now;
    bool m_known = false;
    bool m_asking = false;
    // Of the question at hand: an answer to an older one is none.
    int m_generation = 0;
    QTimer m_changeTimer;
    QTimer m_quarterTimer;
    QTimer m_retryTimer;
};

} // namespace tocsin
