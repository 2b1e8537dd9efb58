// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

namespace tocsin {

/// Bytes with a name: a graph, a log, a picture (docs/protocol.md, "Attachments").
struct Attachment {
    /// The sender's own, so that a message can refer to it.
    QString id = {};
    /// As of a file. A peer may have chosen it: never a path to write to.
    QString name = {};
    /// RFC 6838, such as `image/png`; a claim of the sender.
    QString contentType = {};
    QByteArray data = {};

    friend bool operator==(const Attachment &, const Attachment &) = default;
};

} // namespace tocsin

Q_DECLARE_METATYPE(tocsin::Attachment)
