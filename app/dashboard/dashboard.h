// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "demonstration.h"
#include "gateway/gateway.h"
#include "qml/preferences.h"
#include "qml/serverbook.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace tocsin {

/// What the window is about: which server it shows by itself, which is the one that was named, or
/// the gateway in this program, and its demonstration. The gateway runs where the person wants it
/// to, and where there is no server of theirs to be shown.
///
/// The gateway's data belong to one process at a time. Where another one has them, its gateway is
/// joined; when that process ends, this one takes over. A gateway that cannot be started is tried
/// again, for as long as it is wanted.
class Dashboard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes it.")
    Q_PROPERTY(QString server READ server NOTIFY serverChanged)
    /// Further addresses of it.
    Q_PROPERTY(QStringList alternatives READ alternatives CONSTANT)
    Q_PROPERTY(QStringList rooms READ rooms CONSTANT)
    Q_PROPERTY(QString tokenFile READ tokenFile CONSTANT)
    /// The one that was named, without its path; empty for the gateway in this program.
    Q_PROPERTY(QString serverName READ serverName CONSTANT)
    /// Where last lists are kept for the next start; empty: nowhere.
    Q_PROPERTY(QString cacheDirectory READ cacheDirectory NOTIFY cacheDirectoryChanged)
    /// The same for the server that it shows by itself: the gateway in this program answers at
    /// once, and has no need of it.
    Q_PROPERTY(QString ownCacheDirectory READ ownCacheDirectory NOTIFY cacheDirectoryChanged)
    /// No server was named, so that the person's own are shown.
    Q_PROPERTY(bool serversOffered READ areServersOffered CONSTANT)
    /// Something that the person should know; empty where there is nothing.
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(bool trouble READ isTrouble NOTIFY noticeChanged)
    Q_PROPERTY(bool demonstrationOffered READ isDemonstrationOffered NOTIFY serverChanged)
    Q_PROPERTY(bool demonstrationRunning READ isDemonstrationRunning NOTIFY demonstrationChanged)

public:
    /// How often it is looked whether the joined gateway's process has ended.
    static constexpr std::chrono::seconds lookInterval{1};
    /// How often the gateway is tried that could not be started.
    static constexpr std::chrono::seconds repairInterval{10};

    /// `gateway`: how one is started. What else is given must outlive this.
    Dashboard(const CommandLine &commandLine, GatewayConfiguration gateway,
        Preferences &preferences, ServerBook &book, QObject *parent = nullptr);
    ~Dashboard() override;

    /// Has the window show an incident, at whichever server it is.
    void openIncident(const QString &uuid);

    /// Finds a server; said() and noticeChanged() tell what came of it.
    void start();

    [[nodiscard]] QString server() const;
    [[nodiscard]] QStringList alternatives() const;
    [[nodiscard]] QStringList rooms() const;
    [[nodiscard]] QString tokenFile() const;
    [[nodiscard]] QString serverName() const;
    [[nodiscard]] QString cacheDirectory() const;
    [[nodiscard]] QString ownCacheDirectory() const;
    [[nodiscard]] bool areServersOffered() const;
    [[nodiscard]] QString notice() const;
    [[nodiscard]] bool isTrouble() const;
    [[nodiscard]] bool isDemonstrationOffered() const;
    [[nodiscard]] bool isDemonstrationRunning() const;

    Q_INVOKABLE void startDemonstration();
    Q_INVOKABLE void stopDemonstration();

Q_SIGNALS:
    void serverChanged();
    void cacheDirectoryChanged();
    void noticeChanged();
    void demonstrationChanged();
    void incidentRequested(const QString &uuid);
    /// For the terminal that the program was started from.
    void said(const QString &sentence);

private:
    enum class Tone { Information, Trouble };
    [[nodiscard]] bool isGatewayWanted() const;
    void startOrStopGateway();
    void findGateway();
    void lookAfterGateway();
    void setServer(const QUrl &url);
    void setNotice(const QString &notice, Tone tone);

    CommandLine m_commandLine;
    GatewayConfiguration m_configuration;
    Preferences &m_preferences;
    ServerBook &m_book;
    QString m_server;
    QString m_notice;
    Tone m_tone = Tone::Information;
    QTimer m_lookTimer;
    // The demonstration ends, and is removed, while its gateway still runs.
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<Demonstration> m_demonstration;
};

} // namespace tocsin
