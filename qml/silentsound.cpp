// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmsound.h"

namespace tocsin {

namespace {

/// In a program that was built without Qt Multimedia.
class SilentSound final : public AlarmSound
{
    Q_OBJECT

public:
    void play(AlarmTone, double) override { }
    void stop() override { }
    [[nodiscard]] QString fault() const override
    {
        return tr("No sound: this program was built without Qt Multimedia.");
    }
};

} // namespace

std::unique_ptr<AlarmSound> makeAlarmSound()
{
    return std::make_unique<SilentSound>();
}

bool isSoundServerConnected()
{
    return false;
}

} // namespace tocsin

#include "silentsound.moc"
