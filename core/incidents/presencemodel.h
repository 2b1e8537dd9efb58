// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QAbstractListModel>
#include <QHash>
#include <QMap>

#include <memory>
#include <vector>

namespace tocsin {

class SocketClient;
struct PresenceData;

/// Who else has the rooms open (docs/protocol.md, "Presence"): a row a person, by name, however
/// many rooms and sessions they have. Oneself is left out, where the server says who that is.
///
/// It is true only while connected, so with the connection it is empty again; a room's differences
/// count only on top of its list.
class TOCSIN_INCIDENTS_EXPORT PresenceModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY peopleChanged)
    /// "3 others watching"; empty where nobody is.
    Q_PROPERTY(QString summary READ summary NOTIFY peopleChanged)
    /// The initials of the first few.
    Q_PROPERTY(QStringList leadingInitials READ leadingInitials NOTIFY peopleChanged)

public:
    static constexpr int mostLeading = 3;

    enum Role {
        NameRole = Qt::UserRole + 1,
        /// One letter or two.
        InitialsRole,
        /// What they may do, as a word; as the server calls it where that is none of ours.
        RoleWordRole,
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    /// Whose rooms these are; none: nobody is known of.
    void setClient(SocketClient *client);

    /// The id that the server knows the person here by; empty where it did not say.
    void setMe(const QString &id);
    void setPeople(const PresenceData &all);
    void addPeople(const PresenceData &came);
    void removePeople(const PresenceData &left);
    void removeRoom(const QString &room);
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QStringList leadingInitials() const;

Q_SIGNALS:
    void peopleChanged();

private:
    struct Person {
        QString id;
        QString name;
        QString role;
        friend bool operator==(const Person &, const Person &) = default;

        [[nodiscard]] const QString &shownName() const { return name.isEmpty() ? id : name; }
    };
    using People = QMap<QString, Person>; // by id

    void refresh();

    /// What is heard of the client is heard for as long as this lives.
    std::unique_ptr<QObject> m_listener;
    QString m_me;
    QHash<QString, People> m_rooms;
    std::vector<Person> m_rows;
};

} // namespace tocsin
