// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

#include <memory>

namespace tocsin {

class IncidentStore;
class SocketClient;
struct IncidentFeedPrivate;

/// Applies what a client receives about incidents to a store: snapshots once they are whole,
/// changes as they come. Both must outlive the feed, and live in its thread.
///
/// A plain server sends no list: then the store has what was heard since `heardSince()`, and what
/// was heard before an outage, of which nobody knows what became. It is no reason for calm.
class TOCSIN_INCIDENTS_EXPORT IncidentFeed : public QObject
{
    Q_OBJECT

public:
    IncidentFeed(SocketClient &client, IncidentStore &store, QObject *parent = nullptr);
    ~IncidentFeed() override;

    /// From when on the store has heard of everything, where no list says what there was before;
    /// no moment where one does. Of a gateway it is set until its answer to the first join. By the
    /// clock on the wall as it goes now: where that is set, the moment is another one.
    [[nodiscard]] QDateTime heardSince() const;

Q_SIGNALS:
    void heardSinceChanged();

private:
    void hearFromNow();
    void hearAll();

    std::unique_ptr<IncidentFeedPrivate> d;
};

} // namespace tocsin
