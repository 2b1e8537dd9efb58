// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>

namespace tocsin {

/// Whether the machine has a network, where the platform can be trusted to say so.
class TOCSIN_QML_EXPORT NetworkWatch : public QObject
{
    Q_OBJECT

public:
    explicit NetworkWatch(QObject *parent = nullptr);

    /// False only where NetworkManager says that there is none.
    [[nodiscard]] bool isReachable() const;

Q_SIGNALS:
    void reachableChanged(bool reachable);

private:
    bool m_reachable = true;
};

} // namespace tocsin
