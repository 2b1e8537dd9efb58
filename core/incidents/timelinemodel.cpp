// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/timelinemodel.h"

#include "incidents/bidi.h"

#include "client/socketclient.h"
#include "protocol/messages.h"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

constexpr std::array roleTable{
    std::pair{TimelineModel::KindRole, "kind"},
    std::pair{TimelineModel::AtRole, "at"},
    std::pair{TimelineModel::ByRole, "by"},
    std::pair{TimelineModel::CommentRole, "comment"},
    std::pair{TimelineModel::SentenceRole, "sentence"},
};

QString severityWord(const QString &word)
{
    if (word == u"critical")
        return TimelineModel::tr("critical");
    if (word == u"warning")
        return TimelineModel::tr("a warning");
    if (word == u"info")
        return TimelineModel::tr("information");
    return word.isEmpty() || word == u"unknown" ? TimelineModel::tr("of unknown severity") : word;
}

QString sentence(const TimelineEntry &entry)
{
    const QString by = isolated(entry.by);
    const auto either = [&](const QString &withName, const QString &without) {
        return by.isEmpty() ? without : withName.arg(by);
    };
    switch (entry.kind) {
    case TimelineKind::Created:
        return either(TimelineModel::tr("%1 opened it"), TimelineModel::tr("It began"));
    case TimelineKind::SeverityChanged:
        return TimelineModel::tr("It is now %1").arg(severityWord(entry.text));
    case TimelineKind::Acknowledged:
        return either(
            TimelineModel::tr("%1 acknowledged it"), TimelineModel::tr("It was acknowledged"));
    case TimelineKind::Unacknowledged:
        return either(TimelineModel::tr("%1 took the acknowledgement back"),
            TimelineModel::tr("The acknowledgement was taken back"));
    case TimelineKind::Assigned:
        if (entry.text.isEmpty())
            return either(TimelineModel::tr("%1 assigned it to nobody"),
                TimelineModel::tr("It is nobody’s any more"));
        if (entry.text == entry.by)
            return TimelineModel::tr("%1 took it").arg(by);
        return by.isEmpty()
            ? TimelineModel::tr("It was assigned to %1").arg(isolated(entry.text))
            : TimelineModel::tr("%1 assigned it to %2").arg(by, isolated(entry.text));
    case TimelineKind::Commented:
        return either(TimelineModel::tr("%1 wrote"), TimelineModel::tr("Somebody wrote"));
    case TimelineKind::Resolved:
        return either(TimelineModel::tr("%1 resolved it"), TimelineModel::tr("It was resolved"));
    case TimelineKind::Unknown: break;
    }
    return either(TimelineModel::tr("%1 did something that this program does not know"),
        TimelineModel::tr("Something happened that this program does not know"));
}

} // namespace

TimelineModel::TimelineModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(rest);
    connect(&m_restTimer, &QTimer::timeout, this, [this] {
        if (m_askAgain && !m_asked)
            ask();
    });
}

void TimelineModel::setIncident(const QString &uuid)
{
    if (m_uuid == uuid)
        return;
    m_uuid = uuid;
    ++m_generation;
    m_asked = false;
    m_askAgain = false;
    m_restTimer.stop();
    setEntries({});
    setComplete(true);
    setState(State::Idle);
    if (!uuid.isEmpty())
        ask();
}

void TimelineModel::setClient(SocketClient *client)
{
    if (m_client == client)
        return;
    m_client = client;
    ++m_generation;
    m_asked = false;
    refresh();
}

void TimelineModel::refresh()
{
    if (m_uuid.isEmpty())
        return;
    if (m_asked || m_restTimer.isActive())
        m_askAgain = true;
    else
        ask();
}

void TimelineModel::ask()
{
    m_askAgain = false;
    if (!m_client) {
        setState(State::Failed, tr("There is no connection."));
        return;
    }
    m_asked = true;
    setState(State::Loading);
    m_client->request(History, {.uuid = m_uuid}, {.buffer = false})
        .then(this, [this, generation = m_generation](const Reply &reply) {
            if (generation != m_generation)
                return;
            m_asked = false;
            m_restTimer.start();
            take(reply.as<IncidentTimeline>());
        });
}

void TimelineModel::take(const Expected<IncidentTimeline> &timeline)
{
    if (timeline) {
        setEntries(timeline->entries);
        setComplete(timeline->complete);
        setState(State::Loaded);
        return;
    }
    switch (timeline.error().code) {
    case ErrorCode::NotConnected:
    case ErrorCode::ConnectionLost: setState(State::Failed, tr("There is no connection.")); break;
    case ErrorCode::TimedOut:
        setState(State::Failed, tr("The server did not answer in time."));
        break;
    case ErrorCode::UnknownType:
        setState(State::Failed, tr("This server keeps no timelines."));
        break;
    default: setState(State::Failed, timeline.error().message);
    }
}

void TimelineModel::setEntries(const QList<TimelineEntry> &entries)
{
    const auto same
        = std::mismatch(m_entries.cbegin(), m_entries.cend(), entries.cbegin(), entries.cend());
    const qsizetype kept = same.first - m_entries.cbegin();
    const auto before = m_entries.size();
    if (kept < m_entries.size()) {
        beginRemoveRows({}, int(kept), int(m_entries.size()) - 1);
        m_entries.resize(kept);
        endRemoveRows();
    }
    if (kept < entries.size()) {
        beginInsertRows({}, int(kept), int(entries.size()) - 1);
        m_entries = entries;
        endInsertRows();
    }
    if (before != m_entries.size())
        Q_EMIT countChanged();
}

void TimelineModel::setState(State state, const QString &problem)
{
    if (m_state == state && m_problem == problem)
        return;
    m_state = state;
    m_problem = problem;
    Q_EMIT stateChanged();
}

void TimelineModel::setComplete(bool complete)
{
    if (std::exchange(m_complete, complete) != complete)
        Q_EMIT completeChanged();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TimelineEntry &entry = m_entries.at(index.row());
    switch (role) {
    case KindRole: return enumQString(entry.kind);
    case AtRole: return toDateTime(entry.at);
    case ByRole: return entry.by;
    case CommentRole: return entry.kind == TimelineKind::Commented ? entry.text : QString();
    case Qt::DisplayRole:
    case SentenceRole: return sentence(entry);
    default: return {};
    }
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (const auto &[role, name] : roleTable)
        names.insert(role, name);
    return names;
}

TimelineModel::State TimelineModel::state() const
{
    return m_state;
}

QString TimelineModel::problem() const
{
    return m_problem;
}

bool TimelineModel::isComplete() const
{
    return m_complete;
}

bool TimelineModel::endsResolved() const
{
    // Remarks may have come after it.
    const auto last = std::find_if(m_entries.crbegin(), m_entries.crend(),
        [](const TimelineEntry &entry) { return entry.kind != TimelineKind::Commented; });
    return last != m_entries.crend() && last->kind == TimelineKind::Resolved;
}

int TimelineModel::count() const
{
    return int(m_entries.size());
}

} // namespace tocsin
