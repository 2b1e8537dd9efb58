// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>

#include <memory>

namespace tocsin {

/// What the desktop wants all windows to look like. Nothing is wanted until the desktop has
/// answered, and where it never does.
class TOCSIN_QML_EXPORT DesktopAppearance : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { NoPreference, Dark, Light };
    struct Wishes {
        Scheme scheme = Scheme::NoPreference;
        bool highContrast = false;
        bool reducedMotion = false;

        friend bool operator==(const Wishes &, const Wishes &) = default;
    };

    [[nodiscard]] const Wishes &wishes() const { return m_wishes; }

Q_SIGNALS:
    void wishesChanged();

protected:
    void setWishes(const Wishes &wishes)
    {
        if (std::exchange(m_wishes, wishes) != wishes)
            Q_EMIT wishesChanged();
    }

private:
    Wishes m_wishes;
};

/// The settings portal where the program is built with D-Bus, otherwise one that wants nothing.
[[nodiscard]] TOCSIN_QML_EXPORT std::unique_ptr<DesktopAppearance> makeDesktopAppearance();

} // namespace tocsin
