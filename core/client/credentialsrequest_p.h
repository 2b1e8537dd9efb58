// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>

namespace tocsin {

/// What one attempt is made with.
struct Credentials {
    QString token;
    /// Absent where nobody provides one: then it is the client's own.
    std::optional<QUrl> url;
};

/// One attempt's questions to the application, for a token and for an address. Both are asked at
/// once, and the first failure fails both. Has no time limit of its own; who abandons or deletes it
/// is told nothing more, however late the answers come.
class CredentialsRequest : public QObject
{
public:
    using Done = std::function<void(const Expected<Credentials> &)>;
    using TokenProvider = std::function<QFuture<QString>()>;
    using UrlProvider = std::function<QFuture<QUrl>()>;

    explicit CredentialsRequest(QObject *parent);

    /// Either provider may be empty. Calls both, which may delete this, and answers once, from the
    /// event loop; at once where nobody is to be asked.
    void start(const TokenProvider &tokenProvider, const UrlProvider &urlProvider, Done done);
    /// Nobody waits for the answer any more.
    void abandon();
    /// Names who has not answered yet: "The token provider", "Neither the token provider nor …".
    [[nodiscard]] QString waitedFor() const;

private:
    enum class Question { Token, Url };
    template <typename T, typename Answer>
    void ask(Question question, const std::function<QFuture<T>()> &provider, Answer answer);
    void answered(Question question);
    void fail(Question question, const QString &problem);
    void finish(const Expected<Credentials> &result);

    Credentials m_credentials;
    bool m_tokenAwaited = false;
    bool m_urlAwaited = false;
    Done m_done;
};

} // namespace tocsin
