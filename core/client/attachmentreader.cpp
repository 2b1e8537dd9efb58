// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/attachmentreader.h"

#include "client/clientsentence_p.h"
#include "protocol/messages.h"

#include <utility>

namespace tocsin {

AttachmentReader::AttachmentReader(qint64 maximumSize)
    : m_maximumSize(maximumSize)
{
}

QList<Error> AttachmentReader::announce(const AttachmentHeader &header)
{
    const bool fits = header.size <= m_maximumSize;
    QList<Error> errors = expect(fits ? Expecting::Bytes : Expecting::UnwantedBytes);
    m_announced = {header.id, header.name, header.contentType, {}};
    m_size = header.size;
    if (fits)
        return errors;
    errors.append({ErrorCode::TooLarge,
        ClientSentence::tr("The attachment \"%1\" has %2 bytes, and at most %3 are accepted.")
            .arg(header.id)
            .arg(header.size)
            .arg(m_maximumSize),
        {}});
    return errors;
}

QList<Error> AttachmentReader::passOver()
{
    return expect(Expecting::UnwantedBytes);
}

QList<Error> AttachmentReader::expect(Expecting expecting)
{
    QList<Error> errors;
    if (m_expecting == Expecting::Bytes) {
        errors.append({ErrorCode::ProtocolViolation,
            ClientSentence::tr("The attachment \"%1\" was announced, and its bytes never came.")
                .arg(m_announced.id),
            {}});
    }
    m_expecting = expecting;
    return errors;
}

Expected<std::optional<Attachment>> AttachmentReader::complete(const QByteArray &bytes)
{
    const Expecting expecting = std::exchange(m_expecting, Expecting::Nothing);
    Attachment attachment = std::exchange(m_announced, {});
    switch (expecting) {
    case Expecting::Nothing:
        return makeError(ErrorCode::ProtocolViolation,
            ClientSentence::tr("A binary frame came that was not announced; it was dropped."));
    case Expecting::UnwantedBytes: return std::nullopt;
    case Expecting::Bytes: break;
    }
    if (bytes.size() != m_size) {
        return makeError(ErrorCode::ProtocolViolation,
            ClientSentence::tr(
                "The attachment \"%1\" was announced with %2 bytes and came with %3; "
                "it was dropped.")
                .arg(attachment.id)
                .arg(m_size)
                .arg(bytes.size()));
    }
    attachment.data = bytes;
    return attachment;
}

void AttachmentReader::reset()
{
    m_expecting = Expecting::Nothing;
    m_announced = {};
}

} // namespace tocsin
