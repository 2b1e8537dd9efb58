// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QStringView>

#include <string_view>

namespace tocsin {

/// Holds JsonReader to QJsonDocument's opinion: what ours accepts as a whole, Qt's accepts too, and
/// both found the same values in it. Qt's may accept more, and does.
///
/// These differences are legitimate:
///  - Numbers that no double can hold (1e999) are a syntax error to Qt. They are none (RFC 8259,
///    section 6), and ours refuses them only where the value is asked for.
///  - Of a key that stands twice, which one counts is not defined; such texts are not compared.
///  - Half a surrogate pair stays one in Qt, and becomes U+FFFD in ours.
///  - Ours passes over `__proto__`, `constructor` and `prototype`.
///  - Qt nests deeper (1,024 to our 64), and skips a byte order mark: both on Qt's accepting side.
void requireAgreementWithQt(std::string_view text);

/// With U+FFFD for half a surrogate pair, of which QString::toUtf8() makes a question mark.
[[nodiscard]] QByteArray toUtf8(QStringView text);

} // namespace tocsin
