// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/tokens.h"

#include <QCryptographicHash>
#include <QFile>
#include <QLockFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSaveFile>

#include <openssl/crypto.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

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

std::optional<QString> otherKey(
    const toml::table &table, std::initializer_list<std::string_view> known)
{
    for (const auto &[key, value] : table) {
        if (std::ranges::find(known, key.str()) == known.end())
            return text(key.str());
    }
    return std::nullopt;
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
    const auto bad = [&](const QString &field, const QString &expected) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("%1: %2: expected %3.").arg(fileName, field, expected), field);
    };
    // A word that is misspelt would make a token good for more than it says.
    if (const auto unknown = otherKey(root, {"token"}))
        return bad(*unknown, QStringLiteral("nothing but [[token]] tables"));
    if (!root.contains("token"))
        return store;
    const toml::array *tokens = root["token"].as_array();
    if (!tokens)
        return bad(QStringLiteral("token"), QStringLiteral("[[token]] tables"));
    for (std::size_t i = 0; i < tokens->size(); ++i) {
        const QString path = QStringLiteral("token[%1].").arg(i);
        const toml::table *table = (*tokens)[i].as_table();
        if (!table)
            return bad(path.chopped(1), QStringLiteral("a table"));
        if (const auto unknown = otherKey(*table, {"name", "role", "sha256", "rooms", "expires"}))
            return bad(path + *unknown, QStringLiteral("name, role, sha256, rooms or expires"));
        Entry entry;
        entry.principal.name = text((*table)["name"].value_or(std::string_view()));
        if (entry.principal.name.isEmpty())
            return bad(path + QStringLiteral("name"), QStringLiteral("a name"));
        const auto role = enumFromName<Role>((*table)["role"].value_or(std::string_view()));
        if (!role)
            return bad(path + QStringLiteral("role"), expectedText<Role>());
        entry.principal.role = *role;
        const auto hash = (*table)["sha256"].value_or(std::string_view());
        entry.principal.tokenHash
            = QByteArray::fromHex(QByteArray(hash.data(), qsizetype(hash.size())));
        if (hash.size() != 2 * hashSize || entry.principal.tokenHash.size() != hashSize)
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

bool allowsRoom(const QStringList &patterns, const QString &room)
{
    return patterns.isEmpty() || std::ranges::any_of(patterns, [&](const QString &pattern) {
        return pattern.endsWith(u'*') ? room.startsWith(QStringView(pattern).chopped(1))
                                      : room == pattern;
    });
}

std::optional<Principal> TokenStore::find(QByteArrayView token, Timestamp now) const
{
    return findAgain(hashOf(token), now);
}

std::optional<Timestamp> TokenStore::nextExpiry(Timestamp now) const
{
    std::optional<Timestamp> next;
    for (const Entry &entry : m_entries) {
        if (entry.expires && *entry.expires > now && (!next || *entry.expires < *next))
            next = entry.expires;
    }
    return next;
}

std::optional<Principal> TokenStore::findAgain(const QByteArray &hash, Timestamp now) const
{
    if (hash.size() != hashSize)
        return std::nullopt;
    const Entry *found = nullptr;
    for (const Entry &entry : m_entries) {
        // All of them, and each to its end.
        if (CRYPTO_memcmp(entry.principal.tokenHash.constData(), hash.constData(), hashSize) == 0)
            found = &entry;
    }
    if (!found || (found->expires && *found->expires <= now))
        return std::nullopt;
    return found->principal;
}

namespace {

// Two programs that change the file at the same time would lose one of the changes.
Expected<std::unique_ptr<QLockFile>> lock(const QString &fileName)
{
    auto held = std::make_unique<QLockFile>(fileName + QStringLiteral(".lock"));
    if (!held->tryLock(5'000)) {
        return makeError(ErrorCode::Conflict,
            held->error() == QLockFile::LockFailedError
                ? QStringLiteral("Another program is changing %1.").arg(fileName)
                : QStringLiteral("The folder of %1 cannot be written to.").arg(fileName));
    }
    return held;
}

// The group matters where it may read.
bool giveToOwnerOf(const struct stat &old, int descriptor)
{
    struct stat made{};
    if (::fstat(descriptor, &made) != 0)
        return false;
    if (old.st_uid != made.st_uid && ::fchown(descriptor, old.st_uid, gid_t(-1)) != 0)
        return false;
    return old.st_gid == made.st_gid || ::fchown(descriptor, uid_t(-1), old.st_gid) == 0
        || (old.st_mode & S_IRGRP) == 0;
}

// Who may read the old file may read the new one: or a gateway that is another user would go on
// with the tokens from before, and what the superuser revoked would be good.
Expected<void> giveToReadersOf(const QString &fileName, QSaveFile &file)
{
    QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner;
    struct stat old{};
    if (::stat(QFile::encodeName(fileName).constData(), &old) == 0) {
        if (!giveToOwnerOf(old, file.handle())) {
            const QString reason = qt_error_string(errno);
            return makeError(ErrorCode::StorageFailed,
                QStringLiteral("The tokens file %1 is not changed: it belongs to user %2, group %3,"
                               " and the new one cannot be given to them: %4.")
                    .arg(fileName)
                    .arg(old.st_uid)
                    .arg(old.st_gid)
                    .arg(reason));
        }
        permissions.setFlag(QFile::ReadGroup, (old.st_mode & S_IRGRP) != 0);
    }
    if (!file.setPermissions(permissions)) {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("The tokens file %1 cannot be written: %2.")
                .arg(fileName, file.errorString()));
    }
    return {};
}

Expected<void> write(const QString &fileName, const QByteArray &content)
{
    QSaveFile file(fileName);
    const auto failed = [&] {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("The tokens file %1 cannot be written: %2.")
                .arg(fileName, file.errorString()));
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    if (auto given = giveToReadersOf(fileName, file); !given)
        return given;
    if (file.write(content) != content.size() || !file.commit())
        return failed();
    return {};
}

QByteArray tableOf(const NewToken &token, const QByteArray &hash)
{
    const auto word = enumName(token.role);
    QByteArray table = "[[token]]\nname = " + quoted(token.name) + "\nrole = \""
        + QByteArray(word.data(), qsizetype(word.size())) + "\"\nsha256 = \"" + hash.toHex()
        + "\"\n";
    if (!token.rooms.isEmpty()) {
        QByteArrayList rooms;
        for (const QString &room : token.rooms)
            rooms.append(quoted(room));
        table += "rooms = [" + rooms.join(", ") + "]\n";
    }
    if (!token.expires.isEmpty())
        table += "expires = " + token.expires.toUtf8() + '\n';
    return table;
}

} // namespace

Expected<QString> addToken(const QString &fileName, const NewToken &token)
{
    if (token.name.isEmpty())
        return makeError(ErrorCode::BadConfiguration, QStringLiteral("A token needs a name."));
    static const QRegularExpression moment(
        QStringLiteral("^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}:\\d{2}(Z|[+-]\\d{2}:\\d{2}))?$"));
    if (!token.expires.isEmpty() && !moment.match(token.expires).hasMatch()) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("\"%1\" is neither a day, as 2027-01-31, nor a time, as "
                           "2027-01-31T12:00:00Z.")
                .arg(token.expires));
    }
    const auto held = lock(fileName);
    if (!held)
        return tl::unexpected<Error>(held.error());
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
    if (std::ranges::any_of(before->entries(),
            [&](const TokenStore::Entry &entry) { return entry.principal.name == token.name; })) {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("%1 has a token named %2 already.").arg(fileName, token.name));
    }

    QByteArray random(hashSize, Qt::Uninitialized);
    QRandomGenerator::system()->generate(random.begin(), random.end());
    const QByteArray secret
        = random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    if (!content.isEmpty())
        content += content.endsWith('\n') ? "\n" : "\n\n";
    content += tableOf(token, hashOf(secret));
    if (const auto after = TokenStore::parse(content, fileName); !after)
        return tl::unexpected<Error>(after.error());
    if (const auto written = write(fileName, content); !written)
        return tl::unexpected<Error>(written.error());
    return QString::fromLatin1(secret);
}

