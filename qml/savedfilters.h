// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"
#include "protocol/error.h"
#include "qml/export.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <chrono>
#include <optional>
#include <vector>

namespace tocsin {

/// A person's own filters by name, kept in their settings, each with how many incidents it finds
/// now. What others have kept there meanwhile, another window or program, is read before anything
/// is written. The counts follow the incidents at leisure: a few milliseconds in a frame, and at
/// rest for as long as the count before took, so that many of them over many incidents cost no
/// frame.
class TOCSIN_QML_EXPORT SavedFilters : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        tocsin::IncidentModel *incidents READ incidents WRITE setIncidents NOTIFY incidentsChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    /// Where they are kept; empty: where the person's settings are.
    Q_PROPERTY(QString file READ file WRITE setFile NOTIFY fileChanged)
    /// Another one of the same file, over other incidents: each has at once what is saved in the
    /// other.
    Q_PROPERTY(tocsin::SavedFilters *beside READ beside WRITE setBeside NOTIFY besideChanged)
    /// Why the next start will not have what was saved, as a sentence; empty where it will.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        FilterRole,
        /// How many incidents it finds; -1 where that is not known, or where it is no filter.
        FoundRole,
    };
    Q_ENUM(Role)

    static constexpr int most = 50;

    struct Named {
        QString name;
        QString filter;
    };

    explicit SavedFilters(QObject *parent = nullptr);
    ~SavedFilters() override;

    [[nodiscard]] IncidentModel *incidents() const;
    void setIncidents(IncidentModel *incidents);
    [[nodiscard]] QString file() const;
    void setFile(const QString &file);
    [[nodiscard]] SavedFilters *beside() const;
    void setBeside(SavedFilters *beside);
    [[nodiscard]] QString problem() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Keeps a filter under its name, in place of the one that had it. Does nothing where one of
    /// them is empty, the filter is none, or there are as many as may be.
    Q_INVOKABLE void save(const QString &name, const QString &filter);
    Q_INVOKABLE void remove(int row);
    /// Those that are filters, for a file of exported settings.
    [[nodiscard]] QJsonArray toJson() const;
    /// What such a file says, looked at: with these there are no more than there may be.
    [[nodiscard]] Expected<std::vector<Named>> filtersIn(const QJsonArray &array) const;
    /// Saves them all.
    void take(const std::vector<Named> &filters);
    /// The row of the filter that says the same; -1 where there is none.
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &filter) const;

Q_SIGNALS:
    void incidentsChanged();
    void countChanged();
    void fileChanged();
    void besideChanged();
    /// Some filter is another, or has gone.
    void filtersChanged();
    void problemChanged();

private:
    struct Saved {
        QString name;
        QString text;
        std::optional<IncidentFilter> filter;
        int found = -1;
    };
    [[nodiscard]] std::vector<Saved> read() const;
    void load();
    void refresh();
    void put(const Named &filter);
    void keep();
    void store();
    void countLater();
    void countNext();
    void countAnew();
    void takeFound(std::size_t row, int found);

    QPointer<IncidentModel> m_incidents;
    QString m_file;
    QPointer<SavedFilters> m_beside;
    std::vector<Saved> m_saved;
    QString m_problem;
    QTimer m_countTimer;
    // A count of all of them: the row it is at, and how far it is in that.
    struct Counting {
        std::size_t row = 0;
        IncidentCount count;
        QElapsedTimer since;
    };
    std::optional<Counting> m_counting;
    std::chrono::milliseconds m_rest{};
    bool m_changedMeanwhile = false;
};

} // namespace tocsin
