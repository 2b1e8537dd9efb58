// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

namespace tocsin {

/// Reads lines from a file descriptor without ever blocking the event loop: what a terminal, a pipe
/// or a file gives, as it comes.
class LineReader : public QObject
{
    Q_OBJECT

public:
    /// `descriptor` is borrowed; it is made non-blocking only while it is read.
    explicit LineReader(int descriptor, QObject *parent = nullptr);

Q_SIGNALS:
    /// Without its line end. A last line without one counts too.
    void lineRead(const QByteArray &line);
    void ended();

private:
    void read();

    int m_descriptor;
    QSocketNotifier m_notifier;
    QByteArray m_pending;
};

} // namespace tocsin
