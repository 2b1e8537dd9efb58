// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace tocsin {

/// Ends the application in order when the terminal or the system asks for it (SIGINT, SIGTERM,
/// SIGHUP). One a process.
class QuitSignals : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
};

} // namespace tocsin
