// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentcache.h"

#include "incidents/incidentstore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

Q_LOGGING_CATEGORY(cacheLog, "tocsin.cache", QtWarningMsg)

const auto suffix = u".incidents.json"_s;

/// Copying more for the thread that writes would cost the view frames: 100,000 take 0.4 s. A longer
/// list is written when it ceases to be live and at the end only.
constexpr qsizetype mostWhileLive = 4'000;

QString fileOf(const QString &directory, const QString &server, QStringList rooms)
{
    std::ranges::sort(rooms);
    const QByteArray key = (server + u'\n' + rooms.join(u'\n')).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
    return QDir(directory).filePath(QString::fromLatin1(hash.first(32)) + suffix);
}

Expected<void> writeFile(const QString &path, const QByteArray &bytes)
{
    const QString directory = QFileInfo(path).path();
    if (!QDir().mkpath(directory))
        return makeError(
            ErrorCode::StorageFailed, u"The directory %1 cannot be made."_s.arg(directory));
    QSaveFile file(path);
    // The permissions first: before there is anything to read.
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit()) {
        return makeError(
            ErrorCode::StorageFailed, u"%1 cannot be written: %2."_s.arg(path, file.errorString()));
    }
    return {};
}

void deleteOldest(const QString &directory, qsizetype kept)
{
    const QFileInfoList files
        = QDir(directory).entryInfoList({u'*' + suffix}, QDir::Files, QDir::Time);
    for (const QFileInfo &file : files.sliced(std::min(kept, files.size())))
        QFile::remove(file.filePath());
}

void writeList(const QString &path, CachedList list, std::atomic<bool> &failed)
{
    const auto written = writeFile(path, encodeCachedList(std::move(list)));
    if (written)
        deleteOldest(QFileInfo(path).path(), IncidentCache::mostFiles);
    if (!failed.exchange(!written) && !written)
        qCWarning(cacheLog).noquote()
            << "The list of incidents is not kept for the next start." << written.error().message;
}

} // namespace

IncidentCache::IncidentCache(const IncidentStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_failed(std::make_shared<std::atomic<bool>>(false))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(shortestInterval);
    connect(&m_timer, &QTimer::timeout, this, &IncidentCache::writeLater);
    m_writer.setMaxThreadCount(1);
    connect(&store, &IncidentStore::changed, this, &IncidentCache::noteChange);
    connect(&store, &IncidentStore::removed, this, &IncidentCache::noteChange);
}

IncidentCache::~IncidentCache()
{
    close();
}

void IncidentCache::setDirectory(const QString &directory)
{
    m_directory = directory;
    if (directory.isEmpty())
        forget();
}

void IncidentCache::forget()
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    m_timer.stop();
    // What is on its way to the disk would be there again.
    m_writer.clear();
    m_writer.waitForDone();
    QFile::remove(fileName());
}

QString IncidentCache::directory() const
{
    return m_directory;
}

QString IncidentCache::fileName() const
{
    return fileOf(m_openDirectory, m_server, m_rooms);
}

void IncidentCache::remove(const QString &directory, const QUrl &server, const QStringList &rooms)
{
    QFile::remove(fileOf(directory, cacheName(server), rooms));
}

std::optional<CachedList> IncidentCache::open(const QUrl &server, const QStringList &rooms)
{
    close();
    if (m_directory.isEmpty())
        return std::nullopt;
    m_openDirectory = m_directory;
    m_server = cacheName(server);
    m_rooms = rooms;
    m_state = State::Waiting;

    QFile file(fileName());
    if (!file.exists())
        return std::nullopt;
    const auto list = [&]() -> Expected<CachedList> {
        if (!file.open(QIODevice::ReadOnly))
            return makeError(ErrorCode::StorageFailed, file.errorString());
        // What surrounds the incidents is small; a file beyond that is not one of ours.
        if (file.size() > CachedList::mostBytes + 1024 * 1024)
            return makeError(ErrorCode::TooLarge, u"It is larger than such a file ever is."_s);
        return decodeCachedList(file.readAll(), m_server, m_rooms);
    }();
    if (list)
        return *list;
    qCWarning(cacheLog).noquote() << "The list of incidents kept in" << file.fileName()
                                  << "is not used." << list.error().message;
    return std::nullopt;
}

void IncidentCache::setRooms(const QStringList &rooms)
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Live)
        write(timestampNow());
    m_state = State::Waiting;
    m_rooms = rooms;
}

void IncidentCache::close()
{
    // Also where nothing has changed: that it was true until now, the file does not say.
    if (m_state == State::Live)
        write(timestampNow());
    m_state = State::Closed;
    m_timer.stop();
    m_writer.waitForDone();
}

void IncidentCache::noteLive()
{
    if (m_state != State::Waiting)
        return;
    m_state = State::Live;
    noteChange();
}

void IncidentCache::noteAged(const QDateTime &asOf)
{
    if (m_state != State::Live)
        return;
    write(timestampFromMilliseconds(asOf.toMSecsSinceEpoch()));
    m_state = State::Waiting;
}

void IncidentCache::noteChange()
{
    if (m_state != State::Live)
        return;
    m_changed = true;
    if (!m_timer.isActive())
        m_timer.start();
}

CachedList IncidentCache::list(Timestamp asOf) const
{
    CachedList list{
        .server = m_server, .rooms = m_rooms, .asOf = asOf, .omitted = 0, .incidents = {}};
    list.incidents.reserve(m_store.size());
    m_store.forEach([&](const Incident &incident, const QStringList &rooms) {
        QStringList wanted;
        for (const QString &room : m_rooms) {
            if (rooms.contains(room))
                wanted.append(room);
        }
        // What a plain server sent without a room is confirmed by no list later.
        if (!wanted.isEmpty())
            list.incidents.append({std::move(wanted), incident});
    });
    return list;
}

void IncidentCache::writeLater()
{
    if (!m_changed || m_state != State::Live || m_store.size() > mostWhileLive)
        return;
    // A disk that is slower than the interval is not given more than it can take.
    if (m_writer.activeThreadCount() > 0) {
        m_timer.start();
        return;
    }
    write(timestampNow());
}

// In the order in which it is asked for: there is one thread, and it is waited for at the end.
void IncidentCache::write(Timestamp asOf)
{
    m_timer.stop();
    m_changed = false;
    m_writer.start([path = fileName(), list = list(asOf), failed = m_failed]() mutable {
        writeList(path, std::move(list), *failed);
    });
}

} // namespace tocsin
