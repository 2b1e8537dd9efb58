// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/presencemodel.h"

#include "client/socketclient.h"
#include "incidents/rowchanges.h"
#include "protocol/messages.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

constexpr std::array roleTable{
    std::pair{PresenceModel::NameRole, "name"},
    std::pair{PresenceModel::InitialsRole, "initials"},
    std::pair{PresenceModel::RoleWordRole, "roleWord"},
};

// The first character of a word, which may be two units of UTF-16.
QString initialOf(const QString &word)
{
    const bool isPair = word.size() > 1 && word[0].isHighSurrogate();
    return word.first(std::min<qsizetype>(word.size(), isPair ? 2 : 1)).toUpper();
}

// Of the first word and the last.
QString initialsOf(const QString &name)
{
    static const QRegularExpression gap(QStringLiteral("[\\s._@-]+"));
    const QStringList words = name.split(gap, Qt::SkipEmptyParts);
    if (words.isEmpty())
        return initialOf(name);
    return words.size() == 1 ? initialOf(words.first())
                             : initialOf(words.first()) + initialOf(words.last());
}

} // namespace

void PresenceModel::setClient(SocketClient *client)
{
    m_listener = std::make_unique<QObject>();
    clear();
    if (!client)
        return;
    QObject *const listener = m_listener.get();
    client->on(Authenticated, listener,
        [this](const AuthenticatedData &data, const Envelope &) { setMe(data.user.id); });
    client->on(
        PresenceChanged, listener, [this, client](const PresenceData &all, const Envelope &) {
            // It may have been under way when the room was left; who joins none hears of all.
            if (client->rooms().isEmpty() || client->rooms().contains(all.room))
                setPeople(all);
        });
    client->on(PresenceJoined, listener,
        [this](const PresenceData &came, const Envelope &) { addPeople(came); });
    client->on(PresenceLeft, listener,
        [this](const PresenceData &left, const Envelope &) { removePeople(left); });
    connect(client, &SocketClient::stateChanged, listener, [this](SocketClient::State state) {
        if (state != SocketClient::State::Connected)
            clear();
    });
    connect(client, &SocketClient::roomsChanged, listener, [this, client] {
        const QStringList wanted = client->rooms();
        const QStringList known = m_rooms.keys();
        for (const QString &room : known) {
            if (!wanted.contains(room))
                removeRoom(room);
        }
    });
    connect(client, &QObject::destroyed, listener, [this] { clear(); });
}

void PresenceModel::setMe(const QString &id)
{
    if (std::exchange(m_me, id) != id)
        refresh();
}

void PresenceModel::setPeople(const PresenceData &all)
{
    People people;
    for (const User &user : all.users)
        people.insert(user.id, {user.id, user.name, user.role});
    m_rooms.insert(all.room, people);
    refresh();
}

void PresenceModel::addPeople(const PresenceData &came)
{
    const auto room = m_rooms.find(came.room);
    if (room == m_rooms.end())
        return;
    for (const User &user : came.users)
        room->insert(user.id, {user.id, user.name, user.role});
    refresh();
}

void PresenceModel::removePeople(const PresenceData &left)
{
    const auto room = m_rooms.find(left.room);
    if (room == m_rooms.end())
        return;
    for (const User &user : left.users)
        room->remove(user.id);
    refresh();
}

void PresenceModel::removeRoom(const QString &room)
{
    if (m_rooms.remove(room))
        refresh();
}

void PresenceModel::clear()
{
    m_rooms.clear();
    m_me.clear();
    refresh();
}

void PresenceModel::refresh()
{
    People people;
    for (const People &room : std::as_const(m_rooms)) {
        for (const Person &person : room)
            people.insert(person.id, person);
    }
    if (!m_me.isEmpty())
        people.remove(m_me);
    std::vector<Person> next(people.cbegin(), people.cend());
    std::ranges::sort(next, [](const Person &one, const Person &other) {
        const int byName = one.shownName().compare(other.shownName(), Qt::CaseInsensitive);
        return byName != 0 ? byName < 0 : one.id < other.id;
    });
    if (followRows(*this, m_rows, std::move(next), [](const Person &one) { return one.id; }))
        Q_EMIT peopleChanged();
}

int PresenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PresenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Person &person = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return person.shownName();
    case InitialsRole: return initialsOf(person.shownName());
    case RoleWordRole:
        // The roles of tokens (docs/gateway.md).
        if (person.role == u"viewer")
            return tr("Viewer");
        if (person.role == u"responder")
            return tr("Responder");
        if (person.role == u"admin")
            return tr("Administrator");
        return person.role;
    default: return {};
    }
}

QHash<int, QByteArray> PresenceModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (const auto &[role, name] : roleTable)
        names.insert(role, name);
    return names;
}

int PresenceModel::count() const
{
    return int(m_rows.size());
}

QString PresenceModel::summary() const
{
    if (count() == 0)
        return {};
    // Oneself is among them where the server does not say who that is.
    if (m_me.isEmpty())
        return count() == 1 ? tr("1 person watching") : tr("%1 people watching").arg(count());
    return count() == 1 ? tr("1 other watching") : tr("%1 others watching").arg(count());
}

QStringList PresenceModel::leadingInitials() const
{
    QStringList initials;
    for (int row = 0; row < std::min(count(), mostLeading); ++row)
        initials.append(initialsOf(m_rows[std::size_t(row)].shownName()));
    return initials;
}

} // namespace tocsin
