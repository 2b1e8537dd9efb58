// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/addressrotation.h"
#include "client/backoff.h"
#include "client/connectionoptions.h"
#include "client/monotonicclock.h"
#include "protocol/error.h"

#include <variant>
#include <vector>

namespace tocsin {

/// Names one attempt to connect, from its first question for credentials to its last callback.
/// 0 is none.
using AttemptId = quint64;

/// Why and how a connection, or an attempt, came to its end.
struct ConnectionLoss {
    /// Whether it is worth another attempt: as the close code says, or never, because the next one
    /// would fail alike.
    enum class Afterwards { AsTheCodeSays, Stop };
    /// The peer's close code; 1006 where it gave none. HTTP 401 and 403 count as 4001 and 4003.
    int code = 1006;
    QString reason;
    /// Absent for an orderly close.
    std::optional<Error> error;
    Afterwards afterwards = Afterwards::AsTheCodeSays;
};

/// When and whether to connect, wait, probe and give up: all of it, and nothing else. No sockets,
/// no timers, no clock: it takes what happened and the time, and returns what to do.
///
/// Invariants (tests/client/tst_connectionmachine.cpp holds each against random sequences):
///  - at most one attempt is alive, and inputs of any other change nothing;
///  - `Connected` and `Disconnected` alternate, and each happens in the state that its name says;
///  - the state leaves Connected before the socket is dropped;
///  - after Disconnect, and before the first Connect, nothing is opened, whatever the network and
///    the window do;
///  - while an attempt is alive or a retry is due there is a deadline, so that no state waits for
///    ever but Idle, and Paused, which ends with the network or the window;
///  - the backoff starts anew only when a session was usable;
///  - of several addresses the one that failed is not tried next while another does not rest; the
///    wait before one that does not is below the first ceiling, and any other is as that of a
///    single address;
///  - what is not the address' fault is not held against it: a refused token, a server that wants
///    to be asked less often, credentials that could not be had, a network that is gone;
///  - `Connected{reconnected}` is true exactly when a session of this machine was usable before;
///  - an open connection is probed at once when it is seen that we slept (Woke, or an input long
///    after its deadline), and is in doubt from then on; it is in doubt, too, once no more than
///    part of a message has come by the time that an answer was due: `Doubted`, at most once until
///    `Confirmed`, which only something whole received on that connection brings about, or its end;
///  - a connection is never given up for a silence that we may have slept through, nor while a
///    message keeps coming, for as long as `patience` says;
///  - what is not whole changes nothing but when the connection is given up.
class TOCSIN_CLIENT_EXPORT ConnectionMachine
{
public:
    enum class State { Disconnected, Connecting, Connected, Reconnecting };
    enum class Pause { None, Offline, Hidden };
    enum class Reachability { Unknown, Offline, Online };
    /// What came, and so what it says of the connection. A Part, of a message that is still on its
    /// way, says that it may be slow and not dead. A Frame that is no message proves that the peer
    /// is there, not that the session can be used.
    enum class Life { Part, Frame, Message, Authenticated, HeartbeatAnswer };

    // What happened.
    struct Connect {
    };
    struct Disconnect {
    };
    struct ReconnectNow {
    };
    struct CredentialsReady {
        AttemptId attempt;
    };
    struct CredentialsFailed {
        AttemptId attempt;
        Error error;
    };
    struct Opened {
        AttemptId attempt;
    };
    struct Closed {
        AttemptId attempt;
        ConnectionLoss loss;
    };
    struct Received {
        AttemptId attempt;
        Life life;
    };
    struct ReachabilityChanged {
        Reachability reachability;
    };
    struct VisibilityChanged {
        bool visible;
    };
    /// Still reachable, but from another address or by another way.
    struct NetworkChanged {
    };
    /// The deadline came, or the program woke up for any other reason.
    struct Tick {
    };
    /// The machine was suspended, or the program stood still: nothing is known of the time since.
    struct Woke {
    };
    using Input = std::variant<Connect, Disconnect, ReconnectNow, CredentialsReady,
        CredentialsFailed, Opened, Closed, Received, ReachabilityChanged, VisibilityChanged,
        NetworkChanged, Tick, Woke>;

    // What to do, in this order.
    /// Answer with CredentialsReady or CredentialsFailed.
    struct RequestCredentials {
        AttemptId attempt;
    };
    /// Open a socket to that one of the addresses; answer with Opened or Closed.
    struct Open {
        AttemptId attempt;
        std::size_t address;
    };
    /// Send `auth`, the joins, and what is buffered.
    struct Greet {
        AttemptId attempt;
    };
    struct SendHeartbeat {
        AttemptId attempt;
    };
    enum class DropHow { Abort, CloseNormally };
    /// Let go of the attempt's socket, if there is one, without waiting for it.
    struct Drop {
        AttemptId attempt;
        DropHow how;
        /// The peer turned us away, before the session was usable: it carried out nothing of it.
        bool isRefusal = false;
    };
    struct StateChanged {
        State state;
        Pause pause;
    };
    struct Connected {
        bool reconnected;
    };
    struct Disconnected {
        int code;
        QString reason;
    };
    struct ReconnectScheduled {
        int attempt;
        std::chrono::milliseconds delay;
    };
    struct ReconnectFailed {
        int attempts;
    };
    struct AuthenticationFailed {
        QString reason;
    };
    /// The server said with this close code that it is not to be tried again.
    struct Stopped {
        int code;
    };
    struct ErrorOccurred {
        Error error;
    };
    struct RoundTrip {
        std::chrono::milliseconds duration;
    };
    /// Whether the open connection still is one is not known; a heartbeat was sent to find out.
    struct Doubted {
    };
    /// The connection that was in doubt is alive, and what the server sent until now has come.
    struct Confirmed {
    };
    using Output = std::variant<RequestCredentials, Open, Greet, SendHeartbeat, Drop, StateChanged,
        Connected, Disconnected, ReconnectScheduled, ReconnectFailed, AuthenticationFailed, Stopped,
        ErrorOccurred, RoundTrip, Doubted, Confirmed>;
    using Outputs = std::vector<Output>;

