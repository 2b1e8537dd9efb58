// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sourcereader_p.h"

#include "gateway/alertmanagerapi.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrlQuery>

#include <algorithm>
#include <future>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds answerTimeout = 20s;
constexpr qint64 largestAnswer = 256LL * 1024 * 1024;

/// What one member of a source said.
struct MemberAnswer {
    AlertmanagerAlerts alerts;
    /// For how long it has run, by its own clock.
    std::chrono::milliseconds uptime{};
};
/// The body of an answer, and when it was given by the clock of who gave it.
struct Answer {
    QByteArray body;
    Timestamp at;
};
using OnAnswer = std::function<void(Expected<MemberAnswer>)>;

Expected<QByteArray> secretIn(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("%1 cannot be read: %2.").arg(fileName, file.errorString()));
    }
    return file.readAll().trimmed();
}

Expected<QByteArray> authorization(const IncidentSource &source)
{
    if (!source.apiTokenFile.isEmpty())
        return secretIn(source.apiTokenFile).map([](const QByteArray &token) {
            return QByteArray("Bearer " + token);
        });
    if (!source.apiPasswordFile.isEmpty())
        return secretIn(source.apiPasswordFile).map([&](const QByteArray &password) {
            return QByteArray("Basic " + (source.apiUser.toUtf8() + ':' + password).toBase64());
        });
    return QByteArray();
}

QUrl apiUrl(const QUrl &base, const QString &what, const QString &receiver)
{
    QUrl url = base;
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + QStringLiteral("/api/v2/") + what);
    if (!receiver.isEmpty()) {
        QUrlQuery query;
        query.addQueryItem(
            QStringLiteral("receiver"), QString::fromLatin1(QUrl::toPercentEncoding(receiver)));
        url.setQuery(query);
    }
    return url;
}

Error unreadable(const QUrl &url, const QString &why)
{
    return {ErrorCode::Unavailable,
        QStringLiteral("%1 cannot be read: %2.").arg(url.toDisplayString(QUrl::RemoveQuery), why),
        {}};
}

// By the clock of who answers, with which its other times are compared (RFC 9110, 6.6.1).
Timestamp dateOf(const QNetworkReply &reply)
{
    const QDateTime date
        = QDateTime::fromString(QString::fromLatin1(reply.rawHeader("Date")), Qt::RFC2822Date);
    return date.isValid() ? timestampFromMilliseconds(date.toMSecsSinceEpoch()) : timestampNow();
}

// Why a reply is no answer; nothing where it is one.
std::optional<Error> failureOf(const QNetworkReply &reply)
{
    const QUrl url = reply.url();
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 401 || status == 403) {
        return unreadable(url, QStringLiteral("it refuses the credentials (HTTP %1)").arg(status));
    }
    if (status >= 300 && status < 400) {
        return unreadable(url,
            QStringLiteral("it redirects (HTTP %1); give the address that it redirects to")
                .arg(status));
    }
    if (status != 0 && status != 200)
        return unreadable(url, QStringLiteral("it answers with HTTP %1").arg(status));
    if (reply.error() == QNetworkReply::OperationCanceledError)
        return unreadable(url, QStringLiteral("no whole answer within %1 s").arg(20));
    if (reply.error() != QNetworkReply::NoError)
        return unreadable(url, reply.errorString().remove(u'\n'));
    return std::nullopt;
}

Error notAlertmanager(const QUrl &url, const Error &error)
{
    QString what = error.message;
    if (!error.where.isEmpty())
        what.prepend(error.where + QStringLiteral(": "));
    return unreadable(url, QStringLiteral("this is not what Alertmanager answers (%1)").arg(what));
}

// What is not with one member may be with another: members do not share their alerts.
SourceReading together(const IncidentSource &source, const QList<MemberAnswer> &answers,
    const std::optional<Error> &missing)
{
    SourceReading reading;
    reading.missing = missing;
    reading.isSettled = !missing;
    QSet<QString> active;
    for (const MemberAnswer &answer : answers) {
        reading.isSettled = reading.isSettled && answer.uptime >= source.restartGrace;
        for (const IncidentReport &report : answer.alerts.active) {
            if (active.contains(report.fingerprint))
                continue;
            active.insert(report.fingerprint);
            reading.active.append(report);
        }
        reading.quiet.unite(answer.alerts.quiet);
    }
    return reading;
}

} // namespace

/// Lives in the reader's thread.
class SourceReaderWorker final : public QObject
{
    Q_OBJECT

public:
    SourceReaderWorker(const QList<IncidentSource> &sources, SourceReader::Context context,
        SourceReader::OnReading onReading)
        : m_context(std::move(context))
        , m_onReading(std::move(onReading))
    {
        for (const IncidentSource &source : sources) {
            if (!source.apiUrls.isEmpty())
                follow(source);
        }
    }

private:
    struct Round {
        QList<MemberAnswer> answers;
        std::optional<Error> failure;
        qsizetype left = 0;
    };

