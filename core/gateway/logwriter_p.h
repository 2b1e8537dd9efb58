// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/joinanswer_p.h"
#include "gateway/logbook_p.h"
#include "gateway/metrics_p.h"
#include "gateway/pruningclock_p.h"
#include "gateway/reconciler_p.h"
#include "gateway/roomfollower_p.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <variant>

namespace tocsin {

class BatchBuilder;

/// For how long what is over is kept.
struct Retention {
    std::chrono::milliseconds events;
    std::chrono::milliseconds resolved;
};

/// The thread that owns the log. Whatever waits in its queue is folded and written in one
/// transaction (group commit), each post whole or not at all; reads take their turn in the same
/// queue, so that an answer is of one moment between two transactions. Joins wait for all of these,
/// and are answered a few at a time between two rounds of them: a hundred screens that come back at
/// once hold up a report for as long as one of them would.
///
/// Of a log that others write too, a batch that another gateway was quicker with is folded anew,
/// and what they write is handed out by follow(), which somebody has to call. Rooms into which
/// nobody has come by join() are left out.
///
/// Callbacks run in the writer's thread, in the order of the log: the events of a transaction are
/// published before any answer that was read after it, and before the posts in it are answered.
class LogWriter
{
public:
    using Open = std::function<Expected<std::unique_ptr<IncidentLog>>()>;
    using Publish = std::function<void(QList<LogEvent>)>;
    /// The log's epoch is another one: what anybody knows of it is void. Called before anything of
    /// the new one is published.
    using Renewed = std::function<void()>;
    /// What one POST brought.
    struct Post {
        QList<IncidentReport> reports;
        /// The sources that are to be remembered as heard.
        QStringList heard = {};
        /// The rooms that the sender is for (see allowsRoom()); empty for all.
        QStringList patterns = {};
    };
    using Produce = std::function<Expected<Post>()>;
    template <typename T>
    using Done = std::function<void(Expected<T>)>;

    /// Starts the thread and opens the log in it.
    [[nodiscard]] static Expected<std::unique_ptr<LogWriter>> start(Open open, Publish publish,
        Renewed renewed, const Retention &retention, GatewayMetrics &metrics, Logbook &logbook);
    ~LogWriter();
    LogWriter(const LogWriter &) = delete;
    LogWriter &operator=(const LogWriter &) = delete;

    /// Does what is in the queue, then ends the thread. What is asked of it later is answered with
    /// Unavailable, in the thread that asks.
    void stop();

    /// `produce` decodes the reports; it runs in the writer's thread, so that a large body holds
    /// up nobody's socket. Answers with the number of reports.
    void post(Produce produce, Done<int> done);
    /// Reports of what is so, which are nothing new where it is known already.
    void postState(const QList<IncidentReport> &reports, Done<int> done);
    /// What a comparison has opened and ended here.
    struct Reconciled {
        qint64 opened = 0;
        qint64 ended = 0;
    };
    /// `reconciler` is the writer's thread's alone from the first call on.
    void reconcile(
        std::shared_ptr<Reconciler> reconciler, SourceReading reading, Done<Reconciled> done);
    /// The fingerprints of what is open of a source.
    void readOpen(const QString &source, Done<QStringList> done);
    /// When each source was last heard, of those that ever were.
    void readLastHeard(const QStringList &sources, Done<QHash<QString, Timestamp>> done);
    /// Answers with the incident's version.
    void act(const QString &uuid, const IncidentAction &action, const QString &userName,
        const QStringList &rooms, Done<qint64> done);
    /// Answers with an IncidentTimeline.
    void readTimeline(const QString &uuid, const QStringList &rooms, Done<QByteArray> done);
    void join(const QString &room, const std::optional<RoomPosition> &since, Done<JoinAnswer> done);
    /// Answers with `{epoch, seq, incidents, monitors}`, and since when it may lack what was
    /// reported, where nothing can be written: whoever asks is not refused, as who joins is, since
    /// an answer is of a moment and nobody stays live by it.
    void readRoom(const QString &room, Done<QByteArray> done);
    /// Answers with an ActivityReport of the last day.
    void readActivity(const QStringList &rooms, Done<QByteArray> done);
    void removeSource(const QString &source, Done<int> done);
    /// Answers whether the log can be written to: by what was written a moment ago, or by writing.
    void probe(Done<bool> done);

