// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/preferences.h"

#include "qml/settingsfile_p.h"

#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

QString translated(const char *text)
{
    return Preferences::tr(text);
}

} // namespace

Preferences::Preferences(QObject *parent)
    : QAbstractListModel(parent)
{
    load();
    filter();
}

Preferences::~Preferences() = default;

QString Preferences::file() const
{
    return m_file;
}

void Preferences::setFile(const QString &file)
{
    if (std::exchange(m_file, file) == file)
        return;
    beginResetModel();
    load();
    endResetModel();
    setProblem({});
    Q_EMIT fileChanged();
    Q_EMIT valuesChanged();
}

QString Preferences::search() const
{
    return m_search;
}

void Preferences::setSearch(const QString &search)
{
    if (std::exchange(m_search, search) == search)
        return;
    beginResetModel();
    filter();
    endResetModel();
    Q_EMIT searchChanged();
}

ServerBook *Preferences::servers() const
{
    return m_servers;
}

void Preferences::setServers(ServerBook *servers)
{
    if (m_servers == servers)
        return;
    m_servers = servers;
    Q_EMIT serversChanged();
}

SavedFilters *Preferences::savedFilters() const
{
    return m_savedFilters;
}

void Preferences::setSavedFilters(SavedFilters *filters)
{
    if (m_savedFilters == filters)
        return;
    m_savedFilters = filters;
    Q_EMIT savedFiltersChanged();
}

AlarmSettings *Preferences::alarmSettings() const
{
    return m_alarmSettings;
}

void Preferences::setAlarmSettings(AlarmSettings *settings)
{
    if (m_alarmSettings == settings)
        return;
    m_alarmSettings = settings;
    Q_EMIT alarmSettingsChanged();
}

int Preferences::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_found.size());
}

QVariant Preferences::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Preference &entry = preferenceTable()[m_found[std::size_t(index.row())]];
    QVariant current = value(QString::fromLatin1(entry.key));
    switch (role) {
    case KeyRole: return QString::fromLatin1(entry.key);
    case KindRole: return int(entry.kind);
    case Qt::DisplayRole:
    case TitleRole: return translated(entry.title);
    case ExplanationRole: return translated(entry.explanation);
    case ValueRole: return current;
    case ChoicesRole: {
        QStringList names;
        for (const auto &choice : entry.choices)
            names.append(translated(choice.second));
        return names;
    }
    case ChosenRole: return chosenOf(entry, current);
    case MinimumRole: return entry.minimum;
    case MaximumRole: return entry.maximum;
    case StepRole: return entry.step;
    case ChangedRole: return current != entry.usual;
    default: return {};
    }
}

QHash<int, QByteArray> Preferences::roleNames() const
{
    return {{KeyRole, "key"}, {KindRole, "kind"}, {TitleRole, "title"},
        {ExplanationRole, "explanation"}, {ValueRole, "value"}, {ChoicesRole, "choices"},
        {ChosenRole, "chosen"}, {MinimumRole, "minimum"}, {MaximumRole, "maximum"},
        {StepRole, "step"}, {ChangedRole, "changed"}};
}

void Preferences::load()
{
    const auto kept = settingsIn(m_file);
    kept->beginGroup(u"preferences"_s);
    m_values.clear();
    for (const Preference &entry : preferenceTable()) {
        const QString key = QString::fromLatin1(entry.key);
        m_values.insert(key, acceptedValue(entry, kept->value(key)).value_or(entry.usual));
    }
}

