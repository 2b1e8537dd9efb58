// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentcommands.h"
#include "incidents/shownincident.h"
#include "incidents/timelinemodel.h"

#include <QVariantList>

namespace tocsin {

/// One incident with all that is known of it, kept current; and when it is over, as it was last.
class TOCSIN_INCIDENTS_EXPORT IncidentDetails : public QObject
{
    Q_OBJECT
    Q_PROPERTY(tocsin::IncidentCommands *commands READ commands WRITE setCommands NOTIFY
            commandsChanged REQUIRED)
    /// Which one; empty: none.
    Q_PROPERTY(QString uuid READ uuid WRITE setUuid NOTIFY uuidChanged)
    /// See incidentLink().
    Q_PROPERTY(QString link READ link NOTIFY uuidChanged)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(tocsin::ShownIncident incident READ incident NOTIFY incidentChanged)
    /// `{name, value}` each, in the order of the names.
    Q_PROPERTY(QVariantList labels READ labels NOTIFY labelsChanged)
    Q_PROPERTY(QVariantList annotations READ annotations NOTIFY annotationsChanged)
    /// `{title, url, destination}` each; no destination where it may not be opened. The runbook is
    /// not among them.
    Q_PROPERTY(QVariantList links READ links NOTIFY linksChanged)
    /// See runbookOf().
    Q_PROPERTY(QString runbook READ runbook NOTIFY linksChanged)
    /// See destination().
    Q_PROPERTY(QString runbookDestination READ runbookDestination NOTIFY linksChanged)
    Q_PROPERTY(tocsin::TimelineModel *timeline READ timeline CONSTANT)
    /// What a person has written and not sent, kept for each incident.
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
    /// The draft is on its way; it goes when the server has it, and stays where it does not take
    /// it.
    Q_PROPERTY(bool sendingDraft READ isSendingDraft NOTIFY draftChanged)

public:
    enum class State {
        /// No incident is shown, or nothing is known of it yet.
        None,
        Active,
        /// It is over; what is shown is how it was last.
        Resolved,
        /// It is not in the rooms any more, and nobody said why.
        Gone,
    };
    Q_ENUM(State)

    explicit IncidentDetails(QObject *parent = nullptr);

    [[nodiscard]] IncidentCommands *commands() const;
    void setCommands(IncidentCommands *commands);
    [[nodiscard]] QString uuid() const;
    void setUuid(const QString &uuid);
    [[nodiscard]] QString link() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] ShownIncident incident() const;
    [[nodiscard]] QVariantList labels() const;
    [[nodiscard]] QVariantList annotations() const;
    [[nodiscard]] QVariantList links() const;
    [[nodiscard]] QString runbook() const;
    [[nodiscard]] QString runbookDestination() const;
    [[nodiscard]] TimelineModel *timeline();
    [[nodiscard]] QString draft() const;
    void setDraft(const QString &draft);
    [[nodiscard]] bool isSendingDraft() const;

    /// Sends the draft as a comment; nothing where it is empty or on its way.
    Q_INVOKABLE void sendDraft();

Q_SIGNALS:
    void commandsChanged();
    void uuidChanged();
    void stateChanged();
    void incidentChanged();
    void labelsChanged();
    void annotationsChanged();
    void linksChanged();
    void draftChanged();

private:
    void noteIncident();
    void noteState();
    void noteClient();
    void endSending(const QString &uuid, const IncidentCommand &command, bool taken);

    QPointer<IncidentCommands> m_commands;
    QPointer<SocketClient> m_client;
    QString m_uuid;
    State m_state = State::None;
    /// As the store had it last.
    Incident m_last;
    ShownIncident m_incident;
    QVariantList m_labels;
    QVariantList m_annotations;
    QVariantList m_links;
    QString m_runbook;
    TimelineModel m_timeline;
    QHash<QString, QString> m_drafts;
    // What was sent of them, by incident.
    QHash<QString, QString> m_sending;
    // The last that failed, by incident.
    QHash<QString, IncidentCommand> m_untaken;
};

} // namespace tocsin
