// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tokens.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

#include <openssl/crypto.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace tocsin {

namespace {

constexpr qsizetype hashSize = 32;

QByteArray hashOf(QByteArrayView token)
{
    return QCryptographicHash::hash(token.toByteArray(), QCryptographicHash::Sha256);
}

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

Expected<QByteArray> readFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("The tokens file %1 cannot be read: %2.")
                .arg(fileName, file.errorString()));
    }
    return file.readAll();
}

// A TOML basic string: JSON's escapes are among its own.
QByteArray quoted(const QString &value)
{
    return JsonWriter().string(value).take();
}

std::optional<Timestamp> expiryFrom(const toml::node &node)
{
    using namespace std::chrono;
    const auto dayOf = [](const toml::date &date) {
        return sys_days(year_month_day(year(date.year), month(date.month), day(date.day)));
    };
    if (const auto date = node.value<toml::date>())
        return Timestamp(dayOf(*date));
    if (const auto at = node.value<toml::date_time>()) {
        const minutes offset(at->offset ? at->offset->minutes : 0);
        return Timestamp(dayOf(at->date) + hours(at->time.hour) + minutes(at->time.minute)
            + seconds(at->time.second) - offset);
    }
    return std::nullopt;
}

} // namespace

Expected<TokenStore> TokenStore::load(const QString &fileName)
{
    const auto content = readFile(fileName);
    if (!content)
        return tl::unexpected<Error>(content.error());
    return parse(*content, fileName);
}

Expected<TokenStore> TokenStore::parse(const QByteArray &content, const QString &fileName)
{
    toml::table root;
    try {
        root = toml::parse(view(content));
    } catch (const toml::parse_error &error) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("%1:%2: %3.")
                .arg(fileName)
                .arg(error.source().begin.line)
                .arg(text(error.description())));
    }
    TokenStore store;
    if (!root.contains("token"))
        return store;
    const toml::array *tokens = root["token"].as_array();
    const auto bad = [&](const QString &field, const QString &expected) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("%1: %2: expected %3.").arg(fileName, field, expected), field);
    };
    if (!tokens)
        return bad(QStringLiteral("token"), QStringLiteral("[[token]] tables"));
    for (std::size_t i = 0; i < tokens->size(); ++i) {
        const QString path = QStringLiteral("token[%1].").arg(i);
        const toml::table *table = (*tokens)[i].as_table();
        if (!table)
            return bad(path.chopped(1), QStringLiteral("a table"));
        Entry entry;
        entry.principal.name = text((*table)["name"].value_or(std::string_view()));
        if (entry.principal.name.isEmpty())
            return bad(path + QStringLiteral("name"), QStringLiteral("a name"));
        const auto role = enumFromName<Role>((*table)["role"].value_or(std::string_view()));
        if (!role)
            return bad(path + QStringLiteral("role"), expectedText<Role>());
        entry.principal.role = *role;
        const auto hash = (*table)["sha256"].value_or(std::string_view());
        entry.sha256 = QByteArray::fromHex(QByteArray(hash.data(), qsizetype(hash.size())));
        if (hash.size() != 2 * hashSize || entry.sha256.size() != hashSize)
            return bad(path + QStringLiteral("sha256"), QStringLiteral("64 hexadecimal digits"));
        if (const toml::node *rooms = table->get("rooms")) {
            if (!rooms->is_array() || rooms->as_array()->empty())
                return bad(path + QStringLiteral("rooms"), QStringLiteral("an array of names"));
            for (const toml::node &room : *rooms->as_array()) {
                if (!room.is_string())
                    return bad(path + QStringLiteral("rooms"), QStringLiteral("an array of names"));
                entry.principal.rooms.append(text(room.value_or(std::string_view())));
            }
        }
        if (const toml::node *expires = table->get("expires")) {
            entry.expires = expiryFrom(*expires);
            if (!entry.expires)
                return bad(path + QStringLiteral("expires"), QStringLiteral("a date or a time"));
        }
        store.m_entries.append(std::move(entry));
    }
    return store;
}

std::optional<Principal> TokenStore::find(QByteArrayView token, Timestamp now) const
{
    const QByteArray hash = hashOf(token);
    const Entry *found = nullptr;
    for (const Entry &entry : m_entries) {
        // All of them, and each to its end.
        if (CRYPTO_memcmp(entry.sha256.constData(), hash.constData(), hashSize) == 0)
            found = &entry;
    }
    if (!found || (found->expires && *found->expires <= now))
        return std::nullopt;
    return found->principal;
}

Expected<QString> addToken(const QString &fileName, const QString &name, Role role)
{
    if (name.isEmpty())
        return makeError(ErrorCode::BadConfiguration, QStringLiteral("A token needs a name."));
    QByteArray content;
    if (QFile::exists(fileName)) {
        const auto existing = readFile(fileName);
        if (!existing)
            return tl::unexpected<Error>(existing.error());
        content = *existing;
    }
    const auto before = TokenStore::parse(content, fileName);
    if (!before)
        return tl::unexpected<Error>(before.error());
    if (std::ranges::any_of(before->m_entries,
            [&](const TokenStore::Entry &entry) { return entry.principal.name == name; })) {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("%1 has a token named %2 already.").arg(fileName, name));
    }

    QByteArray random(hashSize, Qt::Uninitialized);
    QRandomGenerator::system()->generate(random.begin(), random.end());
    const QByteArray token
        = random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto word = enumName(role);
    if (!content.isEmpty())
        content += content.endsWith('\n') ? "\n" : "\n\n";
    content += "[[token]]\nname = " + quoted(name) + "\nrole = \""
        + QByteArray(word.data(), qsizetype(word.size())) + "\"\nsha256 = \""
        + hashOf(token).toHex() + "\"\n";
    if (const auto after = TokenStore::parse(content, fileName); !after)
        return tl::unexpected<Error>(after.error());

    QSaveFile file(fileName);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(content) == content.size() && file.commit();
    if (!written) {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("The tokens file %1 cannot be written: %2.")
                .arg(fileName, file.errorString()));
    }
    return QString::fromLatin1(token);
}

} // namespace tocsin
