// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tlscontext_p.h"

#include <ctime>
#include <openssl/x509v3.h>

namespace tocsin {

namespace {

namespace ssl = boost::asio::ssl;

template <auto free>
struct Free {
    template <typename T>
    void operator()(T *object) const
    {
        free(object);
    }
};

tl::unexpected<Error> unusable(const QString &message)
{
    return tl::unexpected<Error>({ErrorCode::BadConfiguration, message, {}});
}

Expected<void> checkFiles(const GatewayConfiguration &configuration)
{
    if (configuration.tlsCertificate.isEmpty() != configuration.tlsKey.isEmpty())
        return unusable(QStringLiteral("TLS needs both a certificate and a key."));
    if (configuration.tlsClientCa.isEmpty()) {
        if (configuration.senderCertificates.isEmpty())
            return {};
        return unusable(QStringLiteral("Certificates of senders are named (sender_certificate), but"
                                       " not the CA that they are of (tls.client_ca)."));
    }
    if (configuration.tlsCertificate.isEmpty()) {
        return unusable(QStringLiteral("Certificates of senders (tls.client_ca) need TLS: give a"
                                       " certificate and a key."));
    }
    if (configuration.tokensFile.isEmpty()) {
        return unusable(QStringLiteral("Certificates of senders (tls.client_ca) need a tokens file:"
                                       " without one everybody may send, and see."));
    }
    return {};
}

// A certificate is asked for, not demanded: people come without. One that is shown must be good.
void askForCertificates(ssl::context &tls, const QString &caFile)
{
    tls.load_verify_file(caFile.toStdString());
    tls.set_verify_mode(ssl::verify_peer);
    SSL_CTX *const context = tls.native_handle();
    // Whom the file names is trusted, an intermediate CA too.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    // Tells clients that hold several which to show.
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(caFile.toLocal8Bit().constData()));
    // A session taken up again would bring back a certificate that was good then.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
}

// One that holds a NUL ends there for some readers, and is nobody's.
QString textOf(const ASN1_STRING *string)
{
    unsigned char *utf8 = nullptr;
    const int size = string ? ASN1_STRING_to_UTF8(&utf8, string) : -1;
    if (size < 0)
        return {};
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(utf8), size);
    OPENSSL_free(utf8);
    return text.contains(QChar::Null) ? QString() : text;
}

QString commonName(const X509 *certificate)
{
    X509_NAME *const subject = X509_get_subject_name(certificate);
    const int place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    return place < 0 ? QString()
                     : textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place)));
}

QString firstAlternativeName(const X509 *certificate)
{
    const std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>> names(
        static_cast<GENERAL_NAMES *>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count; ++i) {
        int type = 0;
        const void *const value
            = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type);
        if (type == GEN_DNS || type == GEN_URI || type == GEN_EMAIL)
            return textOf(static_cast<const ASN1_STRING *>(value));
    }
    return {};
}

} // namespace

Expected<std::unique_ptr<ssl::context>> loadTls(const GatewayConfiguration &configuration)
{
    if (const auto checked = checkFiles(configuration); !checked)
        return tl::unexpected<Error>(checked.error());
    if (configuration.tlsCertificate.isEmpty())
        return nullptr;
    auto tls = std::make_unique<ssl::context>(ssl::context::tls_server);
    QString file = configuration.tlsCertificate;
    try {
        tls->set_options(
            ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
        tls->use_certificate_chain_file(file.toStdString());
        file = configuration.tlsKey;
        tls->use_private_key_file(file.toStdString(), ssl::context::pem);
        file = configuration.tlsClientCa;
        if (!file.isEmpty())
            askForCertificates(*tls, file);
    } catch (const boost::system::system_error &failure) {
        return unusable(QStringLiteral("%1 cannot be used for TLS: %2.")
                .arg(file, QString::fromStdString(failure.code().message())));
    }
    if (SSL_CTX_check_private_key(tls->native_handle()) != 1) {
        return unusable(QStringLiteral("The key %1 does not belong to the certificate %2.")
                .arg(configuration.tlsKey, configuration.tlsCertificate));
    }
    return tls;
}

Timestamp certificateEnd(SSL_CTX *context)
{
    const X509 *const certificate = SSL_CTX_get0_certificate(context);
    std::tm end{};
    if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1)
        return Timestamp::max();
    using namespace std::chrono;
    const sys_days date(year(end.tm_year + 1900) / month(unsigned(end.tm_mon + 1)) / end.tm_mday);
    return Timestamp(date + hours(end.tm_hour) + minutes(end.tm_min) + seconds(end.tm_sec));
}

Expected<void> checkExpiry(const GatewayConfiguration &configuration, Timestamp now)
{
    const auto tls = loadTls(configuration);
    if (!tls)
        return tl::unexpected<Error>(tls.error());
    if (!*tls)
        return {};
    const Timestamp end = certificateEnd((*tls)->native_handle());
    if (end > now)
        return {};
    return unusable(QStringLiteral("The certificate %1 has expired (%2).")
            .arg(configuration.tlsCertificate, toDateTime(end).toString(Qt::ISODate)));
}

QString clientCertificateName(SSL *connection)
{
    const std::unique_ptr<X509, Free<X509_free>> certificate(SSL_get_peer_certificate(connection));
    if (!certificate || SSL_get_verify_result(connection) != X509_V_OK)
        return {};
    // Its connection may be older than its end.
    if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) < 0)
        return {};
    const QString name = commonName(certificate.get());
    return name.isEmpty() ? firstAlternativeName(certificate.get()) : name;
}

} // namespace tocsin
