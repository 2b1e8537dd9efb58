// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/jsonwriter.h"

#include <QStringEncoder>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace tocsin {

namespace {

constexpr qsizetype longestEscape = 6; // \u001f

constexpr bool isPlain(char16_t character)
{
    return character >= 0x20 && character != u'"' && character != u'\\';
}

// Without a branch for each, so that the compiler takes many at a time.
template <typename Text>
bool isPlainAscii(const Text &text)
{
    unsigned special = 0;
    for (const auto c : text) {
        const auto character = unsigned(c);
        special |= unsigned(character - 0x20 >= 0x60) | unsigned(character == '"')
            | unsigned(character == '\\');
    }
    return special == 0;
}

// Of one unit of UTF-16: half a pair takes no more than what stands for it, U+FFFD.
constexpr qsizetype mostBytes(char16_t unit)
{
    if (unit >= 0x80)
        return 3;
    return isPlain(unit) ? 1 : longestEscape;
}

// A byte of ASCII, or, where the text is UTF-8 already, of any character.
char *appendAscii(char *out, char c)
{
    if (isPlain(static_cast<unsigned char>(c))) {
        *out++ = c;
        return out;
    }
    const auto escaped = [&out](char letter) {
        *out++ = '\\';
        *out++ = letter;
        return out;
    };
    switch (c) {
    case '"': return escaped('"');
    case '\\': return escaped('\\');
    case '\n': return escaped('n');
    case '\r': return escaped('r');
    case '\t': return escaped('t');
    default: break;
    }
    constexpr auto digits = "0123456789abcdef";
    out = std::ranges::copy(std::string_view("\\u00"), out).out;
    *out++ = digits[static_cast<unsigned char>(c) >> 4];
    *out++ = digits[c & 0xF];
    return out;
}

} // namespace

// So many bytes more, of which nothing is said yet.
char *JsonWriter::grow(qsizetype most)
{
    const qsizetype before = m_text.size();
    m_text.resize(before + most);
    return m_text.data() + before;
}

void JsonWriter::shrinkTo(const char *end)
{
    m_text.truncate(end - m_text.constData());
}

void JsonWriter::reserve(qsizetype bytes)
{
    m_text.reserve(bytes);
}

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

// Of what an incident costs, its texts' JSON is a large part, and nearly all are plain ASCII: those
// are looked at once and copied once.
template <typename Text>
bool JsonWriter::appendPlain(const Text &text)
{
    if (!isPlainAscii(text))
        return false;
    char *out = grow(qsizetype(text.size()) + 2);
    *out++ = '"';
    for (const auto c : text)
        *out++ = char(c);
    *out = '"';
    return true;
}

JsonWriter &JsonWriter::string(QStringView value)
{
    separate();
    const std::u16string_view units(value.utf16(), std::size_t(value.size()));
    if (appendPlain(units))
        return *this;
    qsizetype most = 2;
    for (const char16_t unit : units)
        most += mostBytes(unit);
    char *out = grow(most);
    *out++ = '"';
    for (qsizetype i = 0; i < value.size();) {
        const char16_t character = value[i].unicode();
        if (character < 0x80) {
            out = appendAscii(out, char(character));
            ++i;
            continue;
        }
        qsizetype end = i + 1;
        while (end < value.size() && value[end].unicode() >= 0x80)
            ++end;
        // QString::toUtf8() makes a question mark of half a surrogate pair.
        QStringEncoder encoder(QStringEncoder::Utf8, QStringConverter::Flag::Stateless);
        out = encoder.appendToBuffer(out, value.sliced(i, end - i));
        i = end;
    }
    *out++ = '"';
    shrinkTo(out);
    return *this;
}

JsonWriter &JsonWriter::utf8(std::string_view value)
{
    separate();
    if (appendPlain(value))
        return *this;
    qsizetype most = 2;
    for (const char c : value)
        most += isPlain(static_cast<unsigned char>(c)) ? 1 : longestEscape;
    char *out = grow(most);
    *out++ = '"';
    for (const char c : value)
        out = appendAscii(out, c);
    *out++ = '"';
    shrinkTo(out);
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
