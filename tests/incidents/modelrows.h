// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"
#include "incidents/searchtext.h"

#include <algorithm>

// What a model of incidents should show, said without the model; and what a view of it knows.

namespace tocsin {

inline const QString room = QStringLiteral("r");

inline Incident incident(
    const QString &uuid, Severity severity, qint64 createdAt, qint64 version = 1)
{
    return {.uuid = uuid,
        .title = QStringLiteral("title of %1").arg(uuid),
        .severity = severity,
        .createdAt = timestampFromMilliseconds(createdAt),
        .version = version};
}

inline QStringList uuids(const IncidentModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row).data(IncidentModel::UuidRole).toString());
    return result;
}

inline IncidentFilter filterOf(const QString &text)
{
    const auto filter = IncidentFilter::parse(text);
    if (!filter)
        qFatal("%s", qPrintable(filter.error().error.message));
    return *filter;
}

/// As a person would say it, with none of the model's keys.
inline QStringList expectedRows(const IncidentStore &store, const IncidentFilter &filter,
    incidentview::Order order, incidentview::Group group)
{
    using incidentview::Group;
    using incidentview::Order;
    const auto word
        = [](const QString &text) { return std::tuple(text.isEmpty(), text.toLower(), text); };
    const auto before = [&](const Incident &left, const Incident &right) {
        const auto rank = [&](const Incident &incident) {
            const qint64 time = toMilliseconds(*incident.createdAt);
            const int severity = int(incident.severity);
            return std::tuple(group == Group::Severity ? severity : 0,
                word(group == Group::Service     ? incident.service
                        : group == Group::Source ? incident.source
                                                 : QString()),
                word(order == Order::Service ? incident.service : QString()),
                order == Order::Severity || order == Order::Service ? severity : 0,
                order == Order::Oldest ? time : -time, incident.uuid);
        };
        return rank(left) < rank(right);
    };
    QList<Incident> all;
    for (const Incident &incident : store.all()) {
        const std::string text = SearchText::textOf(incident);
        if (filter.judge({incident, text, timestampNow(), {}}) != FilterVerdict::No)
            all.append(incident);
    }
    std::ranges::sort(all, before);
    QStringList result;
    for (const Incident &each : all)
        result.append(each.uuid);
    return result;
}

inline QStringList expectedOrder(const IncidentStore &store)
{
    QList<Incident> all = store.all();
    std::ranges::sort(all, [](const Incident &left, const Incident &right) {
        return std::tuple(int(left.severity), -toMilliseconds(*left.createdAt), left.uuid)
            < std::tuple(int(right.severity), -toMilliseconds(*right.createdAt), right.uuid);
    });
    QStringList result;
    for (const Incident &each : all)
        result.append(each.uuid);
    return result;
}

/// What a view knows that reads only what it is told of.
class ToldRows
{
public:
    explicit ToldRows(const IncidentModel &model)
        : m_model(model)
    {
        using Model = IncidentModel;
        const auto connectTo
            = [&](auto signal, auto slot) { QObject::connect(&model, signal, &m_context, slot); };
        readAll();
        connectTo(&Model::modelReset, [this] { readAll(); });
        connectTo(&Model::rowsInserted, [this](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row)
                m_rows.insert(row, read(row));
        });
        connectTo(&Model::rowsRemoved, [this](const QModelIndex &, int first, int last) {
            m_rows.remove(first, last - first + 1);
        });
        connectTo(&Model::rowsMoved,
            [this](const QModelIndex &, int first, int last, const QModelIndex &, int to) {
                if (first != last)
                    qFatal("More than one row moved.");
                m_rows.move(first, to > first ? to - 1 : to);
            });
        connectTo(&Model::dataChanged,
            [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                for (int row = first.row(); row <= last.row(); ++row) {
                    const QVariantMap now = read(row);
                    for (const int role : roles) {
                        const QString name = QString::fromLatin1(m_model.roleNames().value(role));
                        if (!name.isEmpty())
                            m_rows[row][name] = now[name];
                    }
                }
            });
    }
    [[nodiscard]] bool areTheModels() const
    {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            if (row >= m_rows.size() || m_rows[row] != read(row))
                return false;
        }
        return m_rows.size() == m_model.rowCount();
    }

private:
    [[nodiscard]] QVariantMap read(int row) const
    {
        QVariantMap values;
        const QHash<int, QByteArray> names = m_model.roleNames();
        for (auto it = names.cbegin(); it != names.cend(); ++it)
            values.insert(QString::fromLatin1(*it), m_model.index(row).data(it.key()));
        return values;
    }
    void readAll()
    {
        m_rows.clear();
        for (int row = 0; row < m_model.rowCount(); ++row)
            m_rows.append(read(row));
    }

    const IncidentModel &m_model;
    QList<QVariantMap> m_rows;
    QObject m_context;
};

} // namespace tocsin
