// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/serverdeck.h"

#include <QPointer>
#include <QTimer>

namespace tocsin {

/// Finds the incident that a link names among the servers of a window. A server that is not live
/// yet may have it still, so that it is waited for; where all are, and none has it, that is said.
///
///     LinkedIncident { deck: deck; onFound: (server, uuid) => … }
class TOCSIN_QML_EXPORT LinkedIncident : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(tocsin::ServerDeck *deck READ deck WRITE setDeck NOTIFY deckChanged REQUIRED)
    /// Why it is not shown, as a sentence; empty where it is, or none is looked for.
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)

public:
    explicit LinkedIncident(QObject *parent = nullptr);

    [[nodiscard]] ServerDeck *deck() const;
    void setDeck(ServerDeck *deck);
    [[nodiscard]] QString notice() const;

    /// Looks for this one from now on, and for no other.
    Q_INVOKABLE void open(const QString &uuid);
    /// Looks no longer, and takes the notice back.
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void deckChanged();
    void noticeChanged();
    /// It is in the list of this server, by its key in the deck.
    void found(const QString &server, const QString &uuid);

private:
    void follow();
    void listen(bool on);
    void look();
    void setNotice(const QString &notice);

    QPointer<ServerDeck> m_deck;
    QString m_wanted;
    QString m_notice;
    // What changed is looked at when all of it has.
    QTimer m_lookTimer;
};

} // namespace tocsin
