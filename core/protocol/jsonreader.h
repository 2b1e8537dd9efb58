// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArray>
#include <QStringView>

#include <cstdint>
#include <memory>
#include <string_view>

namespace tocsin {

/// Reads one JSON text (RFC 8259) from front to back, straight into the caller's fields, with no
/// tree in between. simdjson finds where the text's tokens are, and checks its UTF-8 and that its
/// strings end and hold no control characters; this class walks along the tokens.
///
/// The whole text is checked, also the parts nobody asks for: a syntax error in an ignored field,
/// text after the end and nesting deeper than 64 all fail. The keys `__proto__`, `constructor` and
/// `prototype` are passed over at every depth (docs/protocol.md, "Envelope"). Half of a surrogate
/// pair, written as an escape, becomes U+FFFD.
///
/// Each read function works on the *current value*, consumes it, and returns false on the first
/// failure; error() then says where (a path built while the calls unwind), what was expected and
/// what was found. Reuse one reader for many texts: it keeps its buffers. Not thread-safe.
class TOCSIN_PROTOCOL_EXPORT JsonReader
{
public:
    enum class Type { Null, Boolean, Number, String, Array, Object };
    static constexpr int maximumDepth = 64;

    JsonReader();
    ~JsonReader();
    JsonReader(const JsonReader &) = delete;
    JsonReader &operator=(const JsonReader &) = delete;

    /// Copies `text` and calls `readRoot()`, which returns a bool, with the root value as the
    /// current one. True when `readRoot` returned true and the text was valid up to its end.
    template <typename ReadRoot>
    [[nodiscard]] bool read(std::string_view text, ReadRoot &&readRoot)
    {
        return start(text) && finish(readRoot());
    }
    /// The same for text that is UTF-16 already, as Qt hands it out, without a copy in between.
    template <typename ReadRoot>
    [[nodiscard]] bool read(QStringView text, ReadRoot &&readRoot)
    {
        return start(text) && finish(readRoot());
    }

    /// The current value's type; Null for a value that cannot be told (reading it then fails).
    [[nodiscard]] Type type() const;

    /// Overwrites `value` in its place where it has the room, so that reading into the same object
    /// again and again allocates nothing.
    [[nodiscard]] bool readString(QString &value);
    /// Valid until the next text is read.
    [[nodiscard]] bool readUtf8(std::string_view &value);
    [[nodiscard]] bool readInteger(qint64 &value);
    [[nodiscard]] bool readDouble(double &value);
    [[nodiscard]] bool readBoolean(bool &value);
    /// Calls `readField(std::string_view key)`, which returns a bool, for each field, its value as
    /// the current one. A field that it does not read is passed over, checked.
    template <typename ReadField>
    [[nodiscard]] bool readObject(ReadField &&readField);
    /// Calls `readElement()`, which returns a bool, for each element.
    template <typename ReadElement>
    [[nodiscard]] bool readArray(ReadElement &&readElement);
    /// The current value as it stands in the text, checked as everything else; forbidden keys are
    /// still in it. Valid until the next text is read.
    [[nodiscard]] bool readRaw(std::string_view &json);

    /// Calls `look()`, which returns a bool and may read the current value, and goes back to that
    /// value where it returned true. Views that it read are not valid any more then.
    template <typename Look>
    [[nodiscard]] bool lookAhead(Look &&look)
    {
        const Place place = here();
        if (!look())
            return false;
        goBack(place);
        return true;
    }

    /// Reports that the current value, syntactically right, is not acceptable. Returns false.
    bool fail(const QString &expected, const QString &got);
    /// The same for a field that is absent from the object being read.
    bool failMissing(std::string_view key, const QString &expected);

    /// Why the last read() returned false.
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    struct Place {
        const std::uint32_t *next;
        std::size_t unescapedSize;
    };
    [[nodiscard]] Place here() const;
    void goBack(const Place &place);

    [[nodiscard]] bool start(std::string_view text);
    [[nodiscard]] bool start(QStringView text);
    [[nodiscard]] bool startBuffered(std::size_t length);
    [[nodiscard]] bool finish(bool good);

