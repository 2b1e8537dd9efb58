// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "chosenserver.h"

#include "qml/settingsfile_p.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

// Who looks for something goes through several.
constexpr std::chrono::milliseconds rest{500};

} // namespace

ChosenServer::ChosenServer(ServerDeck &deck, QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_server(settingsIn(m_file)->value(u"window/server"_s).toString())
    , m_kept(m_server)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(rest);
    connect(&m_timer, &QTimer::timeout, this, &ChosenServer::keep);
    deck.setChosen(m_server);
    connect(&deck, &ServerDeck::chosenChanged, this, [this, &deck] {
        m_server = deck.chosen();
        m_timer.start();
    });
}

ChosenServer::~ChosenServer()
{
    keep();
}

void ChosenServer::keep()
{
    if (std::exchange(m_kept, m_server) != m_server)
        settingsIn(m_file)->setValue(u"window/server"_s, m_server);
}

} // namespace tocsin
