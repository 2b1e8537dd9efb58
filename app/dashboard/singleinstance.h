// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QLocalServer>
#include <QObject>

namespace tocsin {

/// One dashboard a user: the first that is started listens, and a later one hands over to it what
/// it was started for, and ends. Between them is a local socket that only the user can open.
///
/// A line of JSON goes each way: `{"incident": "ID", "activationToken": "…"}` and `{"taken":
/// true}`.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    /// What a dashboard was started for.
    struct Request {
        /// To be opened; empty: the window is to come to the front.
        QString incident;
        /// What a Wayland compositor, or an X11 desktop, gave to whoever was clicked at, so that
        /// the window may come to the front.
        QString activationToken;
    };
    enum class Outcome {
        /// This is the first, and listens now.
        First,
        /// Another one has taken the request.
        HandedOver,
        /// Another one is there and does not answer, or nothing can be told between them; `error`
        /// of the result says it.
        Alone,
    };
    struct Result {
        Outcome outcome = Outcome::Alone;
        QString error;
    };

    /// How long another one has to answer. It may be busy with a flood of incidents.
    static constexpr std::chrono::seconds patience{5};

    /// `directory`: where the socket is; all that share it are one user's.
    explicit SingleInstance(QString directory, QObject *parent = nullptr);

    /// The user's own: in the runtime directory (XDG Base Directory Specification), or else with
    /// the user's data.
    [[nodiscard]] static QString usualDirectory();

    /// Waits until it is known; needs an application.
    [[nodiscard]] Result begin(const Request &request);

Q_SIGNALS:
    /// Somebody has started the dashboard once more.
    void requested(const tocsin::SingleInstance::Request &request);

private:
    [[nodiscard]] QString socketName() const;
    [[nodiscard]] Result askTheOther(const Request &request) const;
    void take(QLocalSocket *socket);
    void read(QLocalSocket *socket);

    QString m_directory;
    QLocalServer m_server;
};

} // namespace tocsin
