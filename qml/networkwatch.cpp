// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/networkwatch.h"

#include <QNetworkInformation>

namespace tocsin {

NetworkWatch::NetworkWatch(QObject *parent)
    : QObject(parent)
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const QNetworkInformation *const information = QNetworkInformation::instance();
    // Without NetworkManager the glib backend is loaded, which says Online and never again
    // anything else (measured with Qt 6.4.2 and 6.8.2).
    if (!information || information->backendName() != u"networkmanager")
        return;
    const auto look = [this, information] {
        const bool reachable
            = information->reachability() != QNetworkInformation::Reachability::Disconnected;
        if (std::exchange(m_reachable, reachable) != reachable)
            Q_EMIT reachableChanged(reachable);
    };
    connect(information, &QNetworkInformation::reachabilityChanged, this, look);
    look();
}

bool NetworkWatch::isReachable() const
{
    return m_reachable;
}

} // namespace tocsin
