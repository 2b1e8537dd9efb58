// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/jsonreader.h"

#include <simdjson.h>

#include <QStringDecoder>
#include <QStringEncoder>

#include <array>
#include <cstring>
#include <vector>

namespace tocsin {

namespace {

using namespace std::string_view_literals;
namespace ondemand = simdjson::ondemand;

// What a JavaScript receiver could be tricked with; nobody's field is called so.
constexpr std::array forbiddenKeys{"__proto__"sv, "constructor"sv, "prototype"sv};

bool isForbidden(std::string_view key)
{
    // By their length most keys are none of them.
    return (key.size() == 9 || key.size() == 11)
        && std::ranges::find(forbiddenKeys, key) != forbiddenKeys.end();
}

// A buffer that one huge text needed is not kept for ever.
constexpr std::size_t largestKeptBuffer = 1024UL * 1024;

bool isBlank(char character)
{
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

// Into the string's own memory where nobody else holds it and it is large enough.
void assignUtf8(QString &value, std::string_view utf8)
{
    const auto size = qsizetype(utf8.size());
    if (value.isDetached())
        value.resize(size);
    else
        value = QString(size, Qt::Uninitialized);
    if (size == 0)
        return;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    QChar *const begin = value.data();
    const QChar *const end = decoder.appendToBuffer(begin, QByteArrayView(utf8.data(), size));
    if (end - begin != size)
        value.truncate(end - begin);
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

QString quotedKey(std::string_view key)
{
    return QString::fromUtf8(key.data(), qsizetype(key.size()));
}

} // namespace

struct JsonReader::Private {
    ondemand::parser parser;
    std::vector<char> buffer;
    QStringEncoder encoder{QStringEncoder::Utf8};
    ondemand::document document;
    std::size_t length = 0;
    // Null while the root itself is the current value: simdjson opens a root differently, and only
    // that way checks that the text is closed.
    ondemand::value *current = nullptr;
    bool consumed = false;
    int depth = 0;
    bool failed = false;
    Error error;

    bool fail(ErrorCode code, QString message)
    {
        if (!failed) {
            failed = true;
            error = Error{code, std::move(message), {}};
        }
        return false;
    }
    bool failSyntax(simdjson::error_code code)
    {
        return fail(ErrorCode::InvalidJson,
            QStringLiteral("not valid JSON: %1")
                .arg(QLatin1StringView(simdjson::error_message(code))));
    }
    bool failType(JsonReader &reader, const QString &expected)
    {
        return reader.fail(expected, typeName(reader.type()));
    }
    bool prependPath(const QString &segment)
    {
        const bool needsDot = !error.where.isEmpty() && !error.where.startsWith(u'[');
        error.where = segment + (needsDot ? QStringLiteral(".") : QString()) + error.where;
        return false;
    }
    simdjson::error_code openObject(ondemand::object &object)
    {
        return current ? current->get_object().get(object) : document.get_object().get(object);
    }
    simdjson::error_code openArray(ondemand::array &array)
    {
        return current ? current->get_array().get(array) : document.get_array().get(array);
    }
    bool enter()
    {
        if (++depth > maximumDepth) {
            return fail(ErrorCode::InvalidJson,
                QStringLiteral("nested deeper than %1 levels").arg(maximumDepth));
        }
        return true;
    }
    template <typename T>
    bool checked(const simdjson::simdjson_result<T> &result)
    {
        return result.error() ? failSyntax(result.error()) : true;
    }
    bool checked(simdjson::simdjson_result<std::string_view> &&result, std::string_view &text)
    {
        const auto problem = std::move(result).get(text);
        return problem ? failSyntax(problem) : true;
    }
    bool readKey(ondemand::field &field, std::string_view &key);
    bool readText(ondemand::value &value, std::string_view &text);
    void makeRoom(std::size_t size);
    bool skip(ondemand::value &value);
    bool skipObject(ondemand::value &value);
    bool skipArray(ondemand::value &value);
};

JsonReader::JsonReader()
    : d(std::make_unique<Private>())
{
}

JsonReader::~JsonReader() = default;

void JsonReader::Private::makeRoom(std::size_t size)
{
    const std::size_t needed = size + simdjson::SIMDJSON_PADDING;
    if (buffer.size() > largestKeptBuffer && needed <= largestKeptBuffer) {
        buffer.resize(needed);
        buffer.shrink_to_fit();
    } else if (buffer.size() < needed) {
        buffer.resize(needed);
    }
}

bool JsonReader::read(std::string_view text, FunctionRef<bool()> readRoot)
{
    d->makeRoom(text.size());
    std::memcpy(d->buffer.data(), text.data(), text.size());
    return readBuffered(text.size(), readRoot);
}

bool JsonReader::read(QStringView text, FunctionRef<bool()> readRoot)
{
    d->makeRoom(std::size_t(d->encoder.requiredSpace(text.size())));
    d->encoder.resetState();
    const char *const end = d->encoder.appendToBuffer(d->buffer.data(), text);
    return readBuffered(std::size_t(end - d->buffer.data()), readRoot);
}

bool JsonReader::readBuffered(std::size_t length, FunctionRef<bool()> readRoot)
{
    if (d->failed) {
        d->failed = false;
        d->error = {};
    }
    d->depth = 0;
    d->current = nullptr;
    d->consumed = false;
    d->length = length;
    std::memset(d->buffer.data() + length, ' ', simdjson::SIMDJSON_PADDING);

    const simdjson::padded_string_view view(d->buffer.data(), length, d->buffer.size());
    if (const auto error = d->parser.iterate(view).get(d->document))
        return d->failSyntax(error);
    ondemand::json_type rootType{};
    if (const auto error = d->document.type().get(rootType))
        return d->failSyntax(error);
    if (rootType != ondemand::json_type::object && rootType != ondemand::json_type::array) {
        return d->fail(ErrorCode::InvalidJson,
            QStringLiteral("expected an object or an array, got %1").arg(typeName(type())));
    }
    if (!readRoot())
        return d->failed ? false : d->fail(ErrorCode::InvalidPayload, QStringLiteral("refused"));
    if (!d->consumed)
        return d->fail(ErrorCode::InvalidPayload, QStringLiteral("nothing was read"));
    const char *location = nullptr;
    if (d->document.current_location().get(location) != simdjson::OUT_OF_BOUNDS)
        return d->fail(
            ErrorCode::InvalidJson, QStringLiteral("not valid JSON: text after its end"));
    return true;
}

JsonReader::Type JsonReader::type()
{
    ondemand::json_type type{};
    const auto error = d->current ? d->current->type().get(type) : d->document.type().get(type);
    if (error)
        return Type::Null;
    switch (type) {
    case ondemand::json_type::array: return Type::Array;
    case ondemand::json_type::object: return Type::Object;
    case ondemand::json_type::number: return Type::Number;
    case ondemand::json_type::string: return Type::String;
    case ondemand::json_type::boolean: return Type::Boolean;
    default: return Type::Null;
    }
}

bool JsonReader::readUtf8(std::string_view &value)
{
    if (!d->current)
        return d->failType(*this, QStringLiteral("string"));
    if (type() != Type::String)
        return d->failType(*this, QStringLiteral("string"));
    d->consumed = true;
    return d->readText(*d->current, value);
}

// simdjson has checked the whole text for bad UTF-8, bare control characters and strings without
// an end before it hands out the first value. What is left of reading a string without escapes is
// to find its end, and that is known: its token goes to the next one.
bool JsonReader::Private::readText(ondemand::value &value, std::string_view &text)
{
    std::string_view token = value.raw_json_token();
    while (isBlank(token.back()))
        token.remove_suffix(1);
    if (token.size() < 2 || token.back() != '"' || token.find('\\') != std::string_view::npos)
        return checked(value.get_string(), text);
    ondemand::raw_json_string consumedToken;
    if (const auto problem = value.get_raw_json_string().get(consumedToken))
        return failSyntax(problem);
    text = token.substr(1, token.size() - 2);
    return true;
}

bool JsonReader::Private::readKey(ondemand::field &field, std::string_view &key)
{
    // A key ends at the first quote that no backslash stands before; it is short.
    const char *const begin = field.key().raw();
    for (const char *end = begin; *end != '\\'; ++end) {
        if (*end == '"') {
            key = std::string_view(begin, std::size_t(end - begin));
            return true;
        }
    }
    return checked(field.unescaped_key(), key);
}

bool JsonReader::readString(QString &value)
{
    std::string_view utf8;
    if (!readUtf8(utf8))
        return false;
    assignUtf8(value, utf8);
    return true;
}

bool JsonReader::readInteger(qint64 &value)
{
    if (!d->current || type() != Type::Number)
        return d->failType(*this, QStringLiteral("integer"));
    d->consumed = true;
    int64_t integer = 0;
    if (d->current->get_int64().get(integer)) {
        double number = 0;
        if (const auto error = d->current->get_double().get(number))
            return d->failSyntax(error);
        return fail(QStringLiteral("integer"), QString::number(number));
    }
    value = integer;
    return true;
}

bool JsonReader::readDouble(double &value)
{
    if (!d->current || type() != Type::Number)
        return d->failType(*this, QStringLiteral("number"));
    d->consumed = true;
    const auto error = d->current->get_double().get(value);
    return error ? d->failSyntax(error) : true;
}

bool JsonReader::readBoolean(bool &value)
{
    if (!d->current || type() != Type::Boolean)
        return d->failType(*this, QStringLiteral("boolean"));
    d->consumed = true;
    const auto error = d->current->get_bool().get(value);
    return error ? d->failSyntax(error) : true;
}

bool JsonReader::readObject(FunctionRef<bool(std::string_view)> readField)
{
    if (type() != Type::Object)
        return d->failType(*this, QStringLiteral("object"));
    ondemand::value *const self = d->current;
    ondemand::object object;
    if (const auto error = d->openObject(object))
        return d->failSyntax(error);
    if (!d->enter())
        return false;
    for (auto result : object) {
        ondemand::field field;
        if (const auto error = std::move(result).get(field))
            return d->failSyntax(error);
        std::string_view key;
        if (!d->readKey(field, key))
            return false;
        ondemand::value value = field.value();
        d->current = &value;
        d->consumed = false;
        if (!isForbidden(key) && !readField(key)) {
            if (!d->failed)
                d->fail(ErrorCode::InvalidPayload, QStringLiteral("refused"));
            return d->prependPath(quotedKey(key));
        }
        d->current = &value;
        if (!d->consumed && !d->skip(value))
            return d->prependPath(quotedKey(key));
    }
    --d->depth;
    d->current = self;
    d->consumed = true;
    return true;
}

bool JsonReader::readArray(FunctionRef<bool()> readElement)
{
    if (type() != Type::Array)
        return d->failType(*this, QStringLiteral("array"));
    ondemand::value *const self = d->current;
    ondemand::array array;
    if (const auto error = d->openArray(array))
        return d->failSyntax(error);
    if (!d->enter())
        return false;
    int index = 0;
    for (auto result : array) {
        ondemand::value value;
        if (const auto error = std::move(result).get(value))
            return d->failSyntax(error);
        d->current = &value;
        d->consumed = false;
        if (!readElement()) {
            if (!d->failed)
                d->fail(ErrorCode::InvalidPayload, QStringLiteral("refused"));
            return d->prependPath(QStringLiteral("[%1]").arg(index));
        }
        d->current = &value;
        if (!d->consumed && !d->skip(value))
            return d->prependPath(QStringLiteral("[%1]").arg(index));
        ++index;
    }
    --d->depth;
    d->current = self;
    d->consumed = true;
    return true;
}

bool JsonReader::readRaw(std::string_view &json)
{
    if (!d->current)
        return d->failType(*this, QStringLiteral("a value inside the text"));
    const char *const begin = d->current->raw_json_token().data();
    if (!d->skip(*d->current))
        return false;
    d->consumed = true;
    const char *end = nullptr;
    if (d->document.current_location().get(end))
        end = d->buffer.data() + d->length;
    json = std::string_view(begin, std::size_t(end - begin));
    while (!json.empty() && std::strchr(" \t\r\n", json.back()))
        json.remove_suffix(1);
    return true;
}

// What nobody asked for is read all the same: it has to be JSON too.
bool JsonReader::Private::skip(ondemand::value &value)
{
    ondemand::json_type type{};
    if (const auto problem = value.type().get(type))
        return failSyntax(problem);
    switch (type) {
    case ondemand::json_type::object: return skipObject(value);
    case ondemand::json_type::array: return skipArray(value);
    case ondemand::json_type::string: {
        std::string_view text;
        return readText(value, text);
    }
    case ondemand::json_type::number: return checked(value.get_double());
    case ondemand::json_type::boolean: return checked(value.get_bool());
    default: {
        bool isNull = false;
        const auto problem = simdjson::simdjson_result<bool>(value.is_null()).get(isNull);
        return (problem || !isNull) ? failSyntax(problem ? problem : simdjson::N_ATOM_ERROR) : true;
    }
    }
}

bool JsonReader::Private::skipObject(ondemand::value &value)
{
    ondemand::object object;
    if (const auto problem = value.get_object().get(object))
        return failSyntax(problem);
    if (!enter())
        return false;
    for (auto result : object) {
        ondemand::field field;
        if (const auto problem = std::move(result).get(field))
            return failSyntax(problem);
        std::string_view key;
        if (!readKey(field, key))
            return false;
        ondemand::value child = field.value();
        if (!skip(child))
            return false;
    }
    --depth;
    return true;
}

bool JsonReader::Private::skipArray(ondemand::value &value)
{
    ondemand::array array;
    if (const auto problem = value.get_array().get(array))
        return failSyntax(problem);
    if (!enter())
        return false;
    for (auto result : array) {
        ondemand::value child;
        if (const auto problem = std::move(result).get(child))
            return failSyntax(problem);
        if (!skip(child))
            return false;
    }
    --depth;
    return true;
}

bool JsonReader::fail(const QString &expected, const QString &got)
{
    return d->fail(
        ErrorCode::InvalidPayload, QStringLiteral("expected %1, got %2").arg(expected, got));
}

bool JsonReader::failMissing(std::string_view key, const QString &expected)
{
    if (!d->failed) {
        fail(expected, QStringLiteral("nothing"));
        d->prependPath(quotedKey(key));
    }
    return false;
}

const Error &JsonReader::error() const
{
    return d->error;
}

} // namespace tocsin
