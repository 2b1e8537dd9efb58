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
    connect(&m_test, &ConnectionTest::verdictChanged, this, &ServerDraft::testingChanged);
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
    const auto urls = serverAddresses(m_address);
    return urls ? serverName(urls->constFirst()) : QString();
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
    if (const auto urls = serverAddresses(m_address); !urls)
        return urls.error().message;
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

QVariantList ServerDraft::furtherTests() const
{
    QVariantList tests;
    for (const auto &test : m_furtherTests)
        tests.append(QVariant::fromValue(test.get()));
    return tests;
}

bool ServerDraft::isTesting() const
{
    return m_test.isRunning()
        || std::ranges::any_of(m_furtherTests, [](const auto &test) { return test->isRunning(); });
}

void ServerDraft::noteChange()
{
    // A verdict is about what was tried, and stands beside nothing else.
    forgetTests();
    setSaving(m_saving, {});
    Q_EMIT changed();
}

void ServerDraft::forgetTests()
{
    if (m_test.verdict() != ConnectionTest::Verdict::None)
        m_test.forget();
    if (m_furtherTests.empty())
        return;
    // The forms that show them go first, and may have asked for this.
    auto gone = std::exchange(m_furtherTests, {});
    Q_EMIT furtherTestsChanged();
    Q_EMIT testingChanged();
    for (auto &test : gone) {
        test->disconnect(this);
        test.release()->deleteLater();
    }
}

void ServerDraft::test(const QString &token)
{
    forgetTests();
    const auto urls = serverAddresses(m_address);
    if (!urls)
        return;
    for (qsizetype i = 1; i < urls->size(); ++i) {
        m_furtherTests.push_back(std::make_unique<ConnectionTest>());
        connect(m_furtherTests.back().get(), &ConnectionTest::verdictChanged, this,
            &ServerDraft::testingChanged);
    }
    if (!m_furtherTests.empty())
        Q_EMIT furtherTestsChanged();
    const QStringList rooms = roomList();
    m_test.start(urls->constFirst().toString(), token, rooms);
    for (std::size_t i = 0; i < m_furtherTests.size(); ++i)
        m_furtherTests[i]->start(urls->at(qsizetype(i) + 1).toString(), token, rooms);
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
    QStringList addresses{server->address.toString()};
    for (const QUrl &alternative : server->alternatives)
        addresses.append(alternative.toString());
    m_address = addresses.join(u", ");
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
    if (!m_token.isEmpty() || !m_book || m_keptIn == Place::NoToken) {
        test(m_token);
        return;
    }
    whenFinished(m_book->token(m_id), this,
        [this, generation = m_generation](const Expected<QString> &token) {
            if (generation != m_generation)
                return;
            if (token)
                test(*token);
            else
                setSaving(m_saving, token.error().message);
        });
}

void ServerDraft::takeSuggestion()
{
    takeSuggestionOf(0);
}

void ServerDraft::takeSuggestionOf(int address)
{
    const auto urls = serverAddresses(m_address);
    if (!urls || address < 0 || address >= urls->size() || address > int(m_furtherTests.size()))
        return;
    const QString better = address == 0 ? m_test.suggestion()
                                        : m_furtherTests[std::size_t(address) - 1]->suggestion();
    if (better.isEmpty())
        return;
    QStringList addresses;
    for (const QUrl &url : *urls)
        addresses.append(url.toString());
    addresses[address] = better;
    setAddress(addresses.join(u", "));
    tryOut();
}

void ServerDraft::save()
{
    const auto urls = serverAddresses(m_address);
    if (!m_book || !urls || !isTestable())
        return;
    const QString name = m_name.simplified();
    const SavedServer server{.id = m_id,
        .name = name.isEmpty() ? serverName(urls->constFirst()) : name,
        .address = urls->constFirst(),
        .alternatives = urls->sliced(1),
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
