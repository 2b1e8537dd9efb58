// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/serverbook.h"

#include "qml/serversfile_p.h"
#include "qml/whenfinished.h"

#include <QPromise>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

using Place = ServerBook::TokenPlace;

QString usualTokenDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/Tocsin/tokens"_s;
}

} // namespace

ServerBook::ServerBook(QObject *parent)
    : QAbstractListModel(parent)
    , m_tokenDirectory(usualTokenDirectory())
    , m_files(std::make_unique<FileSecrets>(m_tokenDirectory))
{
    m_keyringTimer.setSingleShot(true);
    connect(&m_keyringTimer, &QTimer::timeout, this,
        [this] { setKeyringProblem(tr("The system's keyring does not answer.")); });
    connect(this, &ServerBook::countChanged, this, &ServerBook::shownCountChanged);
    setKeyring(nullptr);
    load();
}

ServerBook::~ServerBook() = default;

QString ServerBook::file() const
{
    return m_file;
}

void ServerBook::setFile(const QString &file)
{
    if (std::exchange(m_file, file) == file)
        return;
    load();
    Q_EMIT fileChanged();
}

QString ServerBook::tokenDirectory() const
{
    return m_tokenDirectory;
}

void ServerBook::setTokenDirectory(const QString &directory)
{
    if (std::exchange(m_tokenDirectory, directory) == directory)
        return;
    // A view may still hold the one before.
    m_files.release()->deleteLater();
    m_files = std::make_unique<FileSecrets>(directory);
    if (!m_servers.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {SecretsRole});
    Q_EMIT tokenDirectoryChanged();
}

void ServerBook::setKeyring(SecretStore *keyring)
{
    m_keyring = keyring;
    // Not asked yet: some desktops greet the first question with a window of theirs.
    setKeyringProblem(keyring ? QString() : tr("This program has no keyring to keep tokens in."));
}

QString ServerBook::keyringProblem() const
{
    return m_keyringProblem;
}

void ServerBook::setKeyringProblem(const QString &problem)
{
    if (std::exchange(m_keyringProblem, problem) != problem)
        Q_EMIT keyringProblemChanged();
}

QString ServerBook::problem() const
{
    return m_problem;
}

void ServerBook::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}

QString ServerBook::failure() const
{
    return m_failure;
}

void ServerBook::setFailure(const QString &failure)
{
    if (std::exchange(m_failure, failure) != failure)
        Q_EMIT failureChanged();
}

void ServerBook::dismissFailure()
{
    setFailure({});
}

void ServerBook::fail(const QString &sentence)
{
    // Of a server that is removed, both its file and its token may stay.
    if (!m_failure.contains(sentence))
        setFailure(m_failure.isEmpty() ? sentence : m_failure + u' ' + sentence);
    Q_EMIT failed(sentence);
}

void ServerBook::checkKeyring()
{
    if (!m_keyring)
        return;
    m_keyringTimer.start(keyringPatience);
    whenFinished(m_keyring->check(), this, [this](const Expected<void> &result) {
        m_keyringTimer.stop();
        setKeyringProblem(result ? QString() : result.error().message);
    });
}

int ServerBook::shownCount() const
{
    return int(std::ranges::count(m_servers, true, &SavedServer::shown));
}

int ServerBook::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_servers.size());
}

QVariant ServerBook::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SavedServer &server = m_servers[std::size_t(index.row())];
    switch (role) {
    case IdRole: return server.id;
    case Qt::DisplayRole:
    case NameRole: return server.name;
    case AddressRole: return server.address.toString();
    case AlternativesRole: return QUrl::toStringList(server.alternatives);
    case RoomsRole: return server.rooms;
    case TokenPlaceRole: return server.tokenPlace;
    case SecretsRole: return QVariant::fromValue(storeFor(Place(server.tokenPlace)));
    case ShownRole: return server.shown;
    default: return {};
    }
}

QHash<int, QByteArray> ServerBook::roleNames() const
{
    return {{IdRole, "serverId"}, {NameRole, "name"}, {AddressRole, "address"},
        {AlternativesRole, "alternatives"}, {RoomsRole, "rooms"}, {TokenPlaceRole, "tokenPlace"},
        {SecretsRole, "secrets"}, {ShownRole, "shown"}};
}

SecretStore *ServerBook::storeFor(TokenPlace place) const
{
    switch (place) {
    case Place::NoToken: return nullptr;
    case Place::Keyring: return m_keyring;
    case Place::OwnFile: return m_files.get();
    case Place::ThisRun: break;
    }
    return const_cast<MemorySecrets *>(&m_memory);
}

int ServerBook::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_servers, id, &SavedServer::id);
    return found == m_servers.end() ? -1 : int(found - m_servers.begin());
}

std::optional<SavedServer> ServerBook::find(const QString &id) const
{
    const int row = rowOf(id);
    return row < 0 ? std::nullopt : std::optional(m_servers[std::size_t(row)]);
}

