// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArray>
#include <QStringView>

#include <memory>
#include <string_view>
#include <type_traits>

namespace tocsin {

/// A borrowed callable: what std::function is, without owning and without allocating. It must not
/// outlive the call that it is an argument of.
template <typename Signature>
class FunctionRef;

template <typename Result, typename... Arguments>
class FunctionRef<Result(Arguments...)>
{
public:
    template <typename Callable>
        requires(!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef>)
    FunctionRef(Callable &&callable) // NOLINT(google-explicit-constructor): made to be implicit
        : m_object(const_cast<void *>(static_cast<const void *>(std::addressof(callable))))
        , m_call([](void *object, Arguments... arguments) -> Result {
            return (*static_cast<std::remove_reference_t<Callable> *>(object))(
                std::forward<Arguments>(arguments)...);
        })
    {
    }
    Result operator()(Arguments... arguments) const
    {
        return m_call(m_object, std::forward<Arguments>(arguments)...);
    }

private:
    void *m_object;
    Result (*m_call)(void *, Arguments...);
};

/// Reads one JSON text (RFC 8259) from front to back, straight into the caller's fields, with
/// simdjson's on-demand parser and no tree in between.
///
/// The whole text is checked, also the parts nobody asks for: bad UTF-8, a syntax error in an
/// ignored field, text after the end and nesting deeper than 64 all fail. The keys `__proto__`,
/// `constructor` and `prototype` are passed over at every depth (docs/protocol.md, "Envelope").
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

    /// Copies `text` and calls `readRoot` with the root value as the current one. True when
    /// `readRoot` returned true and the text was valid up to its end.
    [[nodiscard]] bool read(std::string_view text, FunctionRef<bool()> readRoot);
    /// The same for text that is UTF-16 already, as Qt hands it out, without a copy in between.
    [[nodiscard]] bool read(QStringView text, FunctionRef<bool()> readRoot);

    /// The current value's type; Null for a value that cannot be told (reading it then fails).
    [[nodiscard]] Type type();

    /// Overwrites `value` in its place where it has the room, so that reading into the same object
    /// again and again allocates nothing.
    [[nodiscard]] bool readString(QString &value);
    /// Valid until the next text is read.
    [[nodiscard]] bool readUtf8(std::string_view &value);
    [[nodiscard]] bool readInteger(qint64 &value);
    [[nodiscard]] bool readDouble(double &value);
    [[nodiscard]] bool readBoolean(bool &value);
    /// Calls `readField` for each field, its value as the current one. A field that it does not
    /// read is passed over, checked.
    [[nodiscard]] bool readObject(FunctionRef<bool(std::string_view key)> readField);
    [[nodiscard]] bool readArray(FunctionRef<bool()> readElement);
    /// The current value as it stands in the text, checked as everything else; forbidden keys are
    /// still in it. Valid until the next text is read.
    [[nodiscard]] bool readRaw(std::string_view &json);

    /// Reports that the current value, syntactically right, is not acceptable. Returns false.
    bool fail(const QString &expected, const QString &got);
    /// The same for a field that is absent from the object being read.
    bool failMissing(std::string_view key, const QString &expected);

    /// Why the last read() returned false.
    [[nodiscard]] const Error &error() const;

private:
    [[nodiscard]] bool readBuffered(std::size_t length, FunctionRef<bool()> readRoot);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tocsin
