// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/jsonreader.h"

#include <simdjson.h>

#include <QStringDecoder>
#include <QStringEncoder>

#include <charconv>
#include <cstring>
#include <vector>

namespace tocsin {

namespace {

using namespace std::string_view_literals;

// A buffer that one huge text needed is not kept for ever.
constexpr std::size_t largestKeptText = 1024UL * 1024;
constexpr std::size_t smallestBuffer = 4096;

// Text on this road is nearly always ASCII, and then a plain loop, which the compiler turns into
// vector instructions, does in a tenth of the time what a converter does. The two below return
// false, with rubbish in `to`, when it is not.
bool copyAscii(char *to, const char16_t *from, std::size_t size)
{
    char16_t all = 0;
    for (std::size_t i = 0; i < size; ++i) {
        all |= from[i];
        to[i] = char(from[i]);
    }
    return all < 0x80;
}

bool copyAscii(char16_t *to, const char *from, std::size_t size)
{
    unsigned char all = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const auto character = static_cast<unsigned char>(from[i]);
        all |= character;
        to[i] = character;
    }
    return all < 0x80;
}

QString typeName(JsonReader::Type type)
{
    switch (type) {
    case JsonReader::Type::Null: return QStringLiteral("null");
    case JsonReader::Type::Boolean: return QStringLiteral("boolean");
    case JsonReader::Type::Number: return QStringLiteral("number");
    case JsonReader::Type::String: return QStringLiteral("string");
    case JsonReader::Type::Array: return QStringLiteral("array");
    case JsonReader::Type::Object: return QStringLiteral("object");
    }
    Q_UNREACHABLE();
}

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

// RFC 8259 section 6.
bool isNumber(std::string_view text)
{
    const auto takeDigits = [&text] {
        std::size_t count = 0;
        while (count < text.size() && isDigit(text[count]))
            ++count;
        text.remove_prefix(count);
        return count > 0;
    };
    if (text.starts_with('-'))
        text.remove_prefix(1);
    const bool startsWithZero = text.starts_with('0');
    const std::size_t before = text.size();
    if (!takeDigits() || (startsWithZero && before - text.size() > 1))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!takeDigits())
            return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-'))
            text.remove_prefix(1);
        if (!takeDigits())
            return false;
    }
    return text.empty();
}

// The four digits of \uXXXX.
std::optional<char16_t> codeUnit(std::string_view text)
{
    if (text.size() < 4)
        return std::nullopt;
    std::uint16_t unit = 0;
    const auto result = std::from_chars(text.data(), text.data() + 4, unit, 16);
    if (result.ec != std::errc() || result.ptr != text.data() + 4)
        return std::nullopt;
    return char16_t(unit);
}

char *writeUtf8(char *to, char32_t point)
{
    const auto continuation = [point](int shift) { return char(0x80 | ((point >> shift) & 0x3F)); };
    if (point < 0x80) {
        *to++ = char(point);
    } else if (point < 0x800) {
        *to++ = char(0xC0 | (point >> 6));
        *to++ = continuation(0);
    } else if (point < 0x10000) {
        *to++ = char(0xE0 | (point >> 12));
        *to++ = continuation(6);
        *to++ = continuation(0);
    } else {
        *to++ = char(0xF0 | (point >> 18));
        *to++ = continuation(12);
        *to++ = continuation(6);
        *to++ = continuation(0);
    }
    return to;
}

// Reads the escape after a backslash, and moves `text` behind it.
std::optional<char32_t> readEscape(std::string_view &text)
{
    if (text.empty())
        return std::nullopt;
    const char letter = text.front();
    text.remove_prefix(1);
    switch (letter) {
    case '"':
    case '\\':
    case '/': return char32_t(letter);
    case 'b': return U'\b';
    case 'f': return U'\f';
    case 'n': return U'\n';
    case 'r': return U'\r';
    case 't': return U'\t';
    case 'u': break;
    default: return std::nullopt;
    }
    const auto unit = codeUnit(text);
    if (!unit)
        return std::nullopt;
    text.remove_prefix(4);
    if (!QChar::isSurrogate(*unit))
        return *unit;
    if (QChar::isHighSurrogate(*unit) && text.starts_with("\\u"sv)) {
        const auto low = codeUnit(text.substr(2));
        if (low && QChar::isLowSurrogate(*low)) {
            text.remove_prefix(6);
            return QChar::surrogateToUcs4(*unit, *low);
        }
    }
    return char32_t(QChar::ReplacementCharacter);
}

} // namespace

