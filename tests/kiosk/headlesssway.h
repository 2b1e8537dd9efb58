// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

/// sway with screens that are none, in a runtime directory of its own. Compositors refuse to be
/// root, and so where the test is root they are nobody.
class HeadlessSway
{
public:
    HeadlessSway();
    ~HeadlessSway();
    Q_DISABLE_COPY_MOVE(HeadlessSway)

    /// Those of the programs that it takes which this machine does not have.
    [[nodiscard]] static QStringList missing();

    /// For what sway starts; to be set before start().
    QProcessEnvironment environment;

    /// False where it is not up in time. Its outputs are HEADLESS-1 and so on.
    [[nodiscard]] bool start(const QByteArray &configuration, int outputs);
    /// Its outputs are windows of the other, WL-1 and so on: as screens that can be taken away,
    /// which a headless compositor of Debian 12 cannot do.
    [[nodiscard]] bool startWithin(const HeadlessSway &outer, const QByteArray &configuration);
    /// A program as sway's user on sway's display.
    void startClient(QProcess &process, const QStringList &command) const;
    /// sway's answer to swaymsg.
    [[nodiscard]] QByteArray ask(const QStringList &arguments) const;
    /// What is shown there now; null where there is no such output.
    [[nodiscard]] QImage picture(const QString &output) const;
    /// The names of the outputs on which there is a window, once for each.
    [[nodiscard]] QStringList windows() const;
    /// What sway and what it started have said.
    [[nodiscard]] QByteArray said();

private:
    static void startUnprivileged(
        QProcess &process, const QProcessEnvironment &environment, const QStringList &command);
    [[nodiscard]] bool start(const QByteArray &configuration);
    [[nodiscard]] QByteArray run(const QStringList &command) const;

    QTemporaryDir m_directory;
    QProcess m_sway;
    QByteArray m_said;
};