    /// As SharedLog has it.
    void exchangePresence(
        const std::optional<QList<PresenceData>> &here, Done<QList<PresenceData>> done);
    /// How much the thread has done. Asks for a little, so that the next answer is another one
    /// where the thread turns. From any thread.
    [[nodiscard]] quint64 turns();

    /// What others write may be handed out. From any thread, as often as one likes.
    void follow();
    /// As SharedLog has it. From any thread.
    void connectAnew();
    /// Whether what was handed out is known to be all that there is, but for the last moments: not
    /// where nothing can be written, as what is reported then is in no log, nor where others write
    /// and cannot be heard.
    [[nodiscard]] bool isCurrent() const;
    /// The rooms that are followed, and how often somebody has come into each.
    void readFollowed(Done<QHash<QString, qint64>> done);
    /// Nobody is in these any more, but for who has come since they were read.
    void leave(const QHash<QString, qint64> &rooms);

private:
    struct Change {
        std::function<Expected<qint64>(BatchBuilder &)> fold;
        Done<qint64> done;
        /// Who posts is answered before the sessions are told, and does not wait for their number;
        /// who commands sees the event before the answer.
        bool isPost = false;
    };
    /// Called with null when the thread has ended.
    struct Read {
        std::function<void(IncidentLog *)> read;
    };
    struct Join {
        QString room;
        std::optional<RoomPosition> since;
        Done<JoinAnswer> done;
    };
    using Job = std::variant<Change, Read, Join>;
    using Answers = std::deque<std::pair<Change, Expected<qint64>>>;

    LogWriter(Publish publish, Renewed renewed, const Retention &retention, GatewayMetrics &metrics,
        Logbook &logbook);
    [[nodiscard]] static Error ended();
    template <typename T>
    void enqueueRead(std::function<Expected<T>(IncidentLog &)> read, Done<T> done);
    void enqueue(Job job);
    void run();
    void prune();
    /// Writes, while nothing could be written: that it goes on is noticed when nobody posts.
    void look();
    Expected<void> writeProbe();
    void noteFailure(const Error &error);
    void noteWritten();
    void work(std::deque<Job> jobs);
    /// Of those that wait, for as long as a report can wait.
    void answerJoins();
    void answer(const Join &join);
    [[nodiscard]] Expected<JoinAnswer> read(const Join &join);
    void commit(BatchBuilder &builder, Answers &answers);
    /// Folds the changes anew for as long as others are quicker.
    Expected<QList<LogEvent>> append(BatchBuilder &builder, Answers &answers);
    /// Of what was written here.
    void publish(QList<LogEvent> events);
    Expected<void> handOut(Expected<RoomNews> news);
    void settleEpoch();
    /// All rooms were looked at: one of them says nothing of the others.
    void noteCurrent();

    Publish m_publish;
    Renewed m_renewed;
    const Retention m_retention;
    GatewayMetrics &m_metrics;
    Logbook &m_logbook;
    Outage m_outage;
    std::chrono::steady_clock::time_point m_lastWritten;
    std::chrono::steady_clock::time_point m_nextPruning;
    PruningClock m_pruningClock;
    std::chrono::steady_clock::time_point m_nextLook = std::chrono::steady_clock::time_point::max();
    std::unique_ptr<IncidentLog> m_log;
    QString m_epoch;
    bool m_isShared = false;
    RoomFollower m_follower;
    std::deque<Join> m_joins;
    RecentSnapshots m_snapshots;
    /// When it was, by the steady clock.
    std::atomic<std::chrono::steady_clock::rep> m_current = 0;
    std::atomic<bool> m_isFailing = false;
    /// Of that.
    Timestamp m_failingSince;
    std::atomic<bool> m_isFollowDue = false;
    std::atomic<quint64> m_turns = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_queue;
    bool m_isStopping = false;
    bool m_hasEnded = false;
    std::thread m_thread;
};

} // namespace tocsin
