// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/tlserror_p.h"

#include "client/clientsentence_p.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QStringList>

#include <algorithm>

namespace tocsin {

namespace {

// The gravest first: of a certificate that nobody vouches for, its dates say nothing.
enum class Flaw { Revoked, Untrusted, WrongHost, Expired, NotYetValid, Other };

Flaw flawOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateRevoked: return Flaw::Revoked;
    case QSslError::CertificateBlacklisted:
    case QSslError::CertificateRejected:
    case QSslError::CertificateSignatureFailed:
    case QSslError::CertificateUntrusted:
    case QSslError::InvalidCaCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate: return Flaw::Untrusted;
    case QSslError::HostNameMismatch: return Flaw::WrongHost;
    case QSslError::CertificateExpired: return Flaw::Expired;
    case QSslError::CertificateNotYetValid: return Flaw::NotYetValid;
    default: return Flaw::Other;
    }
}

ErrorCode codeOf(Flaw flaw)
{
    switch (flaw) {
    case Flaw::Revoked: return ErrorCode::CertificateRevoked;
    case Flaw::Untrusted: return ErrorCode::CertificateUntrusted;
    case Flaw::WrongHost: return ErrorCode::CertificateWrongHost;
    case Flaw::Expired: return ErrorCode::CertificateExpired;
    case Flaw::NotYetValid: return ErrorCode::CertificateNotYetValid;
    case Flaw::Other: return ErrorCode::TlsFailed;
    }
    Q_UNREACHABLE();
}

QString day(const QDateTime &time)
{
    return time.toUTC().date().toString(Qt::ISODate);
}

QString namesOf(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.sort();
    if (names.isEmpty())
        return ClientSentence::tr("for no host");
    constexpr qsizetype enough = 3;
    const qsizetype more = names.size() - enough;
    const QString named = QStringList(names.mid(0, enough)).join(u", ");
    return more > 0 ? ClientSentence::tr("for %1 and %2 more").arg(named).arg(more)
                    : ClientSentence::tr("for %1").arg(named);
}

QString issuerOf(const QSslCertificate &certificate)
{
    const auto names = certificate.issuerInfo(QSslCertificate::CommonName);
    return names.isEmpty() ? ClientSentence::tr("an issuer without a name")
                           : QStringLiteral("\"%1\"").arg(names.constFirst());
}

QString sentence(const QString &host, Flaw flaw, const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    switch (flaw) {
    case Flaw::Revoked:
        return ClientSentence::tr(
            "The certificate of %1 was revoked by its issuer. Replace it on the "
            "server; until then nobody can tell who answers there.")
            .arg(host);
    case Flaw::Untrusted:
        if (certificate.isNull()) {
            return ClientSentence::tr("Nobody trusted here vouches for the certificate of %1.")
                .arg(host);
        }
        return certificate.isSelfSigned()
            ? ClientSentence::tr(
                  "The certificate of %1 is signed by itself and not trusted here. Add "
                  "it, or the authority that signs for the server, to those that are "
                  "trusted.")
                  .arg(host)
            : ClientSentence::tr(
                  "The certificate of %1 is issued by %2, which is not trusted here. Add "
                  "that authority to those that are trusted, or let the server send the "
                  "whole chain.")
                  .arg(host, issuerOf(certificate));
    case Flaw::WrongHost:
        return ClientSentence::tr(
            "The certificate that %1 shows is %2. Correct the address, or have "
            "the certificate issued for this name too.")
            .arg(host, namesOf(certificate));
    case Flaw::Expired:
        return ClientSentence::tr("The certificate of %1 expired on %2. Renew it on the server.")
            .arg(host, day(certificate.expiryDate()));
    case Flaw::NotYetValid:
        return ClientSentence::tr("The certificate of %1 is valid only from %2. Check the clock of "
                                  "this machine.")
            .arg(host, day(certificate.effectiveDate()));
    case Flaw::Other:
        return ClientSentence::tr("The certificate of %1 was not accepted: %2.")
            .arg(host, error.errorString());
    }
    Q_UNREACHABLE();
}

} // namespace

Error certificateError(const QString &host, const QList<QSslError> &errors)
{
    QList<QSslError> sorted = errors;
    const auto flaw = [](const QSslError &error) { return flawOf(error.error()); };
    std::ranges::stable_sort(sorted, {}, flaw);
    QStringList sentences;
    std::optional<Flaw> last;
    for (const QSslError &error : std::as_const(sorted)) {
        // OpenSSL says "untrusted" in two or three ways at once.
        if (flaw(error) == last && last != Flaw::Other)
            continue;
        last = flaw(error);
        sentences.append(sentence(host, *last, error));
    }
    sentences.removeDuplicates();
    return {codeOf(flaw(sorted.constFirst())), sentences.join(u' '), {}};
}

bool refusesClientCertificate(const QString &text)
{
    static const QRegularExpression alert(
        QStringLiteral("alert (certificate required|bad certificate|unknown ca|certificate expired|"
                       "certificate revoked|certificate unknown|unsupported certificate)"),
        QRegularExpression::CaseInsensitiveOption);
    return alert.match(text).hasMatch();
}

Error tlsError(const QString &host, const QString &text)
{
    if (refusesClientCertificate(text)) {
        return {ErrorCode::ClientCertificateRefused,
            ClientSentence::tr("%1 wants a client certificate that it knows: none was given, or it "
                               "refuses this one (%2).")
                .arg(host, text),
            {}};
    }
    return {ErrorCode::TlsFailed,
        ClientSentence::tr("No secure connection to %1: %2.").arg(host, text), {}};
}

} // namespace tocsin
