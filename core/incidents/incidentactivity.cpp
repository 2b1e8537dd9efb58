// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentactivity.h"

#include "client/socketclient.h"
#include "protocol/messages.h"

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr auto changeInterval = 250ms;
constexpr auto retryInterval = 30s;

} // namespace

IncidentActivity::IncidentActivity(QObject *parent)
    : QObject(parent)
{
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(changeInterval);
    connect(&m_changeTimer, &QTimer::timeout, this, &IncidentActivity::changed);
    m_retryTimer.setSingleShot(true);
    m_retryTimer.setInterval(retryInterval);
    connect(&m_retryTimer, &QTimer::timeout, this, &IncidentActivity::ask);
    m_quarterTimer.setSingleShot(true);
    connect(&m_quarterTimer, &QTimer::timeout, this, [this] {
        Q_EMIT changed();
        awaitQuarter();
    });
}

void IncidentActivity::setClient(SocketClient *client)
{
    for (Subscription &subscription : m_subscriptions)
        subscription.unsubscribe();
    m_subscriptions.clear();
    m_retryTimer.stop();
    m_quarterTimer.stop();
    ++m_generation;
    m_client = client;
    m_known = false;
    m_asking = false;
    m_history.restart({});
    changeLater();
    if (!client)
        return;
    m_subscriptions.push_back(client->on(
        IncidentCreated, this, [this](const Incident &incident, const Envelope &envelope) {
            if (m_known
                && m_history.noteOpened(incident.uuid, incident.severity,
                    incident.createdAt.value_or(envelope.timestamp), present()))
                changeLater();
        }));
    const auto noteResolved = [this](const QString &uuid, Timestamp at) {
        if (m_known && m_history.noteResolved(uuid, at, present()))
            changeLater();
    };
    m_subscriptions.push_back(client->on(
        IncidentUpdated, this, [noteResolved](const Incident &incident, const Envelope &envelope) {
            // Plain servers say it so.
            if (incident.status == IncidentStatus::Resolved)
                noteResolved(incident.uuid, incident.resolvedAt.value_or(envelope.timestamp));
        }));
    m_subscriptions.push_back(client->on(IncidentResolved, this,
        [noteResolved](const IncidentResolvedData &data, const Envelope &envelope) {
            noteResolved(data.uuid, data.resolvedAt.value_or(envelope.timestamp));
        }));
}

void IncidentActivity::refresh()
{
    if (!m_client)
        return;
    // Until the server has answered, what is known begins now: messages of a moment ago may have
    // been missed.
    if (!m_known)
        m_history.restart(present());
    m_known = true;
    ask();
    awaitQuarter();
    Q_EMIT changed();
}

void IncidentActivity::ask()
{
    m_retryTimer.stop();
    if (!m_client || m_client->rooms().isEmpty())
        return;
    m_asking = true;
    m_client->request(RoomActivity, {.rooms = m_client->rooms()}, {.buffer = false})
        .then(this, [this, generation = ++m_generation](const Reply &reply) {
            if (generation != m_generation)
                return;
            m_asking = false;
            if (const auto report = reply.as<ActivityReport>()) {
                m_history.take(*report);
                Q_EMIT changed();
                return;
            }
            // What was counted before has a hole where the connection was lost.
            m_history.restart(present());
            Q_EMIT changed();
            if (reply.error.code == ErrorCode::Unavailable
                || reply.error.code == ErrorCode::RateLimited
                || reply.error.code == ErrorCode::TimedOut)
                m_retryTimer.start();
        });
}

QDateTime IncidentActivity::knownFrom() const
{
    return m_known ? toDateTime(m_history.knownFrom()) : QDateTime();
}

bool IncidentActivity::isComplete() const
{
    return m_known && m_history.knownFrom() <= present() - ActivityHistory::span;
}

QDateTime IncidentActivity::now() const
{
    return toDateTime(present());
}

void IncidentActivity::setNow(const QDateTime &now)
{
    m_now = timestampFromMilliseconds(now.toMSecsSinceEpoch());
    Q_EMIT changed();
}

void IncidentActivity::resetNow()
{
    m_now.reset();
    Q_EMIT changed();
}

std::vector<ActivityBar> IncidentActivity::bars(int count) const
{
    const std::chrono::seconds offset(QDateTime::currentDateTime().offsetFromUtc());
    return m_history.bars(count, present(), offset);
}

ActivityBar IncidentActivity::total() const
{
    return m_history.total(present());
}

void IncidentActivity::changeLater()
{
    if (!m_changeTimer.isActive())
        m_changeTimer.start();
}

void IncidentActivity::awaitQuarter()
{
    const auto left = activityQuarter - timestampNow().time_since_epoch() % activityQuarter;
    // Timers may be early by a little.
    m_quarterTimer.start(std::chrono::duration_cast<std::chrono::milliseconds>(left) + 50ms);
}

} // namespace tocsin
