// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/credentialsrequest_p.h"

#include "client/clientsentence_p.h"
#include "client/upgraderequest_p.h"

#include <QFutureWatcher>
#include <QPointer>

namespace tocsin {

namespace {

// What the work throws, in words; nothing where it does not throw.
template <typename Work>
std::optional<QString> problemIn(Work work)
{
#ifndef QT_NO_EXCEPTIONS
    try {
        work();
    } catch (const std::exception &exception) {
        return QString::fromUtf8(exception.what());
    } catch (...) {
        return QStringLiteral("it failed for a reason that it does not tell");
    }
    return {};
#else
    work();
    return {};
#endif
}

} // namespace

CredentialsRequest::CredentialsRequest(QObject *parent)
    : QObject(parent)
{
}

void CredentialsRequest::start(
    const TokenProvider &tokenProvider, const UrlProvider &urlProvider, Done done)
{
    m_done = std::move(done);
    m_tokenAwaited = bool(tokenProvider);
    m_urlAwaited = bool(urlProvider);
    if (!tokenProvider && !urlProvider) {
        finish(m_credentials);
        return;
    }
    // The providers are the caller's, and go with it where one of them deletes the client.
    const auto forUrl = urlProvider;
    const QPointer<CredentialsRequest> guard(this);
    if (const auto forToken = tokenProvider) {
        ask<QString>(Question::Token, forToken,
            [this](const QString &token) { m_credentials.token = token; });
    }
    if (guard && forUrl)
        ask<QUrl>(Question::Url, forUrl, [this](const QUrl &url) { m_credentials.url = url; });
}

void CredentialsRequest::abandon()
{
    m_done = {};
}

QString CredentialsRequest::waitedFor() const
{
    if (m_tokenAwaited && m_urlAwaited)
        return ClientSentence::tr("The token provider and the URL provider");
    return m_tokenAwaited ? ClientSentence::tr("The token provider")
                          : ClientSentence::tr("The URL provider");
}

template <typename T, typename Answer>
void CredentialsRequest::ask(
    Question question, const std::function<QFuture<T>()> &provider, Answer answer)
{
    const QPointer<CredentialsRequest> guard(this);
    QFuture<T> future;
    const auto problem = problemIn([&] { future = provider(); });
    if (!guard)
        return;
    if (problem) {
        QMetaObject::invokeMethod(
            this, [this, question, problem] { fail(question, *problem); }, Qt::QueuedConnection);
        return;
    }
    auto *const watcher = new QFutureWatcher<T>(this);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, this, [this, question, watcher, answer] {
            watcher->deleteLater();
            const QFuture<T> done = watcher->future();
            if (!done.isCanceled() && done.resultCount() > 0) {
                answer(done.result());
                answered(question);
                return;
            }
            // Throws what the provider failed with.
            const auto thrown = problemIn([&] { watcher->waitForFinished(); });
            fail(question,
                thrown.value_or(question == Question::Token
                        ? QStringLiteral("it gave no token")
                        : QStringLiteral("it gave no address")));
        });
    watcher->setFuture(future);
}

void CredentialsRequest::answered(Question question)
{
    if (question == Question::Url) {
        if (const auto usable = usableUrl(*m_credentials.url); !usable) {
            finish(makeError(usable.error().code,
                ClientSentence::tr("The URL provider's address cannot be used. %1")
                    .arg(usable.error().message)));
            return;
        }
    }
    (question == Question::Token ? m_tokenAwaited : m_urlAwaited) = false;
    if (!m_tokenAwaited && !m_urlAwaited)
        finish(m_credentials);
}

void CredentialsRequest::fail(Question question, const QString &problem)
{
    const QString text = question == Question::Token
        ? ClientSentence::tr("No token could be had from the token provider: %1.")
        : ClientSentence::tr("No address could be had from the URL provider: %1.");
    finish(makeError(ErrorCode::ProviderFailed, text.arg(problem)));
}

void CredentialsRequest::finish(const Expected<Credentials> &result)
{
    // Once; and who is told may abandon or delete this.
    if (const auto done = std::exchange(m_done, {}))
        done(result);
}

} // namespace tocsin
