// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace tocsin {

class IncidentStore;
class SocketClient;
struct IncidentFeedPrivate;

/// Applies what a client receives about incidents to a store: snapshots once they are whole,
/// changes as they come. Both must outlive the feed, and live in its thread.
class TOCSIN_INCIDENTS_EXPORT IncidentFeed : public QObject
{
    Q_OBJECT

public:
    IncidentFeed(SocketClient &client, IncidentStore &store, QObject *parent = nullptr);
    ~IncidentFeed() override;

private:
    std::unique_ptr<IncidentFeedPrivate> d;
};

} // namespace tocsin
