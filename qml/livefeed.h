// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/connectionmodel.h"
#include "incidents/doubtmodel.h"
#include "incidents/incidentactivity.h"
#include "incidents/incidentcache.h"
#include "incidents/incidentcommands.h"
#include "incidents/incidentmodel.h"
#include "incidents/monitormodel.h"
#include "incidents/presencemodel.h"
#include "qml/export.h"
#include "qml/feedconnection.h"

#include <QDateTime>
#include <QQmlParserStatus>
#include <QQuickWindow>
#include <QSet>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <chrono>
#include <memory>

namespace tocsin {

class IncidentFeed;

/// A server's rooms, kept live for a view: the incidents that are open in them, and whether what
/// is known of them is current.
///
///     LiveFeed { id: feed; server: "wss://ops.example.com/ws"; rooms: ["account:acme"] }
///     IncidentSelection { id: picked; incidents: feed.incidents }
///     IncidentList { incidents: feed.incidents; selection: picked }
///
/// Connects when it is complete, and anew when the server or the token file is changed.
class TOCSIN_QML_EXPORT LiveFeed : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    QML_ELEMENT
    /// `ws://` or `wss://`; empty: not connected.
    Q_PROPERTY(QString server READ server WRITE setServer NOTIFY serverChanged)
    /// Further addresses of it, where several gateways share one log: one of all is used at a time,
    /// and another when it fails.
    Q_PROPERTY(
        QStringList alternatives READ alternatives WRITE setAlternatives NOTIFY alternativesChanged)
    Q_PROPERTY(QStringList rooms READ rooms WRITE setRooms NOTIFY roomsChanged)
    /// Holds the token, and is read anew for each attempt; empty where none is needed.
    Q_PROPERTY(QString tokenFile READ tokenFile WRITE setTokenFile NOTIFY tokenFileChanged)
    /// Keeps the token, under `secretName`, in place of the file; null where none is needed.
    Q_PROPERTY(tocsin::SecretStore *secrets READ secrets WRITE setSecrets NOTIFY secretsChanged)
    Q_PROPERTY(QString secretName READ secretName WRITE setSecretName NOTIFY secretsChanged)
    /// Where the list is kept for the next start, to be shown until the server has sent its own;
    /// empty: nowhere, and what is kept goes at once. Another one takes effect with the next
    /// server.
    Q_PROPERTY(QString cacheDirectory READ cacheDirectory WRITE setCacheDirectory NOTIFY
            cacheDirectoryChanged)
    /// The window in which the feed is shown: while it is hidden, a lost connection waits.
    Q_PROPERTY(QQuickWindow *window READ window WRITE setWindow NOTIFY windowChanged)

    Q_PROPERTY(tocsin::IncidentModel *incidents READ incidents CONSTANT)
    /// What is done about them, at the server that they are from.
    Q_PROPERTY(tocsin::IncidentCommands *commands READ commands CONSTANT)
    Q_PROPERTY(tocsin::ConnectionModel *connections READ connections CONSTANT)
    /// What was opened and resolved in the last day.
    Q_PROPERTY(tocsin::IncidentActivity *activity READ activity CONSTANT)
    /// Why the list may lack something although it is live.
    Q_PROPERTY(tocsin::DoubtModel *doubts READ doubts CONSTANT)
    /// What sources look at all the time, and how it is.
    Q_PROPERTY(tocsin::MonitorModel *monitors READ monitors CONSTANT)
    /// Who else has the rooms open; nobody, where the server does not tell.
    Q_PROPERTY(tocsin::PresenceModel *presence READ presence CONSTANT)
    /// What `incidents` shows is what the server knows.
    Q_PROPERTY(bool live READ isLive NOTIFY liveChanged)
    /// From when on `incidents` is what was heard, where it is live and the server sends no list of
    /// what is open; otherwise no moment.
    Q_PROPERTY(QDateTime heardSince READ heardSince NOTIFY liveChanged)
    /// There is such a moment: no number of incidents is all there is, and none is no calm.
    Q_PROPERTY(bool partial READ isPartial NOTIFY liveChanged)
    /// `incidents` is what was kept when the program ended, and no server has confirmed it since.
    Q_PROPERTY(bool unconfirmed READ isUnconfirmed NOTIFY liveChanged)
    /// Live, by a server that says what is open, and nothing is: the only state in which all is
    /// well.
    Q_PROPERTY(bool calm READ isCalm NOTIFY calmChanged)
    /// Since when it is calm; no moment where it is not.
    Q_PROPERTY(QDateTime calmSince READ calmSince NOTIFY calmChanged)
    /// As of when `incidents` is, where it is not live; no moment where it never was.
    Q_PROPERTY(QDateTime lastLive READ lastLive NOTIFY liveChanged)
    /// An incident was seen since the server was set.
    Q_PROPERTY(bool everHadIncidents READ everHadIncidents NOTIFY everHadIncidentsChanged)
    /// Incidents of the demonstration are among those that are open.
    Q_PROPERTY(bool showsDemonstration READ showsDemonstration NOTIFY showsDemonstrationChanged)
    /// Why no connection can even be tried, as a sentence; empty where it can.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
    /// Why it is not live, as a sentence; empty where it is.
    Q_PROPERTY(QString trouble READ trouble NOTIFY troubleChanged)

public:
    /// The source that incidents of a demonstration have.
    static constexpr QStringView demonstrationSource = u"demonstration";

