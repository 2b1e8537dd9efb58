// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "dashboard.h"

#include "incidents/connectionmodel.h"
#include "qml/shownaddress_p.h"

#include <QStandardPaths>

namespace tocsin {

Dashboard::Dashboard(const CommandLine &commandLine, GatewayConfiguration gateway,
    Preferences &preferences, ServerBook &book, QObject *parent)
    : QObject(parent)
    , m_commandLine(commandLine)
    , m_configuration(std::move(gateway))
    , m_preferences(preferences)
    , m_book(book)
    , m_server(commandLine.server)
{
    connect(&m_lookTimer, &QTimer::timeout, this, &Dashboard::lookAfterGateway);
    connect(&preferences, &Preferences::valuesChanged, this, &Dashboard::cacheDirectoryChanged);
}

Dashboard::~Dashboard() = default;

void Dashboard::start()
{
    if (!areServersOffered()) {
        QStringList addresses;
        for (const QString &address : QStringList{m_server} + alternatives())
            addresses.append(shownAddress(address));
        Q_EMIT said(tr("Showing %1.").arg(addresses.join(u", ")));
        return;
    }
    connect(&m_preferences, &Preferences::valuesChanged, this, &Dashboard::startOrStopGateway);
    connect(&m_book, &ServerBook::shownCountChanged, this, &Dashboard::startOrStopGateway);
    for (const SavedServer &server : m_book.all()) {
        if (server.shown)
            Q_EMIT said(tr("Showing %1.").arg(shownAddress(server.address.toString())));
    }
    startOrStopGateway();
}

void Dashboard::openIncident(const QString &uuid)
{
    if (!uuid.isEmpty())
        Q_EMIT incidentRequested(uuid);
}

bool Dashboard::isGatewayWanted() const
{
    return m_preferences.ownGateway() || m_book.shownCount() == 0;
}

void Dashboard::startOrStopGateway()
{
    const bool runs = !m_server.isEmpty() || m_lookTimer.isActive();
    if (isGatewayWanted() == runs)
        return;
    if (!runs) {
        findGateway();
        return;
    }
    m_lookTimer.stop();
    setServer({});
    m_demonstration.reset();
    m_gateway.reset();
    setNotice({}, Tone::Information);
    Q_EMIT demonstrationChanged();
    Q_EMIT said(tr("Incidents are no longer received on this computer."));
}

void Dashboard::findGateway()
{
    auto gateway = Gateway::start(m_configuration);
    if (gateway) {
        m_lookTimer.stop();
        m_gateway = std::move(*gateway);
        m_demonstration = std::make_unique<Demonstration>(*m_gateway);
        connect(m_demonstration.get(), &Demonstration::runningChanged, this,
            &Dashboard::demonstrationChanged);
        connect(m_demonstration.get(), &Demonstration::failed, this,
            [this](const QString &sentence) { setNotice(sentence, Tone::Trouble); });
        const QString address = m_gateway->httpUrl().toString();
        if (m_gateway->port() == m_configuration.port || m_configuration.port == 0) {
            setNotice({}, Tone::Information);
        } else {
            // Who sends to the usual port is heard by somebody else: this list is not all there is.
            setNotice(tr("Another program has port %1: what is sent there is not shown here."
                         " Incidents for this list are received on port %2.")
                          .arg(m_configuration.port)
                          .arg(m_gateway->port()),
                Tone::Trouble);
        }
        Q_EMIT said(tr("Incidents are received at %1/ingest/alertmanager and %1/ingest/incident.")
                .arg(address));
        setServer(m_gateway->webSocketUrl());
        return;
    }

    if (gateway.error().code != ErrorCode::Conflict) {
        // A disk that was full, or data that were not ours, may be so no more.
        m_lookTimer.start(repairInterval);
        setNotice(gateway.error().message, Tone::Trouble);
        return;
    }
    // From here on the data are looked after: when the process that has them ends, they are ours.
    m_lookTimer.start(lookInterval);
    const auto running = Gateway::runningIn(m_configuration.dataDirectory);
    if (!running) {
        setNotice(gateway.error().message, Tone::Trouble);
        return;
    }
    setNotice({}, Tone::Information);
    Q_EMIT said(tr("Joined the gateway already running at %1.").arg(running->toString()));
    setServer(*running);
}

void Dashboard::lookAfterGateway()
{
    const auto running = Gateway::runningIn(m_configuration.dataDirectory);
    if (!running || running->toString() != m_server)
        findGateway();
}

void Dashboard::setServer(const QUrl &url)
{
    m_server = url.toString();
    Q_EMIT serverChanged();
}

void Dashboard::setNotice(const QString &notice, Tone tone)
{
    if (m_notice == notice && m_tone == tone)
        return;
    m_notice = notice;
    m_tone = tone;
    Q_EMIT noticeChanged();
}

QString Dashboard::server() const
{
    return m_server;
}

QStringList Dashboard::alternatives() const
{
    return m_commandLine.alternatives;
}

QStringList Dashboard::rooms() const
{
    return m_commandLine.rooms;
}

QString Dashboard::tokenFile() const
{
    return m_commandLine.tokenFile;
}

QString Dashboard::serverName() const
{
    return areServersOffered() ? QString() : tocsin::serverName(QUrl(m_commandLine.server));
}

bool Dashboard::areServersOffered() const
{
    return m_commandLine.server.isEmpty();
}

QString Dashboard::ownCacheDirectory() const
{
    return areServersOffered() ? QString() : cacheDirectory();
}

QString Dashboard::cacheDirectory() const
{
    if (!m_preferences.keepsLists())
        return {};
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation)
        + QStringLiteral("/lists");
}

QString Dashboard::notice() const
{
    return m_notice;
}

bool Dashboard::isTrouble() const
{
    return m_tone == Tone::Trouble;
}

bool Dashboard::isDemonstrationOffered() const
{
    return m_demonstration != nullptr;
}

bool Dashboard::isDemonstrationRunning() const
{
    return m_demonstration && m_demonstration->isRunning();
}

void Dashboard::startDemonstration()
{
    if (m_demonstration)
        m_demonstration->start();
}

void Dashboard::stopDemonstration()
{
    if (m_demonstration)
        m_demonstration->stop();
}

} // namespace tocsin
