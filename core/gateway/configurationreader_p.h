// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"
#include "gateway/source.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <toml++/toml.h>

namespace tocsin {

[[nodiscard]] TOCSIN_GATEWAY_EXPORT QString tomlText(std::string_view utf8);
/// A string, or an array of at least one; nothing where it is anything else.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT std::optional<QStringList> tomlStrings(const toml::node *node);
/// "90d", "12h", "5m", "30s", "500ms".
[[nodiscard]] TOCSIN_GATEWAY_EXPORT std::optional<std::chrono::milliseconds> parseDuration(
    const QString &written);
[[nodiscard]] TOCSIN_GATEWAY_EXPORT QString durationText(std::chrono::milliseconds duration);

/// Takes keys out of a file, and keeps what is wrong with them. Whoever asks for a key makes it
/// known; what nobody asked for is not.
class ConfigurationReader
{
public:
    /// `place` stands before the keys in what is said of them, where `root` is a table of another.
    ConfigurationReader(const toml::table &root, const QString &fileName, const QString &place = {})
        : m_root(root)
        , m_fileName(fileName)
        , m_place(place)
    {
    }

    /// A path of at most one table and a key.
    const toml::node *find(const QString &path)
    {
        m_known.append(path);
        const QByteArray utf8 = path.toUtf8();
        return m_root.at_path(std::string_view(utf8.constData(), std::size_t(utf8.size()))).node();
    }
    void fail(const toml::node *node, const QString &path, const QString &what)
    {
        m_errors.append(QStringLiteral("%1:%2: %3: %4.")
                .arg(m_fileName)
                .arg(node ? node->source().begin.line : 1)
                .arg(m_place + path, what));
    }
    std::optional<QString> string(const QString &path, const QString &expected)
    {
        const toml::node *const node = find(path);
        if (!node)
            return std::nullopt;
        if (!node->is_string() || node->value_or(std::string_view()).empty()) {
            fail(node, path, QStringLiteral("expected ") + expected);
            return std::nullopt;
        }
        return tomlText(node->value_or(std::string_view()));
    }
    void read(const QString &path, QString &value, const QString &expected)
    {
        if (auto found = string(path, expected))
            value = *std::move(found);
    }
    void readPath(const QString &path, QString &value)
    {
        if (const auto found = string(path, QStringLiteral("a file's name")))
            value = QDir(QFileInfo(m_fileName).absolutePath()).absoluteFilePath(*found);
    }
    void read(const QString &path, qint64 &value, qint64 least, qint64 most)
    {
        const toml::node *const node = find(path);
        if (!node)
            return;
        const auto found = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
        if (found && *found >= least && *found <= most)
            value = *found;
        else
            fail(node, path,
                QStringLiteral("expected a whole number from %1 to %2").arg(least).arg(most));
    }
    template <typename Duration>
    void read(const QString &path, Duration &value, std::chrono::milliseconds least,
        std::chrono::milliseconds most)
    {
        const toml::node *const node = find(path);
        if (!node)
            return;
        const auto found = node->is_string()
            ? parseDuration(tomlText(node->value_or(std::string_view())))
            : std::nullopt;
        if (found && *found >= least && *found <= most)
            value = std::chrono::duration_cast<Duration>(*found);
        else
            fail(node, path,
                QStringLiteral("expected a duration from %1 to %2, as \"30s\", \"5m\", \"12h\" or "
                               "\"7d\"")
                    .arg(durationText(least), durationText(most)));
    }

    /// What nobody asked for.
    void refuseTheRest()
    {
        for (const auto &[key, node] : m_root)
            refuse(tomlText(key.str()), node);
    }
    [[nodiscard]] const QStringList &errors() const { return m_errors; }
    [[nodiscard]] const QStringList &known() const { return m_known; }

private:
    void refuse(const QString &path, const toml::node &node)
    {
        if (m_known.contains(path))
            return;
        const bool isTable = std::ranges::any_of(
            m_known, [&](const QString &known) { return known.startsWith(path + u'.'); });
        if (isTable && node.is_table()) {
            for (const auto &[key, child] : *node.as_table())
                refuse(path + u'.' + tomlText(key.str()), child);
        } else {
            fail(&node, path,
                isTable ? QStringLiteral("expected a table")
                        : QStringLiteral("there is no such key"));
        }
    }

    const toml::table &m_root;
    QString m_fileName;
    QString m_place;
    QStringList m_errors;
    QStringList m_known;
};

/// The `[[source]]` tables.
void readSources(ConfigurationReader &reader, QList<IncidentSource> &sources);

} // namespace tocsin
