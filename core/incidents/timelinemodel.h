// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/error.h"
#include "protocol/timeline.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>

namespace tocsin {

class SocketClient;

/// What happened to an incident, oldest first, as its server tells it. Asked for anew with
/// refresh(); what was told before stays meanwhile, and when the server does not answer.
class TOCSIN_INCIDENTS_EXPORT TimelineModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    /// Why it could not be had, as a sentence; empty where it could.
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
    /// False where the oldest entries are not kept any more.
    Q_PROPERTY(bool complete READ isComplete NOTIFY completeChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum class State {
        /// Nothing was asked.
        Idle,
        /// Asked; the entries are those of before.
        Loading,
        Loaded,
        /// No answer; the entries are those of before.
        Failed,
    };
    Q_ENUM(State)

    enum Role {
        /// TimelineKind, as its word on the wire.
        KindRole = Qt::UserRole + 1,
        AtRole,
        ByRole,
        /// What was said in a comment; empty for everything else.
        CommentRole,
        /// What happened, as a sentence.
        SentenceRole,
    };
    Q_ENUM(Role)

    /// Between two questions: an incident that changes all the time is not asked about all the
    /// time.
    static constexpr std::chrono::milliseconds rest{1'000};

    explicit TimelineModel(QObject *parent = nullptr);

    /// Shows another incident's; none: nothing.
    void setIncident(const QString &uuid);
    /// Where it is asked.
    void setClient(SocketClient *client);
    /// Something has happened: asks again, as soon as may be.
    Q_INVOKABLE void refresh();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] State state() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] int count() const;
    /// By what was told, the incident is over.
    [[nodiscard]] bool endsResolved() const;

    /// For what the server told; public for tests of what it does to the rows.
    void setEntries(const QList<TimelineEntry> &entries);

Q_SIGNALS:
    void stateChanged();
    void completeChanged();
    void countChanged();

private:
    void ask();
    void setState(State state, const QString &problem = {});
    void setComplete(bool complete);
    void take(const Expected<IncidentTimeline> &timeline);

    QPointer<SocketClient> m_client;
    QString m_uuid;
    QList<TimelineEntry> m_entries;
    State m_state = State::Idle;
    QString m_problem;
    bool m_complete = true;
    // Answers to older questions are dropped.
    quint64 m_generation = 0;
    bool m_asked = false;
    bool m_askAgain = false;
    QTimer m_restTimer;
};

} // namespace tocsin
