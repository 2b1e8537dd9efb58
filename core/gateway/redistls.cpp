// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redistls_p.h"

#include <QDateTime>
#include <QFile>
#include <QHostAddress>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cerrno>
#include <cstring>

namespace tocsin {

namespace {

constexpr qsizetype bufferSize = 16 * 1024;

struct FreeContext {
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

/// Why the certificate that was shown is not good; the first thing that OpenSSL found.
struct Flaw {
    int code = X509_V_OK;
    QString issuer;
    QString from;
    QString until;
};

QString reason(unsigned long code)
{
    const char *const text = ERR_reason_error_string(code);
    return text ? QString::fromLatin1(text) : QStringLiteral("OpenSSL says 0x%1").arg(code, 0, 16);
}

tl::unexpected<Error> failed(const QString &why)
{
    return makeError(ErrorCode::StorageFailed, why);
}

tl::unexpected<Error> unusable(const QString &fileName, const QString &why)
{
    return failed(QStringLiteral("the file %1 cannot be used: %2").arg(fileName, why));
}

QString day(const ASN1_TIME *time)
{
    std::tm parts = {};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return QStringLiteral("an unreadable day");
    return QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday).toString(Qt::ISODate);
}

QString issuerOf(const X509 *certificate)
{
    X509_NAME *const issuer = X509_get_issuer_name(certificate);
    const int place = X509_NAME_get_index_by_NID(issuer, NID_commonName, -1);
    unsigned char *utf8 = nullptr;
    const int size = place < 0
        ? -1
        : ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(issuer, place)));
    if (size < 0)
        return QStringLiteral("an issuer without a name");
    const QString name = QString::fromUtf8(reinterpret_cast<const char *>(utf8), size);
    OPENSSL_free(utf8);
    return u'"' + name + u'"';
}

// Only looks on: what OpenSSL has decided stays.
int noteFlaw(int isGood, X509_STORE_CTX *store)
{
    const auto *const connection = static_cast<const SSL *>(
        X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto *const flaw = static_cast<Flaw *>(SSL_get_app_data(connection));
    if (isGood == 1 || !flaw || flaw->code != X509_V_OK)
        return isGood;
    flaw->code = X509_STORE_CTX_get_error(store);
    if (const X509 *const certificate = X509_STORE_CTX_get_current_cert(store)) {
        flaw->issuer = issuerOf(certificate);
        flaw->from = day(X509_get0_notBefore(certificate));
        flaw->until = day(X509_get0_notAfter(certificate));
    }
    return isGood;
}

QString sentence(const Flaw &flaw, const QString &host)
{
    switch (flaw.code) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return QStringLiteral("its certificate is not for %1").arg(host);
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return QStringLiteral("its certificate expired on %1").arg(flaw.until);
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return QStringLiteral("its certificate is valid only from %1, or the clock here is wrong")
            .arg(flaw.from);
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return QStringLiteral("its certificate is issued by %1, which is not trusted here: name the"
                              " file of that CA (redis.tls_ca)")
            .arg(flaw.issuer);
    default:
        return QStringLiteral("its certificate is not good: %1")
            .arg(QString::fromLatin1(X509_verify_cert_error_string(flaw.code)));
    }
}

bool refusesOurCertificate(unsigned long code)
{
    if (ERR_GET_LIB(code) != ERR_LIB_SSL)
        return false;
    switch (ERR_GET_REASON(code)) {
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA: return true;
    default: return false;
    }
}

bool isNoTls(unsigned long code)
{
    const int reason = ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;
    return reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_PACKET_LENGTH_TOO_LONG
        || reason == SSL_R_UNKNOWN_PROTOCOL;
}

bool isHangUp(unsigned long code)
{
    return ERR_GET_LIB(code) == ERR_LIB_SSL
        && ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
}

enum class Moment { BeforeAnyAnswer, Later };

/// Why what returned `result` failed. Leaves OpenSSL's queue of errors empty.
QString why(const SSL *connection, int result, Moment moment)
{
    const int said = SSL_get_error(connection, result);
    const int system = errno;
    const unsigned long code = ERR_peek_error();
    ERR_clear_error();
    if (said == SSL_ERROR_WANT_READ || said == SSL_ERROR_WANT_WRITE)
        return QStringLiteral("it does not answer");
    if (refusesOurCertificate(code)) {
        return QStringLiteral("it wants a certificate that it knows (redis.tls_certificate): none"
                              " was given, or it refuses this one (%1)")
            .arg(reason(code));
    }
    const bool isSystem = said == SSL_ERROR_SYSCALL && system != 0;
    if (!isSystem && code != 0 && !isHangUp(code))
        return reason(code);
    QString text = isSystem ? QString::fromLocal8Bit(std::strerror(system))
                            : QStringLiteral("it closed the connection");
    // In TLS 1.3 our certificate is looked at when we think that all is well, and what is said of
    // it may be lost with the connection.
    if (moment == Moment::BeforeAnyAnswer) {
        return QStringLiteral("%1: does it want a certificate that it knows"
                              " (redis.tls_certificate)?")
            .arg(text);
    }
    return text;
}

