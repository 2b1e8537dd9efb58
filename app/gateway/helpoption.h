// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCommandLineParser>

namespace tocsin {

/// In place of Qt's own, which comes with a second option (`--help-all`) that tells of nothing more
/// here.
[[nodiscard]] inline QCommandLineOption addHelp(QCommandLineParser &parser)
{
    QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
        QStringLiteral("Tell the options, and end."));
    parser.addOption(help);
    return help;
}

} // namespace tocsin
