// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/filestamp_p.h"
#include "incidents/connectionmodel.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace tocsin {

/// Connects again where a client has given up because its server refused it: at a wall there is
/// nobody to ask for it. A while later, as a proxy or a server may be wrong for a moment, and at
/// once where the token's file has changed.
class RefusalWatch : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::minutes usualWait{1};
    static constexpr std::chrono::seconds lookInterval{1};

    /// `connections` has one row at most, and must outlive it.
    explicit RefusalWatch(ConnectionModel &connections, std::chrono::milliseconds wait = usualWait,
        QObject *parent = nullptr);

    /// Empty: none.
    void setTokenFile(const QString &fileName);

private:
    void noteStatus();
    void look();
    void tryAgain();

    ConnectionModel &m_connections;
    QString m_tokenFile;
    /// Of what was tried: at least as old as what the latest attempt has read.
    FileStamp m_tried;
    QTimer m_waitTimer;
    QTimer m_lookTimer;
};

} // namespace tocsin
