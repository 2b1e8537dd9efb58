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

/// Somebody who is allowed in.
struct TOCSIN_GATEWAY_EXPORT Principal {
    QString name;
    Role role = Role::Viewer;
    /// The rooms that the token is good for; empty for all.
    QStringList rooms;

    [[nodiscard]] bool mayView() const { return role != Role::Sender; }
    [[nodiscard]] bool mayRespond() const { return role == Role::Responder || role == Role::Admin; }
    [[nodiscard]] bool maySend() const { return role == Role::Sender || role == Role::Admin; }
    [[nodiscard]] bool mayUse(const QString &room) const
    {
        return rooms.isEmpty() || rooms.contains(room);
    }
};

/// The tokens of a file (docs/gateway.md, "Tokens"). The file, and so this, holds their SHA-256
/// only: a token is 256 random bits, which need no salt and no slow hash.
class TOCSIN_GATEWAY_EXPORT TokenStore
{
public:
    [[nodiscard]] static Expected<TokenStore> load(const QString &fileName);

    /// Whose token it is, if it is one and has not expired. Takes the same time for any token.
    [[nodiscard]] std::optional<Principal> find(QByteArrayView token, Timestamp now) const;
    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty(); }

private:
    struct Entry {
        Principal principal;
        QByteArray sha256;
        std::optional<Timestamp> expires;
    };
    [[nodiscard]] static Expected<TokenStore> parse(
        const QByteArray &toml, const QString &fileName);
    friend TOCSIN_GATEWAY_EXPORT Expected<QString> addToken(const QString &, const QString &, Role);

    QList<Entry> m_entries;
};

/// Makes a token, adds it to the file, which is made where it is missing (mode 0600), and returns
/// it. It cannot be had again. Conflict: the name is in use.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<QString> addToken(
    const QString &fileName, const QString &name, Role role);

} // namespace tocsin