QString whyNoHandshake(const SSL *connection, int result)
{
    const int said = SSL_get_error(connection, result);
    const unsigned long code = ERR_peek_error();
    const bool isSilent = said == SSL_ERROR_WANT_READ;
    // A Redis without TLS waits for the end of what it takes for a line, or says that it is none.
    if (isSilent || isNoTls(code)) {
        ERR_clear_error();
        return QStringLiteral("it does not answer in TLS: is that the port of a Redis without it"
                              " (redis:)?");
    }
    return QStringLiteral("no TLS with it: ") + why(connection, result, Moment::BeforeAnyAnswer);
}

Expected<void> loadAuthorities(SSL_CTX *context, const QString &fileName)
{
    if (fileName.isEmpty()) {
        SSL_CTX_set_default_verify_paths(context);
        return {};
    }
    if (SSL_CTX_load_verify_locations(context, QFile::encodeName(fileName).constData(), nullptr)
        != 1)
        return unusable(fileName, reason(ERR_get_error()));
    // Whom the file names is trusted, an intermediate CA too.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    return {};
}

Expected<void> loadCertificate(SSL_CTX *context, const RedisTlsFiles &files)
{
    if (files.certificate.isEmpty() != files.key.isEmpty()) {
        return failed(QStringLiteral("a certificate to show needs its key, and the other way round"
                                     " (redis.tls_certificate and redis.tls_key)"));
    }
    if (files.certificate.isEmpty())
        return {};
    if (SSL_CTX_use_certificate_chain_file(context, QFile::encodeName(files.certificate)) != 1)
        return unusable(files.certificate, reason(ERR_get_error()));
    // Nobody is there who could be asked for a password.
    SSL_CTX_set_default_passwd_cb(context, [](char *, int, int, void *) { return 0; });
    if (SSL_CTX_use_PrivateKey_file(context, QFile::encodeName(files.key), SSL_FILETYPE_PEM) != 1)
        return unusable(files.key, reason(ERR_get_error()));
    return {};
}

Expected<Context> load(const RedisTlsFiles &files)
{
    ERR_clear_error();
    Context context(SSL_CTX_new(TLS_client_method()));
    if (!context)
        return failed(QStringLiteral("out of memory"));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, &noteFlaw);
    auto loaded = loadAuthorities(context.get(), files.authorities).and_then([&] {
        return loadCertificate(context.get(), files);
    });
    ERR_clear_error();
    if (!loaded)
        return tl::unexpected<Error>(loaded.error());
    return context;
}

// Before the handshake, so that it fails where the certificate is another one's.
bool expect(SSL *connection, const QString &host)
{
    X509_VERIFY_PARAM *const wanted = SSL_get0_param(connection);
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const QByteArray name = host.toUtf8();
    if (!QHostAddress(host).isNull())
        return X509_VERIFY_PARAM_set1_ip_asc(wanted, name.constData()) == 1;
    return SSL_set1_host(connection, name.constData()) == 1
        && SSL_set_tlsext_host_name(connection, name.constData()) == 1;
}

} // namespace

void RedisTls::Free::operator()(ssl_st *connection) const
{
    SSL_free(connection);
}

RedisTls::RedisTls(ssl_st *connection)
    : m_connection(connection)
    , m_buffer(bufferSize, Qt::Uninitialized)
{
}

Expected<void> RedisTls::check(const RedisTlsFiles &files)
{
    const auto loaded = load(files);
    if (loaded)
        return {};
    return makeError(ErrorCode::BadConfiguration,
        QStringLiteral("TLS to Redis: %1.").arg(loaded.error().message));
}

Expected<std::unique_ptr<RedisTls>> RedisTls::begin(
    int socket, const QString &host, const RedisTlsFiles &files)
{
    const auto context = load(files);
    if (!context)
        return tl::unexpected<Error>(context.error());
    std::unique_ptr<RedisTls> tls(new RedisTls(SSL_new(context->get())));
    SSL *const connection = tls->m_connection.get();
    if (!connection || SSL_set_fd(connection, socket) != 1 || !expect(connection, host)) {
        ERR_clear_error();
        return failed(QStringLiteral("TLS cannot be begun with %1").arg(host));
    }
    Flaw flaw;
    SSL_set_app_data(connection, &flaw);
    const int result = SSL_connect(connection);
    SSL_set_app_data(connection, nullptr);
    if (result == 1 && SSL_get_verify_result(connection) == X509_V_OK)
        return tls;
    if (flaw.code != X509_V_OK) {
        ERR_clear_error();
        return failed(sentence(flaw, host));
    }
    return failed(whyNoHandshake(connection, result));
}

tl::unexpected<Error> RedisTls::failure(int result) const
{
    return failed(
        why(m_connection.get(), result, m_hasRead ? Moment::Later : Moment::BeforeAnyAnswer));
}

Expected<void> RedisTls::write(std::string_view bytes)
{
    errno = 0;
    std::size_t written = 0;
    const int result = SSL_write_ex(m_connection.get(), bytes.data(), bytes.size(), &written);
    return result == 1 ? Expected<void>() : failure(result);
}

Expected<std::string_view> RedisTls::read()
{
    errno = 0;
    std::size_t size = 0;
    const int result
        = SSL_read_ex(m_connection.get(), m_buffer.data(), std::size_t(m_buffer.size()), &size);
    if (result != 1)
        return failure(result);
    m_hasRead = true;
    return std::string_view(m_buffer.constData(), size);
}

} // namespace tocsin