struct JsonReader::Private {
    std::vector<char> buffer;
    std::vector<char> unescaped;
    std::size_t unescapedSize = 0;
    // One that keeps state would wait for the other half of a surrogate pair, and lose the first.
    QStringEncoder encoder{QStringEncoder::Utf8, QStringConverter::Flag::Stateless};
    // simdjson's first stage alone: its result, where the tokens are, is what we walk along.
    std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer;
    std::size_t capacity = 0;

    void makeRoom(std::size_t size)
    {
        const std::size_t needed = size + simdjson::SIMDJSON_PADDING;
        if (buffer.size() > largestKeptText && needed <= largestKeptText) {
            buffer.resize(needed);
            buffer.shrink_to_fit();
        } else if (buffer.size() < needed) {
            buffer.resize(std::max(needed, smallestBuffer));
        }
    }
    simdjson::error_code index(std::size_t length)
    {
        if (!indexer || length > capacity
            || (capacity > largestKeptText && length <= largestKeptText)) {
            capacity = std::max(length, smallestBuffer);
            const auto problem
                = simdjson::get_active_implementation()->create_dom_parser_implementation(
                    capacity, JsonReader::maximumDepth, indexer);
            if (problem) {
                capacity = 0;
                return problem;
            }
        }
        return indexer->stage1(reinterpret_cast<const std::uint8_t *>(buffer.data()), length,
            simdjson::stage1_mode::regular);
    }
};

JsonReader::JsonReader()
    : d(std::make_unique<Private>())
{
}

JsonReader::~JsonReader() = default;

bool JsonReader::start(std::string_view text)
{
    d->makeRoom(text.size());
    if (!text.empty())
        std::memcpy(d->buffer.data(), text.data(), text.size());
    return startBuffered(text.size());
}

bool JsonReader::start(QStringView text)
{
    d->makeRoom(std::size_t(text.size()));
    if (copyAscii(d->buffer.data(), text.utf16(), std::size_t(text.size())))
        return startBuffered(std::size_t(text.size()));
    d->makeRoom(std::size_t(d->encoder.requiredSpace(text.size())));
    const char *const end = d->encoder.appendToBuffer(d->buffer.data(), text);
    return startBuffered(std::size_t(end - d->buffer.data()));
}

bool JsonReader::startBuffered(std::size_t length)
{
    m_failed = false;
    m_depth = 0;
    std::memset(d->buffer.data() + length, ' ', simdjson::SIMDJSON_PADDING);
    m_text = d->buffer.data();
    if (const auto problem = d->index(length))
        return failSyntax(QLatin1StringView(simdjson::error_message(problem)).toString());
    m_first = m_next = d->indexer->structural_indexes.get();
    m_end = m_first + d->indexer->n_structural_indexes;
    m_hasEscapes = std::memchr(m_text, '\\', length) != nullptr;
    if (m_hasEscapes) {
        d->unescapedSize = 0;
        d->unescaped.resize(length);
    }
    if (const Type root = type(); root != Type::Object && root != Type::Array)
        return failSyntax(u"it is neither an object nor an array");
    return true;
}

bool JsonReader::finish(bool good)
{
    if (!good)
        return m_failed ? false : failWith(ErrorCode::InvalidPayload, QStringLiteral("refused"));
    if (m_next == m_first)
        return failWith(ErrorCode::InvalidPayload, QStringLiteral("nothing was read"));
    return m_next == m_end || failSyntax(u"text after its end");
}

JsonReader::Place JsonReader::here() const
{
    return {m_next, d->unescapedSize};
}

// The room for what was unescaped is measured for each string to be read once.
void JsonReader::goBack(const Place &place)
{
    m_next = place.next;
    d->unescapedSize = place.unescapedSize;
}

bool JsonReader::readString(QString &value)
{
    std::string_view utf8;
    if (!readUtf8(utf8))
        return false;
    const auto size = qsizetype(utf8.size());
    if (!value.isDetached())
        value = QString(size, Qt::Uninitialized);
    else if (value.size() != size)
        value.resize(size);
    QChar *const begin = value.data();
    if (copyAscii(reinterpret_cast<char16_t *>(begin), utf8.data(), utf8.size()))
        return true;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QChar *const end = decoder.appendToBuffer(begin, QByteArrayView(utf8.data(), size));
    value.truncate(end - begin);
    return true;
}

bool JsonReader::unescape(std::string_view &text)
{
    // What is written is never longer than what it was written as.
    char *const begin = d->unescaped.data() + d->unescapedSize;
    char *to = begin;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find('\\'), text.size());
        std::memcpy(to, text.data(), plain);
        to += plain;
        text.remove_prefix(plain);
        if (text.empty())
            break;
        text.remove_prefix(1);
        const auto point = readEscape(text);
        if (!point)
            return failSyntax(u"a string with an escape that there is none of");
        to = writeUtf8(to, *point);
    }
    text = std::string_view(begin, std::size_t(to - begin));
    d->unescapedSize += text.size();
    return true;
}