    explicit LiveFeed(QObject *parent = nullptr);
    ~LiveFeed() override;

    [[nodiscard]] QString server() const;
    void setServer(const QString &server);
    [[nodiscard]] QStringList alternatives() const;
    void setAlternatives(const QStringList &alternatives);
    [[nodiscard]] QStringList rooms() const;
    void setRooms(const QStringList &rooms);
    [[nodiscard]] QString tokenFile() const;
    void setTokenFile(const QString &tokenFile);
    [[nodiscard]] SecretStore *secrets() const;
    void setSecrets(SecretStore *secrets);
    [[nodiscard]] QString secretName() const;
    void setSecretName(const QString &name);
    [[nodiscard]] QString cacheDirectory() const;
    void setCacheDirectory(const QString &directory);
    [[nodiscard]] QQuickWindow *window() const;
    void setWindow(QQuickWindow *window);

    /// Somebody is to be called about its incidents, who need not see the window: while there is
    /// any such listener, a lost connection does not wait for the window.
    void setListener(const QObject *listener, bool listens);

    /// For further views of the same incidents. It is gone with the feed; aboutToGo() says when.
    [[nodiscard]] IncidentStore &store();
    [[nodiscard]] IncidentModel *incidents();
    [[nodiscard]] IncidentCommands *commands();
    [[nodiscard]] ConnectionModel *connections();
    [[nodiscard]] IncidentActivity *activity();
    [[nodiscard]] DoubtModel *doubts();
    [[nodiscard]] MonitorModel *monitors();
    [[nodiscard]] PresenceModel *presence();
    [[nodiscard]] bool isLive() const;
    [[nodiscard]] QDateTime heardSince() const;
    [[nodiscard]] bool isPartial() const;
    [[nodiscard]] bool isUnconfirmed() const;
    /// Live, and `incidents`, which is up to a frame behind, shows all that there is.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] bool isCalm() const;
    [[nodiscard]] QDateTime calmSince() const;
    [[nodiscard]] QDateTime lastLive() const;
    [[nodiscard]] bool everHadIncidents() const;
    [[nodiscard]] bool showsDemonstration() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString trouble() const;

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    /// It is being destroyed, and all that it has is there for the last time.
    void aboutToGo();
    void serverChanged();
    void alternativesChanged();
    void roomsChanged();
    void tokenFileChanged();
    void secretsChanged();
    void cacheDirectoryChanged();
    void windowChanged();
    void liveChanged();
    void calmChanged();
    void everHadIncidentsChanged();
    void showsDemonstrationChanged();
    void problemChanged();
    void troubleChanged();

private:
    /// Of the list that is shown.
    enum class Standing {
        /// None was ever had.
        Unknown,
        /// It is the one that was kept.
        Unconfirmed,
        Live,
        Aged,
    };

    void letGo();
    void startOver();
    void takeUp();
    void showCached(const QUrl &url);
    void noteLive();
    void becomeLive();
    void becomeAged();
    void noteHeardSince();
    bool takeHeardSince();
    void noteAge();
    void setLastLive(const QDateTime &lastLive);
    void followClock();
    void noteTrouble();
    [[nodiscard]] QDateTime asOf() const;
    void noteCalm();
    void noteIncident(const QString &uuid, QStringView source);
    void forgetIncident(const QString &uuid);

    QPointer<QQuickWindow> m_window;
    QSet<const QObject *> m_listeners;

    // Destroyed from the bottom up: the connection and its feed before what they fill.
    IncidentStore m_store;
    IncidentCommands m_commands;
    IncidentModel m_incidents;
    ConnectionModel m_connections;
    IncidentActivity m_activity;
    DoubtModel m_doubts;
    MonitorModel m_monitors;
    PresenceModel m_presence;
    IncidentCache m_cache;
    FeedConnection m_connection;
    std::unique_ptr<IncidentFeed> m_feed;

    Standing m_standing = Standing::Unknown;
    // The server has said it all, and the rows are not that yet.
    bool m_isArriving = false;
    qint64 m_omitted = 0;
    QDateTime m_heardSince;
    QDateTime m_lastLive;
    /// The clock on the wall, before the one that nobody sets.
    std::chrono::milliseconds m_clockAhead{};
    QTimer m_clockTimer;
    QDateTime m_calmSince;
    bool m_everHadIncidents = false;
    QSet<QString> m_demonstration;
    QString m_trouble;
};

} // namespace tocsin
