// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QNetworkAccessManager>
#include <QQuickView>
#include <QUrl>

/// A window with the dashboard, read by its items as a person reads it by eye.
class Screen
{
public:
    Screen(const QUrl &server, const QStringList &rooms);

    QQuickView view;

    /// The titles of the rows, from top to bottom.
    [[nodiscard]] QStringList titles() const;
    /// Live, Reconnecting, …: the word in the status bar.
    [[nodiscard]] QString status() const;
    [[nodiscard]] bool isAged() const;
    /// The headline where there is no list; empty where there is one.
    [[nodiscard]] QString emptyHeadline() const;
    [[nodiscard]] QQuickItem *part(const QString &objectName) const;
};

/// HTTP as a script would do it: waits for the answer and gives its status, 0 where none came.
class Http
{
public:
    int post(const QUrl &url, const QByteArray &json);

private:
    QNetworkAccessManager m_manager;
};

/// A TCP port of the loopback interface that nobody listens on.
[[nodiscard]] quint16 freePort();
