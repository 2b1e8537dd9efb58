// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisincidentlog.h"

#include <memory>

struct ssl_st;

namespace tocsin {

/// TLS to a Redis or a Sentinel, over a socket that another one owns and that waits for as long as
/// its own time-outs say. OpenSSL by itself, and not hiredis_ssl: Debian 12 does not have that, and
/// it does not compare the certificate with the host's name.
///
/// Errors are StorageFailed, and say why in words that stand behind a colon. After one, nothing
/// more can be read or written.
class RedisTls
{
public:
    /// Whether a connection could be begun with these files: BadConfiguration, in a sentence.
    [[nodiscard]] static Expected<void> check(const RedisTlsFiles &files);
    /// The handshake. Who answers must show a certificate that is good now, of one of the CAs, and
    /// for `host`, a name or an address.
    [[nodiscard]] static Expected<std::unique_ptr<RedisTls>> begin(
        int socket, const QString &host, const RedisTlsFiles &files);

    [[nodiscard]] Expected<void> write(std::string_view bytes);
    /// Waits for some; not empty.
    [[nodiscard]] Expected<std::string_view> read();

private:
    struct Free {
        void operator()(ssl_st *connection) const;
    };
    explicit RedisTls(ssl_st *connection);
    [[nodiscard]] tl::unexpected<Error> failure(int result) const;

    std::unique_ptr<ssl_st, Free> m_connection;
    QByteArray m_buffer;
    bool m_hasRead = false;
};

} // namespace tocsin
