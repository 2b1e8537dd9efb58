// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/backoff.h"
#include "client/export.h"
#include "client/monotonicclock.h"

#include <optional>
#include <vector>

namespace tocsin {

/// Which of a server's addresses is tried next: in an order that is random for each client, so that
/// those which lose one gateway are spread over the others, and leaving one that failed alone for a
/// while. Pure: no clock, and no random number but for the order.
///
/// Invariants (tests/client/tst_addressrotation.cpp holds each against random sequences):
///  - the address that failed last is not the next one while another does not rest;
///  - no address that rests is chosen while another does not;
///  - an address that does not rest is chosen after at most as many others as there are; and each
///    one's rest has an end, so every address is tried again and again;
///  - while all of them rest, they are tried in turn;
///  - a rest is `firstRest` and twice as long with each failure in a row, up to `longestRest`;
///  - without a failure, the choice stays: a client returns to the address that it was on;
///  - with one address there is no choice, and no random number is asked for.
class TOCSIN_CLIENT_EXPORT AddressRotation
{
public:
    static constexpr std::chrono::milliseconds firstRest{5'000};
    static constexpr std::chrono::milliseconds longestRest{60'000};

    /// `addresses`: how many there are, at least 1; they are called by their place.
    AddressRotation(std::size_t addresses, const Backoff::Random &random);

    [[nodiscard]] std::size_t choose(MonotonicTime now) const;
    /// Whether there is one besides `address` that does not rest.
    [[nodiscard]] bool isAnotherRested(std::size_t address, MonotonicTime now) const;

    /// It could not be connected to, or its connection was lost: it rests from now on.
    void failed(std::size_t address, MonotonicTime now);
    /// A session with it was usable: its failures until now are forgotten.
    void worked(std::size_t address);
    /// None rests any more: what they failed for is over, as far as anybody knows. How often they
    /// failed is not forgotten.
    void forgive();

private:
    struct Standing {
        int failures = 0;
        std::optional<MonotonicTime> restsUntil;
    };
    [[nodiscard]] bool isRested(std::size_t address, MonotonicTime now) const;

    std::vector<Standing> m_standings;
    /// The one that failed last is the last, and the one that worked last is the first.
    std::vector<std::size_t> m_order;
};

} // namespace tocsin
