// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/commandnotices.h"

#include "incidents/bidi.h"
#include "incidents/commandledger.h"
#include "incidents/incidentcommands.h"

#include <QSet>

#include <algorithm>

namespace tocsin {

namespace {

// More titles than this are no longer read.
constexpr qsizetype mostTitles = 3;
constexpr qsizetype longestTitle = 60;

QString quoted(const QString &title)
{
    QString text = title.simplified();
    if (text.size() > longestTitle)
        text = text.left(longestTitle - 1) + u'…';
    return text.isEmpty() ? CommandNotices::tr("An incident")
                          : CommandNotices::tr("“%1”").arg(isolated(text));
}

QString oneFailed(CommandKind kind, const QString &subject)
{
    switch (kind) {
    case CommandKind::Acknowledge:
        return CommandNotices::tr("%1 was not acknowledged.").arg(subject);
    case CommandKind::Unacknowledge:
        return CommandNotices::tr("The acknowledgement of %1 was not taken back.").arg(subject);
    case CommandKind::Resolve: return CommandNotices::tr("%1 was not resolved.").arg(subject);
    case CommandKind::Assign: return CommandNotices::tr("%1 was not assigned.").arg(subject);
    case CommandKind::Comment:
        return CommandNotices::tr("The comment on %1 was not taken.").arg(subject);
    }
    return {};
}

QString severalFailed(CommandKind kind, qsizetype count)
{
    switch (kind) {
    case CommandKind::Acknowledge:
        return CommandNotices::tr("%1 incidents were not acknowledged.").arg(count);
    case CommandKind::Unacknowledge:
        return CommandNotices::tr("%1 acknowledgements were not taken back.").arg(count);
    case CommandKind::Resolve:
        return CommandNotices::tr("%1 incidents were not resolved.").arg(count);
    case CommandKind::Assign:
        return CommandNotices::tr("%1 incidents were not assigned.").arg(count);
    case CommandKind::Comment: return CommandNotices::tr("%1 comments were not taken.").arg(count);
    }
    return {};
}

QString sentence(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Forbidden: return CommandNotices::tr("Your token may only look.");
    case ErrorCode::Conflict: return CommandNotices::tr("It is resolved already.");
    case ErrorCode::NotFound: return CommandNotices::tr("The server does not know it any more.");
    case ErrorCode::NotConnected:
        return CommandNotices::tr("There is no connection; it was not sent.");
    case ErrorCode::TimedOut:
        return CommandNotices::tr(
            "The server did not answer in time; it may be done all the same.");
    case ErrorCode::ConnectionLost:
        return CommandNotices::tr(
            "The connection was lost before the answer; it may be done all the "
            "same.");
    default: return error.message;
    }
}

QString listed(QStringList titles)
{
    const qsizetype rest = titles.size() - mostTitles;
    if (rest <= 0)
        return titles.join(CommandNotices::tr(", "));
    titles.resize(mostTitles);
    return CommandNotices::tr("%1 and %2 more")
        .arg(titles.join(CommandNotices::tr(", ")))
        .arg(rest);
}

} // namespace

CommandNotices::CommandNotices(QObject *parent)
    : QObject(parent)
{
    m_undoTimer.setSingleShot(true);
    m_undoTimer.setInterval(undoTime);
    connect(&m_undoTimer, &QTimer::timeout, this, [this] {
        m_acknowledged.clear();
        Q_EMIT acknowledgedChanged();
    });
    m_refusalTimer.setSingleShot(true);
    m_refusalTimer.setInterval(refusalTime);
    connect(&m_refusalTimer, &QTimer::timeout, this, [this] {
        if (!std::exchange(m_refusal, {}).isEmpty())
            Q_EMIT failureChanged();
    });
}

QString CommandNotices::failure() const
{
    if (m_failures.isEmpty())
        return m_refusal;
    const CommandKind kind = m_failures.constFirst().command.kind;
    if (m_failures.size() == 1)
        return oneFailed(kind, quoted(m_failures.constFirst().title));
    const bool allAlike = std::ranges::all_of(
        m_failures, [&](const Failure &failure) { return failure.command.kind == kind; });
    return allAlike ? severalFailed(kind, m_failures.size())
                    : tr("%1 commands failed.").arg(m_failures.size());
}

QString CommandNotices::reason() const
{
    if (!m_failures.isEmpty() && !m_refusal.isEmpty())
        return m_refusal;
    if (m_failures.size() <= 1)
        return m_failures.isEmpty() ? QString() : m_failures.constFirst().reason;
    QStringList reasons;
    QList<QStringList> titles;
    for (const Failure &failure : m_failures) {
        qsizetype place = reasons.indexOf(failure.reason);
        if (place < 0) {
            place = reasons.size();
            reasons.append(failure.reason);
            titles.append(QStringList());
        }
        titles[place].append(quoted(failure.title));
    }
    QStringList parts;
    for (qsizetype i = 0; i < reasons.size(); ++i)
        parts.append(tr("%1: %2").arg(listed(titles[i]), reasons[i]));
    return parts.join(u' ');
}

