// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace tocsin {

/// SIGINT and SIGTERM, and SIGHUP, as Qt signals, in the thread of the object. One at a time in a
/// process.
class StopSignals : public QObject
{
    Q_OBJECT

public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    /// `signal` is the first that came, as SIGTERM.
    void received(int signal);
    /// SIGHUP: read again what can be.
    void reloadAsked();
};

} // namespace tocsin
