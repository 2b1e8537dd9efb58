// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/certificatewatch_p.h"

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr auto toldBefore = 24h * 14;
constexpr auto toldEvery = 24h;

} // namespace

CertificateWatch::CertificateWatch(
    const GatewayConfiguration &configuration, std::unique_ptr<boost::asio::ssl::context> loaded)
    : m_configuration(configuration)
    , m_context(std::move(loaded))
    , m_stamps(stamps())
    , m_end(certificateEnd(m_context->native_handle()))
{
}

CertificateWatch::Stamps CertificateWatch::stamps() const
{
    return {FileStamp::of(m_configuration.tlsCertificate), FileStamp::of(m_configuration.tlsKey),
        FileStamp::of(m_configuration.tlsClientCa)};
}

void CertificateWatch::look(Timestamp now, bool forced, Logbook &logbook)
{
    const Stamps found = stamps();
    if (std::exchange(m_stamps, found) != found || forced)
        readAnew(logbook);
    tellOfEnd(now, logbook);
}

void CertificateWatch::readAnew(Logbook &logbook)
{
    auto read = loadTls(m_configuration);
    if (!read) {
        // As between the moments in which the one file and the other are replaced.
        logbook.write(LogLevel::Warning, "tls.unusable",
            {{"error", read.error().message},
                {"consequence", "The certificate from before is shown."}});
        return;
    }
    m_context = *std::move(read);
    m_end = certificateEnd(m_context->native_handle());
    m_nextTelling.reset();
    logbook.write(LogLevel::Info, "tls.reloaded",
        {{"certificate", m_configuration.tlsCertificate},
            {"ends", toDateTime(m_end).toString(Qt::ISODate)}});
}

void CertificateWatch::tellOfEnd(Timestamp now, Logbook &logbook)
{
    const auto left = m_end - now;
    if (left > toldBefore || (m_nextTelling && now < *m_nextTelling))
        return;
    const bool isOver = left <= 0ms;
    m_nextTelling = isOver ? now + toldEvery : std::min(now + toldEvery, m_end);
    logbook.write(isOver ? LogLevel::Error : LogLevel::Warning,
        isOver ? "tls.expired" : "tls.expiring",
        {{"certificate", m_configuration.tlsCertificate},
            {"ends", toDateTime(m_end).toString(Qt::ISODate)},
            {"consequence", "Then nobody can connect who checks it."}});
}

} // namespace tocsin