bool CommandNotices::isRetryOffered() const
{
    return !m_failures.isEmpty();
}

QString CommandNotices::acknowledged() const
{
    if (m_acknowledged.isEmpty())
        return {};
    return m_acknowledged.size() == 1
        ? tr("%1 is acknowledged.").arg(quoted(m_acknowledged.constFirst().title))
        : tr("%1 incidents are acknowledged.").arg(m_acknowledged.size());
}

void CommandNotices::noteDone(
    const QString &uuid, const QString &title, const IncidentCommand &command)
{
    dropAcknowledgement(uuid);
    if (command.kind != CommandKind::Acknowledge)
        return;
    m_acknowledged.append({uuid, title});
    m_undoTimer.start();
    Q_EMIT acknowledgedChanged();
}

void CommandNotices::noteFailed(
    const QString &uuid, const QString &title, const IncidentCommand &command, const Error &error)
{
    m_refusal.clear();
    m_failures.append({uuid, title, command, sentence(error)});
    Q_EMIT failureChanged();
}

void CommandNotices::noteSent(const QStringList &uuids, const IncidentCommand &command)
{
    dismiss();
    if (command.kind != CommandKind::Unacknowledge)
        return;
    const QSet<QString> sent(uuids.cbegin(), uuids.cend());
    if (m_acknowledged.removeIf([&](const auto &one) { return sent.contains(one.uuid); }) > 0)
        Q_EMIT acknowledgedChanged();
}

void CommandNotices::noteRefused(const QString &why)
{
    m_refusalTimer.start();
    if (std::exchange(m_refusal, why) == why)
        return;
    Q_EMIT failureChanged();
}

template <typename Predicate>
void CommandNotices::dropFailures(Predicate predicate)
{
    if (m_failures.removeIf(predicate) > 0)
        Q_EMIT failureChanged();
}

void CommandNotices::dropAcknowledgement(const QString &uuid)
{
    const auto isIt = [&](const Acknowledgement &one) { return one.uuid == uuid; };
    if (m_acknowledged.removeIf(isIt) > 0)
        Q_EMIT acknowledgedChanged();
}

void CommandNotices::noteIncident(const Incident &incident, const QString &me)
{
    if (m_failures.isEmpty() && m_acknowledged.isEmpty())
        return;
    dropFailures([&](const Failure &failure) {
        return failure.uuid == incident.uuid && isDone(failure.command, incident);
    });
    // To take back another's would leave the incident with nobody.
    const bool isAnothers
        = !me.isEmpty() && !incident.acknowledgedBy.isEmpty() && incident.acknowledgedBy != me;
    if (incident.status == IncidentStatus::Open || isAnothers)
        dropAcknowledgement(incident.uuid);
}

void CommandNotices::noteRemoved(const QString &uuid)
{
    if (m_failures.isEmpty() && m_acknowledged.isEmpty())
        return;
    dropFailures([&](const Failure &failure) {
        return failure.uuid == uuid && failure.command.kind == CommandKind::Resolve;
    });
    dropAcknowledgement(uuid);
}

void CommandNotices::clear()
{
    dismiss();
    m_undoTimer.stop();
    if (m_acknowledged.isEmpty())
        return;
    m_acknowledged.clear();
    Q_EMIT acknowledgedChanged();
}

void CommandNotices::retry()
{
    // One after the other, in the order in which they were wanted. The first that is sent ends the
    // list; while none can be, it stays.
    for (const Failure &failure : QList(m_failures))
        Q_EMIT wanted({failure.uuid}, failure.command);
}

void CommandNotices::dismiss()
{
    if (m_failures.isEmpty() && m_refusal.isEmpty())
        return;
    m_failures.clear();
    m_refusal.clear();
    Q_EMIT failureChanged();
}

void CommandNotices::undo()
{
    QStringList uuids;
    for (const Acknowledgement &one : std::as_const(m_acknowledged))
        uuids.append(one.uuid);
    // What is sent is offered no more: see noteSent().
    constexpr qsizetype most = IncidentCommands::mostAtOnce;
    for (qsizetype first = 0; first < uuids.size(); first += most)
        Q_EMIT wanted(uuids.mid(first, most), {CommandKind::Unacknowledge});
    if (!m_acknowledged.isEmpty())
        m_undoTimer.start();
}

} // namespace tocsin
