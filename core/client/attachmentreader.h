// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/attachment.h"
#include "client/export.h"
#include "protocol/error.h"

#include <QList>

#include <optional>

namespace tocsin {

struct AttachmentHeader;

/// Puts an attachment's announcement and the next binary frame together (docs/protocol.md,
/// "Attachments"). Text frames may stand between the two. Pure.
class TOCSIN_CLIENT_EXPORT AttachmentReader
{
public:
    explicit AttachmentReader(qint64 maximumSize);

    /// The first error is of an attachment announced before whose bytes never came, the second of
    /// this one where it is too large; then its bytes are passed over.
    [[nodiscard]] QList<Error> announce(const AttachmentHeader &header);
    /// An announcement that is not to be followed, such as one had before: its bytes are passed
    /// over in silence.
    [[nodiscard]] QList<Error> passOver();
    /// The attachment that the bytes complete; nothing where they are to be passed over.
    [[nodiscard]] Expected<std::optional<Attachment>> complete(const QByteArray &bytes);
    /// The session ended, and what was announced in it is not coming.
    void reset();

private:
    enum class Expecting { Nothing, Bytes, UnwantedBytes };
    [[nodiscard]] QList<Error> expect(Expecting expecting);

    qint64 m_maximumSize;
    Expecting m_expecting = Expecting::Nothing;
    /// What was announced, its data still to come.
    Attachment m_announced;
    qint64 m_size = 0;
};

} // namespace tocsin
