// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/alarmnotice.h"
#include "qml/export.h"

#include <QObject>

#include <memory>

namespace tocsin {

/// Where a person's desktop shows what calls them.
class TOCSIN_QML_EXPORT AlarmNotifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Ids are used once.
    virtual void show(AlarmCall::Id id, const AlarmNotice &notice) = 0;
    /// Takes a notification back; nothing where it is gone already.
    virtual void close(AlarmCall::Id id) = 0;
    /// Why nothing can be shown, as a sentence; empty where something can.
    [[nodiscard]] virtual QString fault() const = 0;

Q_SIGNALS:
    void faultChanged();
    /// The person wants to see what it is about. `activationToken`: with it a window may come to
    /// the front on Wayland; empty where the desktop gives none.
    void activated(tocsin::AlarmCall::Id id, const QString &activationToken);
    void acknowledgeRequested(tocsin::AlarmCall::Id id);
};

/// The notifications of this desktop; one that only says why there are none, where this program was
/// built without Qt D-Bus.
[[nodiscard]] TOCSIN_QML_EXPORT std::unique_ptr<AlarmNotifier> makeAlarmNotifier();

} // namespace tocsin
