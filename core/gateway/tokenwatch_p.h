// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/filestamp_p.h"
#include "gateway/logbook_p.h"
#include "gateway/tokens.h"

namespace tocsin {

/// Keeps the tokens of a file as the file is. It looks, and is not told: a file that an editor or a
/// program replaces is another file to those who are told, and a mounted one tells nobody.
class TokenWatch
{
public:
    /// The logbook must live longer.
    TokenWatch(QString fileName, TokenStore store, Logbook &logbook);

    [[nodiscard]] const TokenStore &store() const { return m_store; }
    /// Reads the file again where it changed, or where it is `forced`. True where somebody who was
    /// let in may be out now, by the file or because the time has come. A file that cannot be read
    /// changes nothing; the logbook says so, once.
    [[nodiscard]] bool look(Timestamp now, bool forced);

private:
    void tellOf(const TokenStore &before) const;

    QString m_fileName;
    TokenStore m_store;
    Logbook *m_logbook;
    FileStamp m_stamp;
    // As it is now; tried again until it can be.
    bool m_isUnread = false;
    Timestamp m_lastLook;
    std::optional<Timestamp> m_nextExpiry;
};

} // namespace tocsin