    // The text has no token where this is a blank: it ends in some.
    [[nodiscard]] char firstCharacter() const { return m_text[*m_next]; }
    // A scalar goes as far as the next token, but for the blanks between. Only where there is one.
    [[nodiscard]] std::string_view token() const
    {
        const char *const begin = m_text + *m_next;
        const char *end = m_text + m_next[1];
        while (isBlank(end[-1]))
            --end;
        return {begin, std::size_t(end - begin)};
    }
    static bool isBlank(char character)
    {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
    static bool isForbidden(std::string_view key)
    {
        // What a JavaScript receiver could be tricked with; nobody's field is called so.
        return key == "__proto__" || key == "constructor" || key == "prototype";
    }
    [[nodiscard]] bool readText(std::string_view &text);
    [[nodiscard]] bool unescape(std::string_view &text);
    [[nodiscard]] bool readLongInteger(qint64 &value);
    [[nodiscard]] bool skip();
    [[nodiscard]] bool skipNumber();
    [[nodiscard]] bool enter() { return ++m_depth <= maximumDepth || failDepth(); }
    // After an element or a field: true where another one follows, `ended` where none does.
    [[nodiscard]] bool separated(char end, bool &ended);

    bool failWith(ErrorCode code, const QString &message);
    bool failSyntax(QStringView what);
    bool failType(QStringView expected);
    bool failDepth();
    bool failAt(std::string_view key);
    bool failAt(int index);

    const char *m_text = nullptr;
    // Where in the text each token begins, up to m_end; two more behind it tell the text's end.
    const std::uint32_t *m_next = nullptr;
    const std::uint32_t *m_first = nullptr;
    const std::uint32_t *m_end = nullptr;
    int m_depth = 0;
    bool m_hasEscapes = false;
    bool m_failed = false;
    Error m_error;

    struct Private;
    std::unique_ptr<Private> d;
};

inline JsonReader::Type JsonReader::type() const
{
    switch (firstCharacter()) {
    case '[': return Type::Array;
    case '{': return Type::Object;
    case '"': return Type::String;
    case 't':
    case 'f': return Type::Boolean;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return Type::Number;
    default: return Type::Null;
    }
}

inline bool JsonReader::readText(std::string_view &text)
{
    text = token();
    ++m_next;
    if (text.size() < 2 || text.back() != '"')
        return failSyntax(u"a string has no end");
    text = text.substr(1, text.size() - 2);
    return !m_hasEscapes || text.find('\\') == std::string_view::npos || unescape(text);
}

inline bool JsonReader::readUtf8(std::string_view &value)
{
    return firstCharacter() == '"' ? readText(value) : failType(u"string");
}

inline bool JsonReader::readInteger(qint64 &value)
{
    if (type() != Type::Number)
        return failType(u"integer");
    // Up to 18 digits cannot overflow; what is longer, or no integer, is looked at with care.
    constexpr std::size_t surelyFits = 18;
    std::string_view digits = token();
    const bool negative = digits.front() == '-';
    digits.remove_prefix(negative ? 1 : 0);
    if (digits.empty() || digits.size() > surelyFits
        || (digits.size() > 1 && digits.front() == '0'))
        return readLongInteger(value);
    qint64 magnitude = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return readLongInteger(value);
        magnitude = magnitude * 10 + (digit - '0');
    }
    value = negative ? -magnitude : magnitude;
    ++m_next;
    return true;
}

inline bool JsonReader::separated(char end, bool &ended)
{
    const char character = firstCharacter();
    if (character == ',') {
        ++m_next;
        return true;
    }
    if (character != end)
        return failSyntax(u"expected a comma or the end of the list");
    ++m_next;
    ended = true;
    return true;
}

template <typename ReadField>
bool JsonReader::readObject(ReadField &&readField)
{
    if (firstCharacter() != '{')
        return failType(u"object");
    ++m_next;
    if (!enter())
        return false;
    bool ended = firstCharacter() == '}';
    if (ended)
        ++m_next;
    while (!ended) {
        if (firstCharacter() != '"')
            return failSyntax(u"expected a key");
        std::string_view key = token();
        ++m_next;
        if (key.size() < 2 || key.back() != '"')
            return failSyntax(u"a string has no end");
        key = key.substr(1, key.size() - 2);
        if (m_hasEscapes && key.find('\\') != std::string_view::npos) {
            std::string_view plain = key; // by its address; the key itself stays in registers
            if (!unescape(plain))
                return false;
            key = plain;
        }
        if (firstCharacter() != ':')
            return failSyntax(u"expected a colon after a key");
        const auto *const value = ++m_next;
        if (!isForbidden(key) && !readField(key))
            return failAt(key);
        if (m_next == value && !skip())
            return failAt(key);
        if (!separated('}', ended))
            return false;
    }
    --m_depth;
    return true;
}

template <typename ReadElement>
bool JsonReader::readArray(ReadElement &&readElement)
{
    if (firstCharacter() != '[')
        return failType(u"array");
    ++m_next;
    if (!enter())
        return false;
    bool ended = firstCharacter() == ']';
    if (ended)
        ++m_next;
    for (int index = 0; !ended; ++index) {
        const auto *const value = m_next;
        if (!readElement())
            return failAt(index);
        if (m_next == value && !skip())
            return failAt(index);
        if (!separated(']', ended))
            return false;
    }
    --m_depth;
    return true;
}

} // namespace tocsin