bool JsonReader::readLongInteger(qint64 &value)
{
    const std::string_view digits = token();
    if (!isNumber(digits))
        return failSyntax(u"a number that is none");
    const char *const end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, value);
    if (result.ec != std::errc() || result.ptr != end) {
        return fail(QStringLiteral("integer"),
            QString::fromUtf8(digits.data(), qsizetype(digits.size())).left(40));
    }
    ++m_next;
    return true;
}

bool JsonReader::readDouble(double &value)
{
    if (type() != Type::Number)
        return failType(u"number");
    const std::string_view digits = token();
    if (!isNumber(digits))
        return failSyntax(u"a number that is none");
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (result.ec != std::errc())
        return fail(QStringLiteral("number of 64 bits"),
            QString::fromUtf8(digits.data(), qsizetype(digits.size())).left(40));
    ++m_next;
    return true;
}

bool JsonReader::readBoolean(bool &value)
{
    if (type() != Type::Boolean)
        return failType(u"boolean");
    const std::string_view word = token();
    if (word != "true"sv && word != "false"sv)
        return failSyntax(u"a word that is none");
    value = word == "true"sv;
    ++m_next;
    return true;
}

bool JsonReader::readRaw(std::string_view &json)
{
    const char *const begin = m_text + *m_next;
    if (!skip())
        return false;
    const char *end = m_text + *m_next;
    while (isBlank(end[-1]))
        --end;
    json = std::string_view(begin, std::size_t(end - begin));
    return true;
}

// What nobody asked for is read all the same: it has to be JSON too.
bool JsonReader::skip()
{
    switch (firstCharacter()) {
    case '{': return readObject([](std::string_view) { return true; });
    case '[': return readArray([] { return true; });
    case '"': {
        std::string_view text;
        return readText(text);
    }
    case 't':
    case 'f': {
        bool value = false;
        return readBoolean(value);
    }
    case 'n':
        if (token() != "null"sv)
            return failSyntax(u"a word that is none");
        ++m_next;
        return true;
    default: return skipNumber();
    }
}

bool JsonReader::skipNumber()
{
    if (type() != Type::Number)
        return failSyntax(u"expected a value");
    if (!isNumber(token()))
        return failSyntax(u"a number that is none");
    ++m_next;
    return true;
}

bool JsonReader::failWith(ErrorCode code, const QString &message)
{
    if (!m_failed) {
        m_failed = true;
        m_error = Error{code, message, {}};
    }
    return false;
}

bool JsonReader::failSyntax(QStringView what)
{
    return failWith(ErrorCode::InvalidJson, QStringLiteral("not valid JSON: %1").arg(what));
}

bool JsonReader::failType(QStringView expected)
{
    // Where there is no value at all, none of another type was meant.
    if (type() == Type::Null && (firstCharacter() != 'n' || token() != "null"sv))
        return failSyntax(u"expected a value");
    return fail(expected.toString(), typeName(type()));
}

bool JsonReader::failDepth()
{
    return failWith(
        ErrorCode::InvalidJson, QStringLiteral("nested deeper than %1 levels").arg(maximumDepth));
}

bool JsonReader::failAt(std::string_view key)
{
    if (!m_failed)
        failWith(ErrorCode::InvalidPayload, QStringLiteral("refused"));
    const bool needsDot = !m_error.where.isEmpty() && !m_error.where.startsWith(u'[');
    m_error.where.prepend(QString::fromUtf8(key.data(), qsizetype(key.size()))
        + (needsDot ? QStringLiteral(".") : QString()));
    return false;
}

bool JsonReader::failAt(int index)
{
    if (!m_failed)
        failWith(ErrorCode::InvalidPayload, QStringLiteral("refused"));
    const bool needsDot = !m_error.where.isEmpty() && !m_error.where.startsWith(u'[');
    m_error.where.prepend(
        QStringLiteral("[%1]").arg(index) + (needsDot ? QStringLiteral(".") : QString()));
    return false;
}

bool JsonReader::fail(const QString &expected, const QString &got)
{
    return failWith(
        ErrorCode::InvalidPayload, QStringLiteral("expected %1, got %2").arg(expected, got));
}

bool JsonReader::failMissing(std::string_view key, const QString &expected)
{
    if (!m_failed) {
        fail(expected, QStringLiteral("nothing"));
        failAt(key);
    }
    return false;
}

} // namespace tocsin
