// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QStringList>

#include <utility>

namespace tocsin {

/// Which history the list of each room was of. Rooms may have one history together, as those of the
/// gateway have, or each its own.
class RoomEpochs
{
public:
    /// A room's list is of that history. The rooms whose history has become another one with it,
    /// which are all that had the same; none where it is as it was, or the first.
    [[nodiscard]] QStringList note(const QString &room, const QString &epoch)
    {
        QString &known = m_epochs[room];
        const QString before = std::exchange(known, epoch);
        if (before.isEmpty() || before == epoch)
            return {};
        QStringList renewed{room};
        for (auto it = m_epochs.begin(); it != m_epochs.end(); ++it) {
            if (*it == before) {
                *it = epoch;
                renewed.append(it.key());
            }
        }
        return renewed;
    }
    void forget(const QString &room) { m_epochs.remove(room); }
    [[nodiscard]] bool isEmpty() const { return m_epochs.isEmpty(); }

private:
    QHash<QString, QString> m_epochs;
};

} // namespace tocsin
