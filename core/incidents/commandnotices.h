// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "incidents/incidentcommand.h"
#include "protocol/error.h"
#include "protocol/incident.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

namespace tocsin {

/// What a person is told of their commands: which failed and why, until they look or try again, and
/// for a few seconds what was acknowledged, so that it can be taken back.
class TOCSIN_INCIDENTS_EXPORT CommandNotices : public QObject
{
    Q_OBJECT
    /// What failed, as a sentence, and why; empty where nothing did.
    Q_PROPERTY(QString failure READ failure NOTIFY failureChanged)
    Q_PROPERTY(QString reason READ reason NOTIFY failureChanged)
    /// There is something to be tried again.
    Q_PROPERTY(bool retryOffered READ isRetryOffered NOTIFY failureChanged)
    /// What was acknowledged just now, as a sentence; empty where nothing was.
    Q_PROPERTY(QString acknowledged READ acknowledged NOTIFY acknowledgedChanged)

public:
    /// How long an acknowledgement is offered to be taken back, from the last one on.
    static constexpr std::chrono::seconds undoTime{8};
    /// How long it is said why something could not even be tried: whoever wanted it looks.
    static constexpr std::chrono::seconds refusalTime{8};

    explicit CommandNotices(QObject *parent = nullptr);

    [[nodiscard]] QString failure() const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] bool isRetryOffered() const;
    [[nodiscard]] QString acknowledged() const;

    void noteDone(const QString &uuid, const QString &title, const IncidentCommand &command);
    void noteFailed(const QString &uuid, const QString &title, const IncidentCommand &command,
        const Error &error);
    /// It was sent, at last or again: what was told of the attempt before has been read, and what
    /// is being taken back is not offered to be.
    void noteSent(const QStringList &uuids, const IncidentCommand &command);
    /// Something could not even be tried; `why` is a sentence, told for a while. What failed before
    /// stays.
    void noteRefused(const QString &why);
    /// A failure that the incident shows to have come true after all is none any more.
    /// `me`: who acknowledges here; empty where that is not known.
    void noteIncident(const Incident &incident, const QString &me = {});
    void noteRemoved(const QString &uuid);
    void clear();

    /// Asks for what failed to be sent again.
    Q_INVOKABLE void retry();
    Q_INVOKABLE void dismiss();
    /// Asks for what was acknowledged to be unacknowledged, for as many at once as can be. What
    /// cannot be sent is offered still, for as long as if it were acknowledged now.
    Q_INVOKABLE void undo();

Q_SIGNALS:
    void failureChanged();
    void acknowledgedChanged();
    /// The commands about the incidents are wanted.
    void wanted(const QStringList &uuids, const tocsin::IncidentCommand &command);

private:
    struct Failure {
        QString uuid;
        QString title;
        IncidentCommand command;
        QString reason;
    };
    struct Acknowledgement {
        QString uuid;
        QString title;
    };
    template <typename Predicate>
    void dropFailures(Predicate predicate);
    void dropAcknowledgement(const QString &uuid);

    QList<Failure> m_failures;
    QString m_refusal;
    QList<Acknowledgement> m_acknowledged;
    QTimer m_undoTimer;
    QTimer m_refusalTimer;
};

} // namespace tocsin