    /// A session that nothing was received on counts as usable after this long.
    static constexpr std::chrono::milliseconds usableAfter{5'000};
    /// A deadline seen this much too late says that we slept, not that the peer was silent.
    static constexpr std::chrono::milliseconds lateness{1'000};
    /// What comes sooner after waking may have waited in the socket since before: it does not say
    /// that the peer is still there. The answer to the heartbeat that was sent then does.
    static constexpr std::chrono::milliseconds backlog{1'000};
    /// A message that is coming in where an answer is due is waited for until this many heartbeat
    /// time-outs after the heartbeat. A peer that says a byte now and then has its end with it.
    static constexpr int patience = 12;

    /// `addresses`: how many the server has, at least 1.
    ConnectionMachine(ConnectionOptions options, Backoff::Random random, std::size_t addresses = 1);

    [[nodiscard]] Outputs handle(const Input &input, MonotonicTime now);

    /// When to come back with Tick; nothing is due without.
    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] Pause pause() const;
    /// Whether a further message on this attempt would change nothing, as most do not.
    [[nodiscard]] bool isSettled(AttemptId attempt, MonotonicTime now) const;
    /// Whether a Part would: an answer is waited for.
    [[nodiscard]] bool isWaitingForAnswer(AttemptId attempt) const;
    /// Whether the connection is open, and its session a usable one.
    [[nodiscard]] bool isUsable() const;
    /// When the next attempt begins, where one is waited for.
    [[nodiscard]] std::optional<MonotonicTime> retryAt() const;

private:
    enum class Phase { Idle, Paused, Waiting, FetchingCredentials, Opening, Open };

    void on(const Connect &, MonotonicTime now);
    void on(const Disconnect &, MonotonicTime now);
    void on(const ReconnectNow &, MonotonicTime now);
    void on(const CredentialsReady &input, MonotonicTime now);
    void on(const CredentialsFailed &input, MonotonicTime now);
    void on(const Opened &input, MonotonicTime now);
    void on(const Closed &input, MonotonicTime now);
    void on(const Received &input, MonotonicTime now);
    void on(const ReachabilityChanged &input, MonotonicTime now);
    void on(const VisibilityChanged &input, MonotonicTime now);
    void on(const NetworkChanged &, MonotonicTime now);
    void on(const Tick &, MonotonicTime now);
    void on(const Woke &, MonotonicTime now);

    [[nodiscard]] bool overslept(const Input &input, MonotonicTime now) const;
    [[nodiscard]] bool confirms(const Received &input, MonotonicTime now) const;
    /// Whether what comes now may have come while we slept.
    [[nodiscard]] bool mayHaveWaited(MonotonicTime now) const;
    void sendHeartbeat(MonotonicTime now);
    void tickHeartbeat(MonotonicTime now);
    [[nodiscard]] bool isStillReceiving(MonotonicTime now);
    void loseSilent(MonotonicTime now);
    void startAttempt(MonotonicTime now);
    void lose(const ConnectionLoss &loss, DropHow how, MonotonicTime now);
    void afterLoss(const ConnectionLoss &loss, MonotonicTime now);
    void probe(MonotonicTime now);
    void markUsable();
    /// Whether the loss says of the address that another one is to be tried.
    [[nodiscard]] bool isAddressAtFault(const ConnectionLoss &loss) const;
    void settle(Phase phase, Pause pause = Pause::None);
    [[nodiscard]] bool isAlive() const;
    [[nodiscard]] Pause wantedPause() const;

    ConnectionOptions m_options;
    AddressRotation m_addresses;
    Backoff m_backoff;
    Outputs m_outputs;

    Phase m_phase = Phase::Idle;
    Pause m_pause = Pause::None;
    State m_announced = State::Disconnected;
    Pause m_announcedPause = Pause::None;
    Reachability m_reachability = Reachability::Unknown;
    bool m_visible = true;

    AttemptId m_attempt = 0;
    /// Of the attempt.
    std::size_t m_address = 0;
    bool m_usable = false;
    bool m_hadUsableSession = false;
    /// The peer refused our token; the next refusal is final.
    bool m_refusedOnce = false;

    std::optional<MonotonicTime> m_attemptDeadline;
    std::optional<MonotonicTime> m_retryAt;
    std::optional<MonotonicTime> m_usableAt;
    std::optional<MonotonicTime> m_nextHeartbeat;
    std::optional<MonotonicTime> m_answerDeadline;
    /// Since when an answer is waited for, where it is, and when part of something last came since.
    MonotonicTime m_askedAt;
    std::optional<MonotonicTime> m_partReceived;
    std::optional<MonotonicTime> m_heartbeatSent;
    /// Heartbeats of this connection that have no answer yet.
    int m_unanswered = 0;
    /// When the connection came into doubt, and how many answers are to come before that to the
    /// heartbeat which was sent then.
    std::optional<MonotonicTime> m_doubtedSince;
    int m_answersBefore = 0;
};

} // namespace tocsin
