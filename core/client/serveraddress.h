// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"
#include "protocol/error.h"

#include <QList>
#include <QUrl>

namespace tocsin {

/// The port that a gateway has where nobody gave it another one.
inline constexpr int usualGatewayPort = 8787;

/// The WebSocket address that a person means, however they know their server: by its name, as
/// `host:port`, as `ws://` or `wss://`, or as what stands in their browser.
///
/// Without a scheme it is `wss://`, because a token may be sent there; to this machine itself it is
/// `ws://`, and the port a gateway's usual one. What is taken from a browser gets the path `/ws`
/// in place of a gateway's page; a `ws://` address keeps its path, and gets `/ws` where it has
/// none. BadConfiguration: no address, or one with a user, a password or a token in it, which do
/// not belong where addresses are kept and shown. The error repeats none of it then.
[[nodiscard]] TOCSIN_CLIENT_EXPORT Expected<QUrl> serverAddress(const QString &typed);

/// How many addresses one server may have.
inline constexpr qsizetype mostServerAddresses = 16;

/// The same for a server that has several, with commas, semicolons or line breaks between them: in
/// the order in which they were typed, each once, at least one. The error is that of the first that
/// is none; BadConfiguration also for more than `mostServerAddresses`.
[[nodiscard]] TOCSIN_CLIENT_EXPORT Expected<QList<QUrl>> serverAddresses(const QString &typed);

/// Whether the host is this machine, by one of its loopback names or addresses.
[[nodiscard]] TOCSIN_CLIENT_EXPORT bool isLoopbackHost(const QString &host);

} // namespace tocsin
