// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/server_p.h"

#include <utility> // Boost 1.74's awaitable.hpp forgets it

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace tocsin {

// The executor by its own type: the one that Asio uses where none is named can be any, and asks at
// each step which it is.
using Executor = boost::asio::io_context::executor_type;
using PlainStream = boost::beast::basic_stream<boost::asio::ip::tcp, Executor>;
using TlsStream = boost::beast::ssl_stream<PlainStream>;
using Socket = PlainStream::socket_type;
using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Closes a socket that is done with, however that goes.
template <typename Socket>
void closeQuietly(Socket &socket)
{
    boost::system::error_code ignored;
    static_cast<void>(socket.close(ignored));
}

/// Serves HTTP on a connection until it is closed or upgraded, or tells it that it is refused;
/// keeps itself alive.
template <typename Stream>
void serveHttp(ServerState &state, Stream stream, Doorkeeper::Admission admission);

/// Who a session is of, as far as the connection knows it.
struct SessionPeer {
    IpAddress address;
    Doorkeeper::Place place;
};

/// Answers an upgrade and serves the session, which holds the place; keeps itself alive.
template <typename Stream>
void serveWebSocket(ServerState &state, Stream stream, HttpRequest request, SessionPeer peer);

} // namespace tocsin
