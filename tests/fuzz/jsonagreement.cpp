// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "jsonagreement.h"

#include "protocol/jsonreader.h"
#include "require.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringEncoder>

#include <algorithm>

namespace tocsin {

namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// The value as a tree, to be compared with Qt's.
class TreeReader
{
public:
    [[nodiscard]] bool read(std::string_view text)
    {
        return m_reader.read(text, [this] { return readValue(root); });
    }
    [[nodiscard]] const Error &error() const { return m_reader.error(); }

    QJsonValue root;
    bool hasDuplicates = false;

private:
    bool readValue(QJsonValue &value)
    {
        switch (m_reader.type()) {
        case JsonReader::Type::Null: value = QJsonValue::Null; return true;
        case JsonReader::Type::Boolean: {
            bool boolean = false;
            const bool good = m_reader.readBoolean(boolean);
            value = boolean;
            return good;
        }
        case JsonReader::Type::Number: {
            double number = 0;
            const bool good = m_reader.readDouble(number);
            value = number;
            return good;
        }
        case JsonReader::Type::String: {
            QString text;
            const bool good = m_reader.readString(text);
            value = text;
            return good;
        }
        case JsonReader::Type::Array: {
            QJsonArray array;
            const bool good = m_reader.readArray([&] {
                QJsonValue element;
                const bool readElement = readValue(element);
                array.append(element);
                return readElement;
            });
            value = array;
            return good;
        }
        case JsonReader::Type::Object: break;
        }
        QJsonObject object;
        const bool good = m_reader.readObject([&](std::string_view key) {
            const QString name = fromUtf8(key);
            hasDuplicates = hasDuplicates || object.contains(name);
            QJsonValue member;
            const bool readMember = readValue(member);
            object.insert(name, member);
            return readMember;
        });
        value = object;
        return good;
    }

    JsonReader m_reader;
};

QString withoutHalfSurrogates(const QString &text)
{
    return QString::fromUtf8(toUtf8(text));
}

bool isForbidden(const QString &key)
{
    return key == u"__proto__" || key == u"constructor" || key == u"prototype";
}

bool isSame(const QJsonValue &ours, const QJsonValue &qts)
{
    if (ours.type() != qts.type())
        return false;
    switch (ours.type()) {
    case QJsonValue::Double: return ours.toDouble() == qts.toDouble();
    case QJsonValue::String: return ours.toString() == withoutHalfSurrogates(qts.toString());
    case QJsonValue::Array: {
        const QJsonArray first = ours.toArray();
        const QJsonArray second = qts.toArray();
        return std::equal(first.begin(), first.end(), second.begin(), second.end(),
            [](const QJsonValue &one, const QJsonValue &other) { return isSame(one, other); });
    }
    case QJsonValue::Object: {
        const QJsonObject first = ours.toObject();
        const QJsonObject second = qts.toObject();
        qsizetype compared = 0;
        for (auto it = second.begin(); it != second.end(); ++it) {
            if (isForbidden(it.key()))
                continue;
            const auto found = first.constFind(withoutHalfSurrogates(it.key()));
            if (found == first.constEnd() || !isSame(found.value(), it.value()))
                return false;
            ++compared;
        }
        return compared == first.size();
    }
    default: return ours == qts;
    }
}

} // namespace

QByteArray toUtf8(QStringView text)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringConverter::Flag::Stateless);
    return encoder(text);
}

void requireAgreementWithQt(std::string_view text)
{
    JsonReader reader;
    std::string_view raw;
    const bool accepted = reader.read(text, [&] { return reader.readRaw(raw); });
    TreeReader tree;
    const bool readAsTree = tree.read(text);
    if (!accepted) {
        require(!readAsTree, "what is refused unread is refused when it is read", fromUtf8(text));
        return;
    }
    if (!readAsTree) {
        require(tree.error().message.startsWith(u"expected number of 64 bits"),
            "what is accepted unread can be read, but for numbers that no double holds",
            tree.error().message);
        return;
    }
    QJsonParseError error;
    const auto document
        = QJsonDocument::fromJson(QByteArray(text.data(), qsizetype(text.size())), &error);
    require(error.error == QJsonParseError::NoError, "what is accepted is JSON to Qt, too",
        error.errorString());
    if (tree.hasDuplicates)
        return;
    const QJsonValue root
        = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    require(isSame(tree.root, root), "Qt finds the same values", fromUtf8(text));
}

} // namespace tocsin
