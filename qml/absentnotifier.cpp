// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmnotifier.h"

namespace tocsin {

namespace {

/// In a program that was built without Qt D-Bus.
class AbsentNotifier final : public AlarmNotifier
{
    Q_OBJECT

public:
    void show(AlarmCall::Id, const AlarmNotice &) override { }
    void close(AlarmCall::Id) override { }
    [[nodiscard]] QString fault() const override
    {
        return tr("No notifications: this program was built without Qt D-Bus.");
    }
};

} // namespace

std::unique_ptr<AlarmNotifier> makeAlarmNotifier()
{
    return std::make_unique<AbsentNotifier>();
}

} // namespace tocsin

#include "absentnotifier.moc"
