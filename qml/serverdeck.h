// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/livefeed.h"

#include <QAbstractListModel>

#include <vector>

namespace tocsin {

/// The servers that a window shows, one of them in full and of all of them how they are: so that
/// one which nobody looks at can never be taken for calm. The feeds belong to whoever puts them in;
/// one that is destroyed is out.
class TOCSIN_QML_EXPORT ServerDeck : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    /// The one that is shown in full; empty where there is none.
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY currentChanged)
    /// The one that somebody wanted to see last, which is not always there: where another is shown
    /// because it went, it stays the chosen one. Set at the start, it is shown as soon as it comes,
    /// unless another is chosen before.
    Q_PROPERTY(QString chosen READ chosen WRITE setChosen NOTIFY chosenChanged)
    Q_PROPERTY(tocsin::LiveFeed *currentFeed READ currentFeed NOTIFY currentChanged)
    /// All of them are.
    Q_PROPERTY(bool live READ isLive NOTIFY stateChanged)
    /// One of them sends no list, and there may be more than `activeCount`.
    Q_PROPERTY(bool partial READ isPartial NOTIFY stateChanged)
    /// Of all of them.
    Q_PROPERTY(int activeCount READ activeCount NOTIFY stateChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        NameRole,
        LiveRole,
        /// What is active is what was heard of: the server sends no list.
        PartialRole,
        ActiveRole,
        /// The worst severity that is active; -1 where none is.
        WorstRole,
        /// Why it is not live, as a sentence; empty where it is.
        TroubleRole,
        CurrentRole,
    };
    Q_ENUM(Role)

    explicit ServerDeck(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Adds it, or gives the one with that key another name. The first is the current one.
    Q_INVOKABLE void put(const QString &key, const QString &name, tocsin::LiveFeed *feed);
    Q_INVOKABLE void take(const QString &key);
    /// The one beside the current one, around the ends; `step` is 1 or -1.
    Q_INVOKABLE void step(int step);

    [[nodiscard]] QString current() const;
    /// Chooses it. Does nothing where there is none of that key.
    void setCurrent(const QString &key);
    [[nodiscard]] QString chosen() const;
    void setChosen(const QString &key);
    [[nodiscard]] LiveFeed *currentFeed() const;
    [[nodiscard]] LiveFeed *feedAt(int row) const;
    [[nodiscard]] bool isLive() const;
    [[nodiscard]] bool isPartial() const;
    [[nodiscard]] int activeCount() const;

Q_SIGNALS:
    void countChanged();
    void currentChanged();
    void chosenChanged();
    void stateChanged();

private:
    struct Entry {
        QString key;
        QString name;
        LiveFeed *feed = nullptr;
    };
    [[nodiscard]] int rowOf(const QString &key) const;
    void show(const QString &key);
    void removeRow(int row);
    void noteChange(const LiveFeed *feed, const QList<int> &roles);

    std::vector<Entry> m_entries;
    QString m_current;
    QString m_chosen;
    /// The chosen one was not there yet.
    bool m_awaited = false;
};

} // namespace tocsin