QFuture<Expected<QString>> ServerBook::token(const QString &id) const
{
    const auto server = find(id);
    SecretStore *const secrets = server ? storeFor(Place(server->tokenPlace)) : nullptr;
    if (secrets)
        return secrets->read(id);
    return readyFuture(
        Expected<QString>(makeError(ErrorCode::NotFound, tr("No token is kept for this server."))));
}

void ServerBook::load()
{
    beginResetModel();
    KeptServers kept = readServers(m_file);
    m_servers = std::move(kept.servers);
    m_notUnderstood = std::move(kept.notUnderstood);
    m_unreadable = kept.unreadable;
    m_tokensToForget.clear();
    endResetModel();
    setProblem(kept.problem);
    Q_EMIT countChanged();
}

Expected<void> ServerBook::store()
{
    // What nobody has read is not overwritten.
    if (m_unreadable)
        return makeError(ErrorCode::StorageFailed, m_problem);
    const QString problem = writeServers(m_file, m_servers, m_notUnderstood);
    if (!problem.isEmpty())
        return makeError(ErrorCode::StorageFailed, problem);
    const auto tokens = std::exchange(m_tokensToForget, {});
    for (const auto &[place, id] : tokens)
        forgetToken(place, id);
    return {};
}

QFuture<Expected<QString>> ServerBook::save(
    const SavedServer &server, const std::optional<QString> &token)
{
    SavedServer saved = server;
    const int row = rowOf(server.id);
    if (row < 0 && rowCount() >= most) {
        return readyFuture(Expected<QString>(makeError(ErrorCode::Conflict,
            tr("There are %1 servers already, which is as many as there may be.").arg(most))));
    }
    if (row < 0)
        saved.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const Place before = row < 0 ? Place::NoToken : Place(m_servers[std::size_t(row)].tokenPlace);
    if (!token) {
        saved.tokenPlace = int(before);
        return readyFuture(put(saved));
    }
    if (token->isEmpty())
        saved.tokenPlace = int(Place::NoToken);
    const Place place = Place(saved.tokenPlace);
    if (place == Place::NoToken) {
        auto result = put(saved);
        if (result)
            forgetToken(before, saved.id);
        return readyFuture(std::move(result));
    }
    SecretStore *const secrets = storeFor(place);
    if (!secrets) {
        return readyFuture(Expected<QString>(makeError(ErrorCode::Unavailable, m_keyringProblem)));
    }
    const auto promise = std::make_shared<QPromise<Expected<QString>>>();
    promise->start();
    whenFinished(secrets->write(saved.id, *token), this,
        [this, promise, saved, before, place](const Expected<void> &kept) {
            auto result
                = kept ? put(saved) : Expected<QString>(tl::unexpected<Error>(kept.error()));
            // Kept in both places by now, it is needed in that which the file names.
            if (kept && before != place)
                forgetToken(result ? before : place, saved.id);
            promise->addResult(std::move(result));
            promise->finish();
        });
    return promise->future();
}

Expected<QString> ServerBook::put(const SavedServer &server)
{
    const auto before = m_servers;
    const int row = rowOf(server.id);
    if (row >= 0) {
        m_servers[std::size_t(row)] = server;
        if (const auto kept = store(); !kept) {
            m_servers = before;
            return tl::unexpected<Error>(kept.error());
        }
        Q_EMIT dataChanged(index(row), index(row));
        if (before[std::size_t(row)].shown != server.shown)
            Q_EMIT shownCountChanged();
        return server.id;
    }
    m_servers.push_back(server);
    const auto kept = store();
    m_servers = before;
    if (!kept)
        return tl::unexpected<Error>(kept.error());
    beginInsertRows({}, rowCount(), rowCount());
    m_servers.push_back(server);
    endInsertRows();
    Q_EMIT countChanged();
    return server.id;
}

void ServerBook::forgetToken(TokenPlace place, const QString &id)
{
    SecretStore *const secrets = storeFor(place);
    if (!secrets)
        return;
    whenFinished(secrets->remove(id), this, [this](const Expected<void> &removed) {
        if (!removed) {
            fail(tr("A token that is needed no more could not be deleted: %1")
                    .arg(removed.error().message));
        }
    });
}

void ServerBook::remove(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    const Place place = Place(m_servers[std::size_t(row)].tokenPlace);
    beginRemoveRows({}, row, row);
    m_servers.erase(m_servers.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    m_tokensToForget.emplace_back(place, id);
    if (const auto kept = store(); !kept)
        fail(kept.error().message);
}

void ServerBook::setShown(const QString &id, bool shown)
{
    const int row = rowOf(id);
    if (row < 0 || std::exchange(m_servers[std::size_t(row)].shown, shown) == shown)
        return;
    Q_EMIT dataChanged(index(row), index(row), {ShownRole});
    Q_EMIT shownCountChanged();
    if (const auto kept = store(); !kept)
        fail(kept.error().message);
}

} // namespace tocsin