void Preferences::filter()
{
    const QStringList wanted = m_search.split(u' ', Qt::SkipEmptyParts);
    m_found.clear();
    for (std::size_t i = 0; i < preferenceTable().size(); ++i) {
        const Preference &entry = preferenceTable()[i];
        if (entry.onlyWhereOffered && !m_offered.contains(QString::fromLatin1(entry.key)))
            continue;
        QStringList texts{
            translated(entry.title), translated(entry.explanation), translated(entry.otherWords)};
        for (const auto &choice : entry.choices)
            texts.append(translated(choice.second));
        const QString text = texts.join(u' ');
        const bool found = std::ranges::all_of(
            wanted, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
        if (found)
            m_found.push_back(i);
    }
}

QVariant Preferences::value(const QString &key) const
{
    const auto overridden = m_overridden.constFind(key);
    return overridden != m_overridden.constEnd() ? *overridden : m_values.value(key);
}

bool Preferences::set(const QString &key, const QVariant &value)
{
    const Preference *const entry = preferenceOf(key);
    const auto taken = entry ? acceptedValue(*entry, value) : std::nullopt;
    if (!taken)
        return false;
    // Said now, it counts for more than what was said at the start.
    const QVariant before = this->value(key);
    m_overridden.remove(key);
    m_values.insert(key, *taken);
    store(key);
    if (before == *taken)
        return true;
    for (int row = 0; row < rowCount(); ++row) {
        if (&preferenceTable()[m_found[std::size_t(row)]] == entry)
            Q_EMIT dataChanged(index(row), index(row), {ValueRole, ChosenRole, ChangedRole});
    }
    Q_EMIT valuesChanged();
    return true;
}

bool Preferences::choose(const QString &key, int choice)
{
    const Preference *const entry = preferenceOf(key);
    if (!entry || choice < 0 || choice >= int(entry->choices.size()))
        return false;
    return set(key, QString::fromLatin1(entry->choices[std::size_t(choice)].first));
}

void Preferences::reset(const QString &key)
{
    if (const Preference *const entry = preferenceOf(key))
        set(key, entry->usual);
}

void Preferences::resetAll()
{
    for (const Preference &entry : preferenceTable())
        reset(QString::fromLatin1(entry.key));
}

void Preferences::offer(const QString &key)
{
    beginResetModel();
    m_offered.insert(key);
    filter();
    endResetModel();
    Q_EMIT searchChanged();
}

void Preferences::override(const QString &key, const QVariant &value)
{
    const Preference *const entry = preferenceOf(key);
    const auto taken = entry ? acceptedValue(*entry, value) : std::nullopt;
    if (!taken)
        return;
    m_overridden.insert(key, *taken);
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT valuesChanged();
}

void Preferences::store(const QString &key)
{
    const auto kept = settingsIn(m_file);
    kept->beginGroup(u"preferences"_s);
    // What is as usual goes with the program, should another one be usual some day.
    if (m_values.value(key) == preferenceOf(key)->usual)
        kept->remove(key);
    else
        kept->setValue(key, m_values.value(key));
    setProblem(writeSettings(*kept));
}

QString Preferences::problem() const
{
    return m_problem;
}

void Preferences::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}

QString Preferences::theme() const
{
    return value(u"theme"_s).toString();
}

QString Preferences::contrast() const
{
    return value(u"contrast"_s).toString();
}

QString Preferences::colorVision() const
{
    return value(u"colorVision"_s).toString();
}

int Preferences::textPercent() const
{
    return value(u"textSize"_s).toInt();
}

QString Preferences::reducedMotion() const
{
    return value(u"reducedMotion"_s).toString();
}

int Preferences::chosen(const QString &key) const
{
    return chosenOf(*preferenceOf(key), value(key));
}

int Preferences::order() const
{
    return chosen(u"sort"_s);
}

int Preferences::group() const
{
    return chosen(u"group"_s);
}

bool Preferences::keepsLists() const
{
    return value(u"keepLists"_s).toBool();
}

bool Preferences::ownGateway() const
{
    return value(u"ownGateway"_s).toBool();
}

bool Preferences::isUsual() const
{
    return std::ranges::all_of(preferenceTable(), [this](const Preference &entry) {
        return value(QString::fromLatin1(entry.key)) == entry.usual;
    });
}

} // namespace tocsin
