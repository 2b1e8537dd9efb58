// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/filestamp_p.h"
#include "gateway/logbook_p.h"
#include "gateway/tlscontext_p.h"

namespace tocsin {

/// The certificate that the gateway shows, as its file is: one that was renewed is shown without a
/// restart. It looks, as TokenWatch does. What cannot be used changes nothing; the logbook says so,
/// and tells when the certificate ends, from two weeks before on, once a day.
class CertificateWatch
{
public:
    CertificateWatch(const GatewayConfiguration &configuration,
        std::unique_ptr<boost::asio::ssl::context> loaded);

    /// For the next connection; those that are there keep what they have.
    [[nodiscard]] boost::asio::ssl::context &context() { return *m_context; }
    /// Reads the files again where one has changed, or where it is `forced`.
    void look(Timestamp now, bool forced, Logbook &logbook);

private:
    struct Stamps {
        FileStamp certificate;
        FileStamp key;
        FileStamp clientCa;
        friend bool operator==(const Stamps &, const Stamps &) = default;
    };
    [[nodiscard]] Stamps stamps() const;
    void readAnew(Logbook &logbook);
    void tellOfEnd(Timestamp now, Logbook &logbook);

    GatewayConfiguration m_configuration;
    std::unique_ptr<boost::asio::ssl::context> m_context;
    Stamps m_stamps;
    Timestamp m_end;
    std::optional<Timestamp> m_nextTelling;
};

} // namespace tocsin
