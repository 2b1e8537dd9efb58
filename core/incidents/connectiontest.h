// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>

namespace tocsin {

class SocketClient;
struct Error;
struct ErrorData;

/// Tries a server as a dashboard would use it, once: connects, shows the token, joins the rooms,
/// and says what came of it in words that tell what to do. Nothing of it stays: the connection ends
/// with the verdict, and the token is forgotten.
class TOCSIN_INCIDENTS_EXPORT ConnectionTest : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Verdict verdict READ verdict NOTIFY verdictChanged)
    Q_PROPERTY(bool running READ isRunning NOTIFY verdictChanged)
    Q_PROPERTY(bool works READ works NOTIFY verdictChanged)
    /// What came of it, as a sentence; empty before the first test.
    Q_PROPERTY(QString headline READ headline NOTIFY verdictChanged)
    /// Why, and what to do; may be empty.
    Q_PROPERTY(QString advice READ advice NOTIFY verdictChanged)
    /// An address that may be the one that was meant; empty where there is no better guess.
    Q_PROPERTY(QString suggestion READ suggestion NOTIFY verdictChanged)

public:
    enum class Verdict {
        /// Not tested yet.
        None,
        Testing,
        Works,
        BadAddress,
        NameNotFound,
        Refused,
        /// No way to the host, or nothing came back from it in time.
        Unreachable,
        HungUp,
        CertificateExpired,
        CertificateNotYetValid,
        /// Signed by itself, or by nobody who is trusted here; the advice says which.
        CertificateUntrusted,
        CertificateWrongName,
        CertificateRevoked,
        ClientCertificateWanted,
        /// No TLS there, or one that is not understood.
        NoTls,
        TokenMissing,
        /// Unknown, or expired: a gateway does not tell strangers which.
        TokenRefused,
        /// Known, and not for this.
        Forbidden,
        RoomRefused,
        /// HTTP, but no WebSocket: a page, an error, a redirect.
        NotTocsin,
        /// A WebSocket that does not speak as Tocsin does.
        OtherWebSocket,
        VersionNotSupported,
        Unavailable,
    };
    Q_ENUM(Verdict)

    explicit ConnectionTest(QObject *parent = nullptr);
    ~ConnectionTest() override;

    /// For the connection, and again for the answer of what was connected to.
    void setPatience(std::chrono::milliseconds patience);

    /// Begins; ends what was under way. `address` as a person types it (serverAddress()), and
    /// `token` may be empty.
    Q_INVOKABLE void start(const QString &address, const QString &token, const QStringList &rooms);
    /// Back to None.
    Q_INVOKABLE void forget();

    [[nodiscard]] Verdict verdict() const;
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] bool works() const;
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString advice() const;
    [[nodiscard]] QString suggestion() const;

Q_SIGNALS:
    void verdictChanged();

private:
    void noteError(const Error &error);
    void noteClosed(int code, const QString &reason);
    void noteServerError(const ErrorData &error);
    void noteRooms();
    void noteSilence();
    void finish(
        Verdict verdict, const QString &headline, const QString &advice, const QUrl &better = {});
    void end();
    [[nodiscard]] QString host() const;

    std::chrono::milliseconds m_patience;
    std::unique_ptr<SocketClient> m_client;
    QTimer m_answerTimer;
    QUrl m_url;
    bool m_tokenShown = false;
    // What was heard of the server.
    bool m_authenticated = false;
    QString m_user;
    QString m_role;
    bool m_joinAnswered = false;
    bool m_understood = false;
    qint64 m_incidents = 0;

    Verdict m_verdict = Verdict::None;
    QString m_headline;
    QString m_advice;
    QString m_suggestion;
};

} // namespace tocsin
