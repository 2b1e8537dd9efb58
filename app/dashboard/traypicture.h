// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/incident.h"
#include "qml/themepalette.h"

#include <QIcon>
#include <QImage>

#include <array>
#include <optional>

namespace tocsin {

/// What the icon in the tray says.
struct TraySight {
    enum class List {
        /// What it says is not known to be so any more, or was never known.
        NotLive,
        /// Live, by a server that sends no list.
        Partial,
        Live,
    };
    List list = List::NotLive;
    /// How many incidents are active, by severity.
    std::array<int, 4> counts{};
    enum class Calls { On, Snoozed };
    Calls calls = Calls::On;
    Contrast contrast = Contrast::Normal;
    ColorVision vision = ColorVision::Usual;

    [[nodiscard]] std::optional<Severity> worst() const;
    [[nodiscard]] int total() const;

    friend bool operator==(const TraySight &, const TraySight &) = default;
};

inline constexpr std::array traySides{16, 22, 24, 32, 48, 64};

/// The worst severity as its shape and colour, with how many there are; a tick where there are
/// none; a crossed ring, and neither of these, where the list is not live, and in place of the tick
/// where the server sends no list: no icon is calm then.
[[nodiscard]] QImage trayPicture(const TraySight &sight, int side);
[[nodiscard]] QIcon trayIcon(const TraySight &sight);
/// The same in words: "2 critical of 14 active".
[[nodiscard]] QString trayText(const TraySight &sight);

} // namespace tocsin
