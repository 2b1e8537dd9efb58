// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"

#include "gateway/datadirectory_p.h"
#include "gateway/listener_p.h"
#include "gateway/logbook_p.h"
#include "gateway/redisfeed_p.h"
#include "gateway/redismasterwatch_p.h"
#include "gateway/sourcereader_p.h"
#include "gateway/tokenwatch_p.h"

#include <QPromise>

#include <atomic>

namespace tocsin {

// A promise that the log's thread keeps.
template <typename T>
[[nodiscard]] std::pair<QFuture<Expected<T>>, LogWriter::Done<T>> promised()
{
    auto promise = std::make_shared<QPromise<Expected<T>>>();
    promise->start();
    return {promise->future(), [promise](Expected<T> result) {
                promise->addResult(std::move(result));
                promise->finish();
            }};
}

struct Gateway::Private {
    GatewayConfiguration configuration;
    const std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    Logbook logbook;
    // In the order in which each needs those before it; ends in the reverse.
    GatewayMetrics metrics;
    std::unique_ptr<DataDirectory> directory;
    /// Of the loop's thread, once it runs.
    std::optional<TokenWatch> tokens;
    std::atomic<quint64> socketTurns = 0;
    std::unique_ptr<Listener> listener;
    std::unique_ptr<Hub> hub;
    std::unique_ptr<PresenceBoard> presence;
    std::unique_ptr<LogWriter> writer;
    /// Null where nobody else writes to the log.
    std::unique_ptr<RedisFeed> feed;
    /// Null where no Sentinels say who the master is.
    std::unique_ptr<RedisMasterWatch> masterWatch;
    /// Of the loop's thread, once it runs.
    std::unique_ptr<SourceWatch> sources;
    bool isTellingOfSources = false;
    /// As the log last had it.
    QHash<QString, Timestamp> heard;
    bool isLookingAtHeard = false;
    bool isExchangingPresence = false;
    /// By source. Not changed after the start; what each remembers is the writer's thread's.
    QHash<QString, std::shared_ptr<Reconciler>> reconcilers;
    std::unique_ptr<GatewayServices> services;
    /// Of the reader's thread.
    QHash<QString, bool> failingSources;
    std::unique_ptr<SourceReader> reader;

    /// The tokens, and the certificate.
    void lookAtFiles(bool forced);
    void watchFiles();
    void watchSuppressed();
    /// Follows no room any longer in which nobody is.
    void watchFollowed();
    /// Another Redis is the master now.
    void followMaster();
    /// Tells other gateways who is here, and those here who is there.
    void watchPresence();
    void tellOfStart();
    void tellOfReadiness();
    [[nodiscard]] Expected<void> beginSources();
    void watchSources();
    /// Tells what is due of them; of a shared log only behind asking it, because whoever heard a
    /// source, it was heard.
    void lookAtSources();
    /// `knownUntil`: what was heard by then is known.
    void tellOfSources(SourceWatch::Moment knownUntil);
    void takeReading(const QString &source, Expected<SourceReading> reading);
    [[nodiscard]] QUrl url(const QString &scheme) const;
};

} // namespace tocsin
