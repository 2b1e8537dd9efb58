// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/secretstore.h"

#include "qml/whenfinished.h"

#include <QDir>
#include <QSaveFile>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
    | QFileDevice::WriteOther;

template <typename T>
QFuture<Expected<T>> ready(Expected<T> result)
{
    return readyFuture(std::move(result));
}

tl::unexpected<Error> noneKept()
{
    return makeError(ErrorCode::NotFound, SecretStore::tr("No token is kept for this server."));
}

} // namespace

QFuture<Expected<QString>> MemorySecrets::read(const QString &name)
{
    const auto found = m_secrets.constFind(name);
    return ready<QString>(
        found == m_secrets.constEnd() ? Expected<QString>(noneKept()) : Expected<QString>(*found));
}

QFuture<Expected<void>> MemorySecrets::write(const QString &name, const QString &secret)
{
    m_secrets.insert(name, secret);
    Q_EMIT written(name);
    return ready<void>({});
}

QFuture<Expected<void>> MemorySecrets::remove(const QString &name)
{
    m_secrets.remove(name);
    return ready<void>({});
}

QFuture<Expected<void>> MemorySecrets::check()
{
    return ready<void>({});
}

FileSecrets::FileSecrets(const QString &directory, QObject *parent)
    : SecretStore(parent)
    , m_directory(directory)
{
}

QString FileSecrets::fileOf(const QString &name) const
{
    // Neither a path nor a hidden file, whatever the name is.
    return m_directory + u"/token-"_s + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

Expected<void> FileSecrets::makeDirectory() const
{
    if (QDir(m_directory).exists())
        return {};
    if (!QDir().mkpath(m_directory)
        || !QFile::setPermissions(m_directory, ownerOnly | QFileDevice::ExeOwner)) {
        return makeError(ErrorCode::StorageFailed,
            tr("The directory %1 for tokens cannot be made.").arg(m_directory));
    }
    return {};
}

Expected<QString> FileSecrets::readFile(const QString &name) const
{
    QFile file(fileOf(name));
    if (!file.exists())
        return noneKept();
    if (file.permissions() & others) {
        return makeError(ErrorCode::StorageFailed,
            tr("The token in %1 is not used, because others can read or change the file. Make it "
               "yours alone (chmod 600), or enter the token again.")
                .arg(file.fileName()));
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorCode::StorageFailed,
            tr("The token file %1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
    }
    return QString::fromUtf8(file.readAll()).trimmed();
}

Expected<void> FileSecrets::writeFile(const QString &name, const QString &secret) const
{
    if (const auto made = makeDirectory(); !made)
        return made;
    QSaveFile file(fileOf(name));
    // Nobody else's before there is anything in it.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly)
        || file.write(secret.toUtf8() + '\n') < 0 || !file.commit()) {
        return makeError(ErrorCode::StorageFailed,
            tr("The token cannot be kept in %1: %2.").arg(file.fileName(), file.errorString()));
    }
    return {};
}

QFuture<Expected<QString>> FileSecrets::read(const QString &name)
{
    return ready<QString>(readFile(name));
}

QFuture<Expected<void>> FileSecrets::write(const QString &name, const QString &secret)
{
    const auto kept = writeFile(name, secret);
    if (kept)
        Q_EMIT written(name);
    return ready<void>(kept);
}

QFuture<Expected<void>> FileSecrets::remove(const QString &name)
{
    QFile file(fileOf(name));
    if (file.exists() && !file.remove()) {
        return ready<void>(makeError(ErrorCode::StorageFailed,
            tr("The token file %1 cannot be removed: %2.")
                .arg(file.fileName(), file.errorString())));
    }
    return ready<void>({});
}

QFuture<Expected<void>> FileSecrets::check()
{
    return ready<void>(makeDirectory());
}

} // namespace tocsin
