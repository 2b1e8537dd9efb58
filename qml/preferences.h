// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"
#include "qml/alarmsettings.h"
#include "qml/preference.h"
#include "qml/savedfilters.h"
#include "qml/serverbook.h"

#include <QAbstractListModel>
#include <QJsonObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace tocsin {

/// A person's settings: a row for each that the search finds. What is set is so at once, and for
/// the next start.
class TOCSIN_QML_EXPORT Preferences : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    /// Where they are kept; empty: where the person's settings are.
    Q_PROPERTY(QString file READ file WRITE setFile NOTIFY fileChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY searchChanged)
    /// Words, each of which a setting must have in its name, its explanation or its choices.
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    /// What is exported and imported as well.
    Q_PROPERTY(tocsin::ServerBook *servers READ servers WRITE setServers NOTIFY serversChanged)
    Q_PROPERTY(tocsin::SavedFilters *savedFilters READ savedFilters WRITE setSavedFilters NOTIFY
            savedFiltersChanged)
    Q_PROPERTY(tocsin::AlarmSettings *alarmSettings READ alarmSettings WRITE setAlarmSettings NOTIFY
            alarmSettingsChanged)

    Q_PROPERTY(QString theme READ theme NOTIFY valuesChanged)
    /// "system", "normal" or "high".
    Q_PROPERTY(QString contrast READ contrast NOTIFY valuesChanged)
    /// "usual" or "limited".
    Q_PROPERTY(QString colorVision READ colorVision NOTIFY valuesChanged)
    Q_PROPERTY(int textPercent READ textPercent NOTIFY valuesChanged)
    /// "system", "on" or "off".
    Q_PROPERTY(QString reducedMotion READ reducedMotion NOTIFY valuesChanged)
    /// As in IncidentModel.
    Q_PROPERTY(int order READ order NOTIFY valuesChanged)
    Q_PROPERTY(int group READ group NOTIFY valuesChanged)
    Q_PROPERTY(bool keepsLists READ keepsLists NOTIFY valuesChanged)
    Q_PROPERTY(bool ownGateway READ ownGateway NOTIFY valuesChanged)
    /// Nothing differs from what is usual.
    Q_PROPERTY(bool usual READ isUsual NOTIFY valuesChanged)
    /// Why what was set last is not kept for the next start, as a sentence; empty where it is.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        KindRole,
        TitleRole,
        ExplanationRole,
        /// Of a number and a switch.
        ValueRole,
        /// Of a choice: its words, and which of them.
        ChoicesRole,
        ChosenRole,
        MinimumRole,
        MaximumRole,
        StepRole,
        /// It is not as usual.
        ChangedRole,
    };
    Q_ENUM(Role)
    enum Kind {
        Choice = int(Preference::Kind::Choice),
        Number = int(Preference::Kind::Number),
        Switch = int(Preference::Kind::Switch),
    };
    Q_ENUM(Kind)

    explicit Preferences(QObject *parent = nullptr);
    ~Preferences() override;

    [[nodiscard]] QString file() const;
    void setFile(const QString &file);
    [[nodiscard]] QString search() const;
    void setSearch(const QString &search);
    [[nodiscard]] ServerBook *servers() const;
    void setServers(ServerBook *servers);
    [[nodiscard]] SavedFilters *savedFilters() const;
    void setSavedFilters(SavedFilters *filters);
    [[nodiscard]] AlarmSettings *alarmSettings() const;
    void setAlarmSettings(AlarmSettings *settings);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE [[nodiscard]] QVariant value(const QString &key) const;
    /// False where there is no such setting, or it may not be that.
    Q_INVOKABLE bool set(const QString &key, const QVariant &value);
    /// One of a choice, by its place.
    Q_INVOKABLE bool choose(const QString &key, int choice);
    Q_INVOKABLE void reset(const QString &key);
    Q_INVOKABLE void resetAll();
    /// The program can do what this setting is about, which is not there otherwise.
    void offer(const QString &key);
    /// For this run only, as a command line does.
    void override(const QString &key, const QVariant &value);

    /// Writes all settings, servers, saved filters and what calls, without tokens, to a file that
    /// is not there yet, or is one of these. `told` says what came of it, and whether it worked.
    Q_INVOKABLE void exportTo(const QString &fileName);
    /// Reads such a file. All of it is taken, or nothing: a file with a mistake changes nothing.
    /// Servers and filters that are not there yet are added; of what it does not name nothing is
    /// changed.
    Q_INVOKABLE void importFrom(const QString &fileName);
    /// Where a file is looked for and written that is named without a directory.
    Q_INVOKABLE [[nodiscard]] QString usualFile() const;

    [[nodiscard]] QString theme() const;
    [[nodiscard]] QString contrast() const;
    [[nodiscard]] QString colorVision() const;
    [[nodiscard]] int textPercent() const;
    [[nodiscard]] QString reducedMotion() const;
    [[nodiscard]] int order() const;
    [[nodiscard]] int group() const;
    [[nodiscard]] bool keepsLists() const;
    [[nodiscard]] bool ownGateway() const;
    [[nodiscard]] bool isUsual() const;
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void fileChanged();
    void searchChanged();
    void serversChanged();
    void savedFiltersChanged();
    void alarmSettingsChanged();
    void valuesChanged();
    void problemChanged();
    void told(const QString &sentence, bool worked);

private:
    [[nodiscard]] int chosen(const QString &key) const;
    void load();
    void filter();
    void store(const QString &key);
    void setProblem(const QString &problem);
    /// Why any of what is imported is for now only.
    [[nodiscard]] QString importProblem() const;
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] Expected<int> takeJson(const QJsonObject &object);

    QString m_file;
    QString m_search;
    QString m_problem;
    QPointer<ServerBook> m_servers;
    QPointer<SavedFilters> m_savedFilters;
    QPointer<AlarmSettings> m_alarmSettings;
    QHash<QString, QVariant> m_values;
    QHash<QString, QVariant> m_overridden;
    QSet<QString> m_offered;
    /// Places in the table.
    std::vector<std::size_t> m_found;
};

} // namespace tocsin
