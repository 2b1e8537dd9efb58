// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"
#include "protocol/error.h"
#include "protocol/schema.h"

#include <QByteArrayView>
#include <QStringList>

namespace tocsin {

/// What the holder of a token may do. Viewers see; responders also change incidents; senders only
/// report; admins do all of it.
enum class Role { Viewer, Responder, Admin, Sender };

template <>
struct EnumNames<Role> {
    static constexpr std::array entries{
        std::pair{Role::Viewer, std::string_view("viewer")},
        std::pair{Role::Responder, std::string_view("responder")},
        std::pair{Role::Admin, std::string_view("admin")},
        std::pair{Role::Sender, std::string_view("sender")},
    };
};

/// Whether one of the patterns is the room's name, or ends in `*` and begins like it. No pattern at
/// all is for all rooms.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT bool allowsRoom(
    const QStringList &patterns, const QString &room);

/// Somebody who is allowed in.
struct TOCSIN_GATEWAY_EXPORT Principal {
    QString name;
    Role role = Role::Viewer;
    /// Patterns of the rooms that the token is good for (see allowsRoom()).
    QStringList rooms;
    /// Of the token that it showed; empty where nobody needs one.
    QByteArray tokenHash = {};

    [[nodiscard]] bool mayView() const { return role != Role::Sender; }
    [[nodiscard]] bool mayRespond() const { return role == Role::Responder || role == Role::Admin; }
    [[nodiscard]] bool maySend() const { return role == Role::Sender || role == Role::Admin; }
    [[nodiscard]] bool mayUse(const QString &room) const { return allowsRoom(rooms, room); }
};

/// A token to be made.
struct NewToken {
    QString name;
    Role role = Role::Viewer;
    QStringList rooms = {};
    /// In TOML's own form: `2027-01-31` or `2027-01-31T12:00:00Z`. Empty: never.
    QString expires = {};
};

/// The tokens of a file (docs/gateway.md, "Tokens"). The file, and so this, holds their SHA-256
/// only: a token is 256 random bits, which need no salt and no slow hash.
class TOCSIN_GATEWAY_EXPORT TokenStore
{
public:
    [[nodiscard]] static Expected<TokenStore> load(const QString &fileName);

    /// Whose token it is, if it is one and has not expired. Takes the same time for any token.
    [[nodiscard]] std::optional<Principal> find(QByteArrayView token, Timestamp now) const;
    /// Who shows that token now, by Principal::tokenHash; nobody where it was removed or has
    /// expired.
    [[nodiscard]] std::optional<Principal> findAgain(
        const QByteArray &tokenHash, Timestamp now) const;
    /// When the next of those that are good at `now` expires.
    [[nodiscard]] std::optional<Timestamp> nextExpiry(Timestamp now) const;
    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty(); }

    /// What a person may know of a token.
    struct Entry {
        Principal principal;
        std::optional<Timestamp> expires;
    };
    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }

private:
    [[nodiscard]] static Expected<TokenStore> parse(
        const QByteArray &toml, const QString &fileName);
    friend TOCSIN_GATEWAY_EXPORT Expected<QString> addToken(const QString &, const NewToken &);
    friend TOCSIN_GATEWAY_EXPORT Expected<void> removeToken(const QString &, const QString &);

    QList<Entry> m_entries;
};

/// Makes a token, adds it to the file, which is made where it is missing (mode 0600), and returns
/// it. It cannot be had again. Conflict: the name is in use, or another program changes the file.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<QString> addToken(
    const QString &fileName, const NewToken &token);

/// Takes the token of that name out of the file, and leaves the rest of it as it stands. NotFound,
/// or Conflict: another program changes the file.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<void> removeToken(
    const QString &fileName, const QString &name);

} // namespace tocsin
