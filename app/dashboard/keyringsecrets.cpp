// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "keyringsecrets.h"

#include "qml/whenfinished.h"

#include <QPromise>

#include <memory>

#ifdef TOCSIN_HAS_KEYRING
#include <qt6keychain/keychain.h>
#endif

using namespace Qt::StringLiterals;

namespace tocsin {

KeyringSecrets::KeyringSecrets(const QString &service, QObject *parent)
    : SecretStore(parent)
    , m_service(service)
{
}

#ifdef TOCSIN_HAS_KEYRING

namespace {

tl::unexpected<Error> declined()
{
    return makeError(ErrorCode::Forbidden,
        KeyringSecrets::tr("The keyring was not unlocked. Unlock it and start Tocsin again, or "
                           "enter the token again."));
}

// QtKeychain's own texts are for developers, and in no case about what is kept.
tl::unexpected<Error> failure(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return makeError(
            ErrorCode::NotFound, KeyringSecrets::tr("The keyring has no token for this server."));
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied: return declined();
    default:
        return makeError(ErrorCode::Unavailable,
            KeyringSecrets::tr("No keyring answers here (%1).")
                .arg(job.errorString().isEmpty() ? u"no Secret Service"_s : job.errorString()));
    }
}

/// `result` makes of the finished job what its future gives.
template <typename T, typename Job, typename Result>
QFuture<Expected<T>> run(Job *job, QObject *context, const Result &result)
{
    const auto promise = std::make_shared<QPromise<Expected<T>>>();
    promise->start();
    QObject::connect(job, &QKeychain::Job::finished, context, [promise, job, result] {
        promise->addResult(result(*job));
        promise->finish();
    });
    job->start();
    return promise->future();
}

} // namespace

QFuture<Expected<QString>> KeyringSecrets::read(const QString &name)
{
    if (m_declined.contains(name))
        return readyFuture(Expected<QString>(declined()));
    // One question at a time: the person who is asked to unlock sees one window.
    if (const auto reading = m_reading.constFind(name); reading != m_reading.constEnd())
        return *reading;
    auto *const job = new QKeychain::ReadPasswordJob(m_service);
    job->setKey(name);
    const auto future = run<QString>(
        job, this, [this, name](const QKeychain::ReadPasswordJob &done) -> Expected<QString> {
            m_reading.remove(name);
            if (done.error() == QKeychain::NoError)
                return done.textData();
            const auto failed = failure(done);
            if (failed.value().code == ErrorCode::Forbidden)
                m_declined.insert(name);
            return failed;
        });
    if (!future.isFinished())
        m_reading.insert(name, future);
    return future;
}

QFuture<Expected<void>> KeyringSecrets::write(const QString &name, const QString &secret)
{
    m_declined.remove(name);
    auto *const job = new QKeychain::WritePasswordJob(m_service);
    job->setKey(name);
    job->setTextData(secret);
    return run<void>(job, this, [this, name](const QKeychain::Job &done) -> Expected<void> {
        if (done.error() == QKeychain::NoError) {
            Q_EMIT written(name);
            return {};
        }
        return failure(done);
    });
}

QFuture<Expected<void>> KeyringSecrets::remove(const QString &name)
{
    auto *const job = new QKeychain::DeletePasswordJob(m_service);
    job->setKey(name);
    return run<void>(job, this, [](const QKeychain::Job &done) -> Expected<void> {
        if (done.error() == QKeychain::NoError || done.error() == QKeychain::EntryNotFound)
            return {};
        return failure(done);
    });
}

QFuture<Expected<void>> KeyringSecrets::check()
{
    // Nothing is found under this name, and so nobody is asked to unlock anything.
    auto *const job = new QKeychain::ReadPasswordJob(m_service);
    job->setKey(u"is a keyring there?"_s);
    return run<void>(job, this, [](const QKeychain::Job &done) -> Expected<void> {
        if (done.error() == QKeychain::NoError || done.error() == QKeychain::EntryNotFound)
            return {};
        return failure(done);
    });
}

#else

namespace {

template <typename T>
QFuture<Expected<T>> notBuilt()
{
    return readyFuture(Expected<T>(makeError(ErrorCode::Unavailable,
        KeyringSecrets::tr("This program was built without a keyring (QtKeychain)."))));
}

} // namespace

QFuture<Expected<QString>> KeyringSecrets::read(const QString & /*name*/)
{
    return notBuilt<QString>();
}

QFuture<Expected<void>> KeyringSecrets::write(const QString & /*name*/, const QString & /*secret*/)
{
    return notBuilt<void>();
}

QFuture<Expected<void>> KeyringSecrets::remove(const QString & /*name*/)
{
    return notBuilt<void>();
}

QFuture<Expected<void>> KeyringSecrets::check()
{
    return notBuilt<void>();
}

#endif

} // namespace tocsin
