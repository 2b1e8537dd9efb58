// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QHash>
#include <QPointer>

#include <vector>

namespace tocsin {

class IncidentStore;
class SocketClient;
struct Error;
struct Incident;

/// Why a list may lack something although it is live: a server that sends none, messages that could
/// not be read, messages that this program does not know, and sources that the gateway has not
/// heard of for too long. A row each, with what it is, when, from where, and what to do; the latest
/// first, silent sources above them, and the missing list above all.
///
/// Messages are those of the connection since setClient(), until the server has sent the whole list
/// of each room behind them; a source's row goes when it is heard again. `store` must outlive the
/// model.
class TOCSIN_INCIDENTS_EXPORT DoubtModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countsChanged)
    /// All messages that were rejected, also those that have no row of their own, and that no list
    /// has made good since.
    Q_PROPERTY(double rejectedMessages READ rejectedMessages NOTIFY countsChanged)
    Q_PROPERTY(double unknownMessages READ unknownMessages NOTIFY countsChanged)
    Q_PROPERTY(int silentSources READ silentSources NOTIFY countsChanged)
    /// All of these in a few words; empty where there is no doubt.
    Q_PROPERTY(QString summary READ summary NOTIFY countsChanged)

public:
    /// Different rejections; the one heard of for longest gives way.
    static constexpr int mostRejections = 20;

    enum class Kind { SilentSource, RejectedMessage, UnknownMessage, MissingList };
    Q_ENUM(Kind)

    enum Role {
        KindRole = Qt::UserRole + 1,
        /// What happened, as a sentence.
        WhatRole,
        /// When, the last time; for a silent source and a missing list, since when.
        WhenRole,
        /// How often it was told, at least.
        TimesRole,
        ServerRole,
        /// What to do, as a sentence.
        AdviceRole,
    };
    Q_ENUM(Role)

    explicit DoubtModel(const IncidentStore &store, QObject *parent = nullptr);

    /// Whose messages these are; none: no messages.
    void setClient(SocketClient *client);
    /// The server sends no list, and nothing but what was heard since then is known; no moment: it
    /// sends one.
    void setHeardSince(const QDateTime &moment);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const;
    [[nodiscard]] double rejectedMessages() const;
    [[nodiscard]] double unknownMessages() const;
    [[nodiscard]] int silentSources() const;
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void countsChanged();

private:
    struct Doubt {
        Kind kind;
        /// What it is one of: the same again is the same row.
        QString key;
        QString what;
        QDateTime when;
        qint64 times = 1;
    };

    /// What the client had counted at a moment.
    struct Counts {
        qint64 rejected = 0;
        qint64 unknown = 0;
    };

    [[nodiscard]] Counts counted() const;
    void noteLists();
    void noteError(const Error &error);
    void noteUnknown();
    void noteIncident(const Incident &incident);
    void note(Doubt doubt);
    void forget(Kind kind, const QString &key);
    void removeAt(int row);

    QPointer<SocketClient> m_client;
    QString m_server;
    /// When the list of a room that is sent now began, and when that of its last whole one did.
    QHash<QString, Counts> m_beginning;
    QHash<QString, Counts> m_listed;
    /// What the lists of all rooms have made good.
    Counts m_madeGood;
    std::vector<Doubt> m_doubts;
};

} // namespace tocsin
