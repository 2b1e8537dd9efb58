// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QProcess>

namespace tocsin::bench {

/// Has this process take over what its programs leave behind, so that processesOf() finds it.
void adoptOrphans();
/// What was taken over and has ended.
void buryOrphans();

/// Starts what ends with this process at the latest, and returns the first line that it says: where
/// it is. Empty where it cannot be started, or says nothing for 20 s.
[[nodiscard]] QByteArray startService(
    QProcess &process, const QString &program, const QStringList &arguments);

/// A process and all that it started, and that these started.
[[nodiscard]] QList<qint64> processesOf(qint64 root);

/// The processor time that they have used, with that of their children that have ended.
[[nodiscard]] double cpuSeconds(const QList<qint64> &processes);

/// Their memory, where what is shared counts for each of those that share it in its part (PSS).
[[nodiscard]] double proportionalMiB(const QList<qint64> &processes);

} // namespace tocsin::bench
