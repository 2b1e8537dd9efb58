// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/reconciler_p.h"
#include "gateway/routes.h"
#include "gateway/severitytable.h"
#include "gateway/source.h"

#include <functional>
#include <thread>

class QEventLoop;

namespace tocsin {

/// The thread that asks Alertmanagers what is active: each at once, then every `readEvery`.
///
/// Of a cluster, what its members say is taken together: those that answer are enough, and all of
/// them must be settled. A member that does not answer within 20 seconds, redirects, or says
/// something else than Alertmanager's API does, has not answered.
class SourceReader
{
public:
    struct Context {
        SeverityTable severities;
        QList<Route> routes;
    };
    /// From the reader's thread.
    using OnReading = std::function<void(const QString &source, Expected<SourceReading>)>;

    /// Starts the thread when there is a source to ask.
    SourceReader(const QList<IncidentSource> &sources, const Context &context, OnReading onReading);
    /// Gives up what is under way, and ends the thread.
    ~SourceReader();
    SourceReader(const SourceReader &) = delete;
    SourceReader &operator=(const SourceReader &) = delete;

private:
    // Not a QThread: wait() returns before the thread's own data is gone.
    std::thread m_thread;
    // Of the thread, as long as it runs.
    QEventLoop *m_loop = nullptr;
};

} // namespace tocsin
