// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/export.h"

#include <QByteArray>
#include <QString>

#include <string_view>

namespace tocsin {

/// Writes one compact JSON text (RFC 8259, UTF-8), front to back. Commas are put by the writer;
/// that begin and end match is the caller's business. Lone surrogates become U+FFFD, so that what
/// it writes is always valid UTF-8.
class TOCSIN_PROTOCOL_EXPORT JsonWriter
{
public:
    /// Room for so many bytes, for who knows about how many there will be.
    void reserve(qsizetype bytes);
    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &key(std::string_view name);
    JsonWriter &key(QStringView name);
    JsonWriter &string(QStringView value);
    JsonWriter &utf8(std::string_view value);
    JsonWriter &integer(qint64 value);
    JsonWriter &number(double value);
    JsonWriter &boolean(bool value);
    JsonWriter &null();
    /// A value that is JSON already.
    JsonWriter &raw(std::string_view json);

    /// What was written; the writer is empty afterwards.
    [[nodiscard]] QByteArray take();

private:
    void separate();
    char *grow(qsizetype most);
    void shrinkTo(const char *end);
    template <typename Text>
    bool appendPlain(const Text &text);

    QByteArray m_text;
    bool m_needsComma = false;
};

} // namespace tocsin
