// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"

#include <QObject>
#include <QTimer>

namespace tocsin {

/// What a demonstration reports in its step `number` (from 0): incidents that a shop's operations
/// could have, which come, are repeated, and are resolved again. It goes round for ever.
[[nodiscard]] IncidentReport demonstrationReport(int number, Timestamp now);
/// After so many steps it goes round; all that was fired is resolved by then.
[[nodiscard]] int demonstrationLength();

/// Plays a demonstration into a gateway, the way real reports come in, at a human pace. What it
/// reported is removed without trace when it stops, and what one that crashed left behind when the
/// next one is made.
class Demonstration : public QObject
{
    Q_OBJECT

public:
    /// How many incidents are there at once when it starts, and what lies between further steps.
    static constexpr int openingSteps = 5;
    static constexpr std::chrono::milliseconds pace{2'500};

    explicit Demonstration(Gateway &gateway, QObject *parent = nullptr);
    /// Stops, and returns when nothing is left of it.
    ~Demonstration() override;

    [[nodiscard]] bool isRunning() const;
    void start();
    void stop();

Q_SIGNALS:
    void runningChanged();
    void failed(const QString &sentence);

private:
    void step();

    Gateway &m_gateway;
    QTimer m_timer;
    int m_step = 0;
};

} // namespace tocsin
