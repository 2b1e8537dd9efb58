// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/jsonwriter.h"

#include <QStringEncoder>

#include <charconv>
#include <cmath>
#include <utility>

namespace tocsin {

void JsonWriter::separate()
{
    if (m_needsComma)
        m_text.append(',');
    m_needsComma = true;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_text.append('{');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_text.append('}');
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_text.append('[');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_text.append(']');
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::key(std::string_view name)
{
    utf8(name);
    m_text.append(':');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::key(QStringView name)
{
    string(name);
    m_text.append(':');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::string(QStringView value)
{
    // QString::toUtf8() makes a question mark of half a surrogate pair.
    QStringEncoder encoder(QStringEncoder::Utf8, QStringConverter::Flag::Stateless);
    const QByteArray bytes = encoder(value);
    return utf8({bytes.constData(), std::size_t(bytes.size())});
}

JsonWriter &JsonWriter::utf8(std::string_view value)
{
    separate();
    m_text.append('"');
    std::size_t plainFrom = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto character = static_cast<unsigned char>(value[i]);
        if (character >= 0x20 && character != '"' && character != '\\')
            continue;
        m_text.append(value.data() + plainFrom, qsizetype(i - plainFrom));
        plainFrom = i + 1;
        switch (character) {
        case '"': m_text.append("\\\""); break;
        case '\\': m_text.append("\\\\"); break;
        case '\n': m_text.append("\\n"); break;
        case '\r': m_text.append("\\r"); break;
        case '\t': m_text.append("\\t"); break;
        default: {
            constexpr auto digits = "0123456789abcdef";
            m_text.append("\\u00");
            m_text.append(digits[character >> 4]);
            m_text.append(digits[character & 0xF]);
        }
        }
    }
    m_text.append(value.data() + plainFrom, qsizetype(value.size() - plainFrom));
    m_text.append('"');
    return *this;
}

JsonWriter &JsonWriter::integer(qint64 value)
{
    separate();
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    m_text.append(digits, end - digits);
    return *this;
}

JsonWriter &JsonWriter::number(double value)
{
    if (!std::isfinite(value))
        return null(); // JSON has no word for it
    separate();
    char digits[40];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    m_text.append(digits, end - digits);
    return *this;
}

JsonWriter &JsonWriter::boolean(bool value)
{
    return raw(value ? "true" : "false");
}

JsonWriter &JsonWriter::null()
{
    return raw("null");
}

JsonWriter &JsonWriter::raw(std::string_view json)
{
    separate();
    m_text.append(json.data(), qsizetype(json.size()));
    return *this;
}

QByteArray JsonWriter::take()
{
    m_needsComma = false;
    return std::exchange(m_text, {});
}

} // namespace tocsin
