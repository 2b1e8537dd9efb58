// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "display.h"

#include "commandline.h"

#include <QQuickWindow>

namespace tocsin {

void prepareDisplay(const CommandLine &commandLine, Display display)
{
    switch (display) {
    case Display::System: return;
    case Display::Offscreen: qputenv("QT_QPA_PLATFORM", "offscreen"); break;
    case Display::LoopbackVnc:
        // Port 0: LoopbackVnc moves the server to the real one, and to the loopback address.
        qputenv("QT_QPA_PLATFORM",
            "vnc:size=" + QByteArray::number(commandLine.size.width()) + 'x'
                + QByteArray::number(commandLine.size.height()) + ":port=0");
        break;
    }
    // Neither has OpenGL.
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
}

} // namespace tocsin
