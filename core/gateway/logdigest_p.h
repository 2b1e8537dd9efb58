// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/logbackup.h"
#include "gateway/logrecords_p.h"

#include <QMap>

namespace tocsin {

/// What a log holds, in so few bytes that two can be compared: a number and a SHA-256 for each
/// room's history, for the incidents with their timelines, for each room's monitors, and so on. It
/// does not depend on where the log is kept.
class LogDigest
{
public:
    void add(const LogRecord &record);

    /// What is not the same in `copy`, in words for a person; empty where it is all the same.
    [[nodiscard]] QStringList differences(const LogDigest &copy) const;
    /// Of all of it, in hexadecimal digits.
    [[nodiscard]] QString toString() const;
    [[nodiscard]] const LogContents &contents() const { return m_contents; }

private:
    struct Part {
        qint64 records = 0;
        QByteArray digest;

        friend bool operator==(const Part &, const Part &) = default;
    };
    // By what it is a part of.
    QMap<QString, Part> m_parts;
    LogContents m_contents;
};

} // namespace tocsin