Expected<void> removeToken(const QString &fileName, const QString &name)
{
    const auto held = lock(fileName);
    if (!held)
        return tl::unexpected<Error>(held.error());
    const auto content = readFile(fileName);
    if (!content)
        return tl::unexpected<Error>(content.error());
    if (const auto before = TokenStore::parse(*content, fileName); !before)
        return tl::unexpected<Error>(before.error());
    const toml::table root = toml::parse(view(*content));
    const toml::array *const tokens = root["token"].as_array();
    QByteArrayList lines = content->split('\n');
    bool isFound = false;
    // All of that name, from the last one on: the places of those before it stay.
    for (std::size_t i = tokens ? tokens->size() : 0; i > 0; --i) {
        const toml::table &table = *(*tokens)[i - 1].as_table();
        if (text(table["name"].value_or(std::string_view())) != name)
            continue;
        isFound = true;
        auto last = table.source().begin.line;
        for (const auto &[key, value] : table)
            last = std::max({last, key.source().end.line, value.source().end.line});
        const auto first = qsizetype(table.source().begin.line) - 1;
        auto count = qsizetype(last) - first;
        if (first + count < lines.size() && lines[first + count].trimmed().isEmpty())
            ++count; // the blank line behind it
        lines.remove(first, std::min(count, lines.size() - first));
    }
    if (!isFound) {
        return makeError(
            ErrorCode::NotFound, QStringLiteral("%1 has no token named %2.").arg(fileName, name));
    }
    const QByteArray rest = lines.join('\n');
    const auto after = TokenStore::parse(rest, fileName);
    if (!after)
        return tl::unexpected<Error>(after.error());
    return write(fileName, rest);
}

} // namespace tocsin