    void follow(const IncidentSource &source)
    {
        auto *const timer = new QTimer(this);
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this, source, timer] { read(source, timer); });
        timer->start(0ms);
    }

    // All members, then what they say together; the next round begins when this one is over.
    void read(const IncidentSource &source, QTimer *timer)
    {
        const auto round = std::make_shared<Round>();
        round->left = source.apiUrls.size();
        for (const QUrl &base : source.apiUrls) {
            ask(source, base, [=, this](Expected<MemberAnswer> answer) {
                if (answer)
                    round->answers.append(*std::move(answer));
                else if (!round->failure)
                    round->failure = answer.error();
                if (--round->left > 0)
                    return;
                timer->start(source.readEvery);
                if (round->answers.isEmpty())
                    return m_onReading(source.name, tl::unexpected<Error>(*round->failure));
                m_onReading(source.name, together(source, round->answers, round->failure));
            });
        }
    }

    // Its alerts first, then since when it runs: had it started anew between the two, it would be
    // taken for one that has just started, which ends nothing.
    void ask(const IncidentSource &source, const QUrl &base, const OnAnswer &done)
    {
        const QUrl alertsUrl = apiUrl(base, QStringLiteral("alerts"), source.apiReceiver);
        const Timestamp askedAt = timestampNow();
        get(source, alertsUrl, [=, this](Expected<Answer> answer) {
            if (!answer)
                return done(tl::unexpected<Error>(answer.error()));
            IngestContext context{.receivedAt = timestampNow(),
                .severities = m_context.severities,
                .source = source.name};
            auto alerts = readAlertmanagerAlerts(answer->body, context);
            if (!alerts)
                return done(tl::unexpected<Error>(notAlertmanager(alertsUrl, alerts.error())));
            for (IncidentReport &report : alerts->active) {
                report.asOf = askedAt;
                // Where it would be shown had it come by itself, as it mostly does.
                report.rooms = roomsFor(report, m_context.routes);
                if (report.rooms.isEmpty())
                    report.rooms = source.rooms;
            }
            const QUrl statusUrl = apiUrl(base, QStringLiteral("status"), {});
            get(source, statusUrl,
                [=, alerts = *std::move(alerts)](Expected<Answer> status) mutable {
                    if (!status)
                        return done(tl::unexpected<Error>(status.error()));
                    const auto startedAt = readAlertmanagerStart(status->body);
                    if (!startedAt) {
                        return done(
                            tl::unexpected<Error>(notAlertmanager(statusUrl, startedAt.error())));
                    }
                    done(MemberAnswer{std::move(alerts), status->at - *startedAt});
                });
        });
    }

    void get(
        const IncidentSource &source, const QUrl &url, std::function<void(Expected<Answer>)> done)
    {
        const auto credentials = authorization(source);
        if (!credentials)
            return done(tl::unexpected<Error>(credentials.error()));
        QNetworkRequest request(url);
        request.setTransferTimeout(int(answerTimeout.count()));
        // The credentials are for this address.
        request.setAttribute(
            QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setRawHeader("Accept", "application/json");
        if (!credentials->isEmpty())
            request.setRawHeader("Authorization", *credentials);
        if (!source.apiCertificateAuthority.isEmpty()) {
            auto tls = QSslConfiguration::defaultConfiguration();
            tls.setCaCertificates(QSslCertificate::fromPath(source.apiCertificateAuthority));
            request.setSslConfiguration(tls);
        }
        QNetworkReply *const reply = m_network.get(request);
        connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
            if (received > largestAnswer)
                reply->abort();
        });
        connect(reply, &QNetworkReply::finished, this, [reply, done = std::move(done)] {
            reply->deleteLater();
            if (const auto failure = failureOf(*reply))
                done(tl::unexpected<Error>(*failure));
            else
                done(Answer{reply->readAll(), dateOf(*reply)});
        });
    }

    const SourceReader::Context m_context;
    const SourceReader::OnReading m_onReading;
    QNetworkAccessManager m_network;
};

SourceReader::SourceReader(
    const QList<IncidentSource> &sources, const Context &context, OnReading onReading)
{
    const bool asksAny = std::ranges::any_of(
        sources, [](const IncidentSource &source) { return !source.apiUrls.isEmpty(); });
    if (!asksAny)
        return;
    std::promise<QEventLoop *> running;
    auto loop = running.get_future();
    m_thread = std::thread([&running, sources, context, onReading = std::move(onReading)] {
        QEventLoop events;
        const SourceReaderWorker worker(sources, context, onReading);
        running.set_value(&events);
        events.exec();
    });
    m_loop = loop.get();
}

SourceReader::~SourceReader()
{
    if (!m_thread.joinable())
        return;
    // Posted: a loop that has not begun to run would forget that it was told to end.
    QMetaObject::invokeMethod(m_loop, [loop = m_loop] { loop->quit(); }, Qt::QueuedConnection);
    m_thread.join();
}

} // namespace tocsin

#include "sourcereader.moc"
