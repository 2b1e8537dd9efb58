// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"
#include "client/monotonicclock.h"

#include <optional>

namespace tocsin {

/// Whether the server of a session gives its rooms sequences, or is a plain one from which nothing
/// can be recovered; found out from what it sends, since no server says so (docs/protocol.md,
/// "Recovery"). Pure.
class TOCSIN_CLIENT_EXPORT ServerKind
{
public:
    enum class Kind { Unknown, Plain, Sequenced };

    /// What an event brought to light.
    struct Findings {
        /// The session turned out to be one with a plain server just now.
        bool becamePlain = false;
        /// It was taken for one with a plain server, and is none.
        bool wasPlain = false;
        /// What was missed before this session has to be asked for. Once a session.
        bool refreshNeeded = false;
    };

    /// A session of which this long nothing said what it is, is what the one before was.
    static constexpr std::chrono::milliseconds patience{5'000};

    void sessionStarted(MonotonicTime now);
    void sessionEnded();
    /// There was a usable session before this one.
    [[nodiscard]] Findings sessionFollowsAnother();
    /// A message with a sequence, or one that only servers with sequences send.
    [[nodiscard]] Findings sequenceSeen();
    /// A message for the application, without a sequence.
    [[nodiscard]] Findings unsequencedSeen();
    /// An answer to `auth`: plain servers give none, so silence is not taken for a plain one's.
    void authenticatedSeen();
    [[nodiscard]] Findings tick(MonotonicTime now);

    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    [[nodiscard]] Kind kind() const;

private:
    [[nodiscard]] Findings become(Kind kind);

    Kind m_kind = Kind::Unknown;
    /// What the last session was that was found to be anything; Unknown before the first.
    Kind m_before = Kind::Unknown;
    bool m_unsequencedSeen = false;
    bool m_authenticatedSeen = false;
    bool m_refreshOwed = false;
    std::optional<MonotonicTime> m_decideAt;
};

} // namespace tocsin
