// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "linereader.h"

#include <array>
#include <cerrno>

#include <unistd.h>

namespace tocsin {

LineReader::LineReader(int descriptor, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_notifier(descriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineReader::read);
}

void LineReader::read()
{
    // The notifier said that one read does not block; a second one might.
    std::array<char, 65'536> chunk;
    const ssize_t count = ::read(m_descriptor, chunk.data(), chunk.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count > 0)
        m_pending.append(chunk.data(), count);
    const bool atEnd = count <= 0;
    if (atEnd) {
        m_notifier.setEnabled(false);
        if (!m_pending.isEmpty())
            m_pending.append('\n');
    }
    for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
        QByteArray line = m_pending.left(end);
        m_pending.remove(0, end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        Q_EMIT lineRead(line);
    }
    if (atEnd)
        Q_EMIT ended();
}

} // namespace tocsin
