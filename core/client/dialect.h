// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

namespace tocsin {

/// The form of a server's frames.
enum class Dialect {
    /// Tocsin's and WarpKit's: `{"name":…,"data":…}` in, `{"type":…,…}` out (docs/protocol.md).
    Envelope,
    /// `{"type":"message","channel":…,"event":…,"data":…}` both ways, with `subscribe` and
    /// `unsubscribe` (protocol/typedchannel.h). Such a server keeps no history: nothing is
    /// recovered. It knows neither replies nor attachments. Where the heartbeat's flavour is
    /// Text, Json is used.
    TypedChannel,
};

} // namespace tocsin
