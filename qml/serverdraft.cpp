// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/serverdraft.h"

#include "client/serveraddress.h"
#include "incidents/connectionmodel.h"
#include "qml/whenfinished.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

using Place = ServerBook::TokenPlace;

constexpr QStringView usualRoom = u"account:default";
constexpr qsizetype longestRoom = 200;

QString placeName(Place place)
{
    switch (place) {
    case Place::Keyring: return ServerDraft::tr("In the system's keyring");
    case Place::OwnFile: return ServerDraft::tr("In a file that only you can read");
    case Place::ThisRun: return ServerDraft::tr("Only until Tocsin is closed");
    case Place::NoToken: break;
    }
    return {};
}

} // namespace

ServerDraft::ServerDraft(QObject *parent)
    : QObject(parent)
    , m_rooms(usualRoom.toString())
{
}

ServerBook *ServerDraft::book() const
{
    return m_book;
}

void ServerDraft::setBook(ServerBook *book)
{
    if (m_book == book)
        return;
    if (m_book)
        m_book->disconnect(this);
    m_book = book;
    if (book) {
        connect(book, &ServerBook::keyringProblemChanged, this, &ServerDraft::placesChanged);
    }
    Q_EMIT bookChanged();
    Q_EMIT placesChanged();
}

QString ServerDraft::address() const
{
    return m_address;
}

void ServerDraft::setAddress(const QString &address)
{
    if (std::exchange(m_address, address) != address)
        noteChange();
}

QString ServerDraft::rooms() const
{
    return m_rooms;
}

void ServerDraft::setRooms(const QString &rooms)
{
    if (std::exchange(m_rooms, rooms) != rooms)
        noteChange();
}

QString ServerDraft::name() const
{
    return m_name;
}

void ServerDraft::setName(const QString &name)
{
    // What it is called changes nothing of what was tried.
    if (std::exchange(m_name, name) != name)
        Q_EMIT changed();
}

QString ServerDraft::token() const
{
    return m_token;
}

void ServerDraft::setToken(const QString &token)
{
    if (std::exchange(m_token, token) != token)
        noteChange();
}

bool ServerDraft::hasToken() const
{
    return m_keptIn != Place::NoToken;
}

bool ServerDraft::isEditing() const
{
    return !m_id.isEmpty();
}

QString ServerDraft::usualName() const
{
    const auto url = serverAddress(m_address);
    return url ? serverName(*url) : QString();
}

QList<Place> ServerDraft::possiblePlaces() const
{
    QList<Place> places{Place::OwnFile, Place::ThisRun};
    if (m_book && m_book->keyringProblem().isEmpty())
        places.prepend(Place::Keyring);
    return places;
}

QStringList ServerDraft::places() const
{
    QStringList names;
    for (const Place place : possiblePlaces())
        names.append(placeName(place));
    return names;
}

int ServerDraft::place() const
{
    return std::max(0, int(possiblePlaces().indexOf(m_place)));
}

void ServerDraft::setPlace(int place)
{
    const Place chosen = possiblePlaces().value(place, Place::OwnFile);
    if (std::exchange(m_place, chosen) != chosen)
        Q_EMIT placesChanged();
}

QStringList ServerDraft::roomList() const
{
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    QStringList rooms = m_rooms.split(separators, Qt::SkipEmptyParts);
    rooms.removeDuplicates();
    return rooms;
}

QString ServerDraft::problem() const
{
    if (m_address.trimmed().isEmpty())
        return tr("Give the server's address.");
    if (const auto url = serverAddress(m_address); !url)
        return url.error().message;
    const QStringList rooms = roomList();
    if (rooms.isEmpty())
        return tr("Name at least one room, such as %1.").arg(usualRoom);
    if (std::ranges::any_of(rooms, [](const QString &room) { return room.size() > longestRoom; }))
        return tr("The name of a room has at most %1 characters.").arg(longestRoom);
    return {};
}

bool ServerDraft::isTestable() const
{
    return problem().isEmpty() && !m_saving;
}

bool ServerDraft::isSaving() const
{
    return m_saving;
}

QString ServerDraft::failure() const
{
    return m_failure;
}

ConnectionTest *ServerDraft::test()
{
    return &m_test;
}

void ServerDraft::noteChange()
{
    // A verdict is about what was tried, and stands beside nothing else.
    if (m_test.verdict() != ConnectionTest::Verdict::None)
        m_test.forget();
    setSaving(m_saving, {});
    Q_EMIT changed();
}

void ServerDraft::setSaving(bool saving, const QString &failure)
{
    if (m_saving == saving && m_failure == failure)
        return;
    m_saving = saving;
    m_failure = failure;
    Q_EMIT savingChanged();
    Q_EMIT changed();
}

void ServerDraft::clear()
{
    ++m_generation;
    m_id.clear();
    m_address.clear();
    m_rooms = usualRoom.toString();
    m_name.clear();
    m_token.clear();
    m_keptIn = Place::NoToken;
    m_place = Place::Keyring;
    m_shown = true;
    setSaving(false, {});
    noteChange();
    Q_EMIT placesChanged();
}

void ServerDraft::edit(const QString &id)
{
    clear();
    const auto server = m_book ? m_book->find(id) : std::nullopt;
    if (!server)
        return;
    m_id = server->id;
    m_address = server->address.toString();
    m_rooms = server->rooms.join(u' ');
    m_name = server->name;
    m_keptIn = Place(server->tokenPlace);
    if (m_keptIn != Place::NoToken)
        m_place = m_keptIn;
    m_shown = server->shown;
    Q_EMIT changed();
    Q_EMIT placesChanged();
}

void ServerDraft::tryOut()
{
    if (!isTestable())
        return;
    const QStringList rooms = roomList();
    if (!m_token.isEmpty() || !m_book || m_keptIn == Place::NoToken) {
        m_test.start(m_address, m_token, rooms);
        return;
    }
    whenFinished(m_book->token(m_id), this,
        [this, rooms, generation = m_generation](const Expected<QString> &token) {
            if (generation != m_generation)
                return;
            if (token)
                m_test.start(m_address, *token, rooms);
            else
                setSaving(m_saving, token.error().message);
        });
}

void ServerDraft::takeSuggestion()
{
    const QString better = m_test.suggestion();
    if (better.isEmpty())
        return;
    setAddress(better);
    tryOut();
}

void ServerDraft::save()
{
    const auto url = serverAddress(m_address);
    if (!m_book || !url || !isTestable())
        return;
    const QString name = m_name.simplified();
    const SavedServer server{.id = m_id,
        .name = name.isEmpty() ? serverName(*url) : name,
        .address = *url,
        .rooms = roomList(),
        .tokenPlace = int(possiblePlaces().value(place())),
        .shown = m_shown};
    const QString token = m_token.trimmed();
    setSaving(true, {});
    const bool sameToken = token.isEmpty() && m_keptIn != Place::NoToken;
    whenFinished(m_book->save(server, sameToken ? std::nullopt : std::optional(token)), this,
        [this, generation = m_generation](const Expected<QString> &id) {
            if (generation != m_generation)
                return;
            setSaving(false, id ? QString() : id.error().message);
            if (id)
                Q_EMIT saved(*id);
        });
}

} // namespace tocsin
