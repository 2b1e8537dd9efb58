// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/serverdeck.h"

#include <QObject>
#include <QTimer>

namespace tocsin {

/// Which server the window shows in full, for the next start.
class ChosenServer : public QObject
{
    Q_OBJECT

public:
    /// Has the deck show the one that was kept in `file` (empty: in the person's settings) as soon
    /// as it is there, and keeps the one that is chosen from then on. It must outlive this.
    explicit ChosenServer(ServerDeck &deck, QString file = {}, QObject *parent = nullptr);
    /// Keeps what is not kept yet.
    ~ChosenServer() override;

private:
    void keep();

    const QString m_file;
    QTimer m_timer;
    QString m_server;
    QString m_kept;
};

} // namespace tocsin
