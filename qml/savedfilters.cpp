// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/savedfilters.h"

#include "qml/settingsfile_p.h"

#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

constexpr std::chrono::milliseconds shortestRest{100};
// How long of a frame is counted, and how long then not.
constexpr std::chrono::milliseconds slice{4};
constexpr std::chrono::milliseconds betweenSlices{8};

std::optional<IncidentFilter> parsed(const QString &text)
{
    auto filter = IncidentFilter::parse(text);
    return filter ? std::optional(*filter) : std::nullopt;
}

} // namespace

SavedFilters::SavedFilters(QObject *parent)
    : QAbstractListModel(parent)
    , m_rest(shortestRest)
{
    m_countTimer.setSingleShot(true);
    connect(&m_countTimer, &QTimer::timeout, this, &SavedFilters::countNext);
    load();
}

SavedFilters::~SavedFilters() = default;

IncidentModel *SavedFilters::incidents() const
{
    return m_incidents;
}

void SavedFilters::setIncidents(IncidentModel *incidents)
{
    if (m_incidents == incidents)
        return;
    if (m_incidents)
        m_incidents->disconnect(this);
    m_incidents = incidents;
    if (m_incidents) {
        connect(m_incidents, &IncidentModel::countChanged, this, &SavedFilters::countLater);
        connect(m_incidents, &IncidentModel::meChanged, this, &SavedFilters::countLater);
        connect(m_incidents, &QAbstractItemModel::dataChanged, this, &SavedFilters::countLater);
        // Of what its filter hides, nothing else tells.
        connect(m_incidents, &IncidentModel::caughtUp, this, &SavedFilters::countLater);
    }
    countAnew();
    Q_EMIT incidentsChanged();
}

QString SavedFilters::file() const
{
    return m_file;
}

void SavedFilters::setFile(const QString &file)
{
    if (std::exchange(m_file, file) == file)
        return;
    load();
    Q_EMIT fileChanged();
}

SavedFilters *SavedFilters::beside() const
{
    return m_beside;
}

void SavedFilters::setBeside(SavedFilters *beside)
{
    if (m_beside == beside)
        return;
    if (m_beside) {
        m_beside->disconnect(this);
        disconnect(m_beside);
    }
    m_beside = beside;
    if (beside) {
        connect(beside, &SavedFilters::filtersChanged, this, &SavedFilters::refresh);
        connect(this, &SavedFilters::filtersChanged, beside, &SavedFilters::refresh);
    }
    Q_EMIT besideChanged();
}

int SavedFilters::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_saved.size());
}

QVariant SavedFilters::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Saved &saved = m_saved[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return saved.name;
    case FilterRole: return saved.text;
    case FoundRole: return saved.found;
    default: return {};
    }
}

QHash<int, QByteArray> SavedFilters::roleNames() const
{
    return {{NameRole, "name"}, {FilterRole, "filter"}, {FoundRole, "found"}};
}

std::vector<SavedFilters::Saved> SavedFilters::read() const
{
    std::vector<Saved> saved;
    const auto kept = settingsIn(m_file);
    const int size = std::min(kept->beginReadArray(u"filters"_s), most);
    for (int i = 0; i < size; ++i) {
        kept->setArrayIndex(i);
        const QString text = kept->value(u"filter"_s).toString();
        saved.push_back(
            {.name = kept->value(u"name"_s).toString(), .text = text, .filter = parsed(text)});
    }
    return saved;
}

void SavedFilters::load()
{
    beginResetModel();
    m_saved = read();
    endResetModel();
    countAnew();
    Q_EMIT countChanged();
}

void SavedFilters::refresh()
{
    const auto isSame = [](const Saved &one, const Saved &other) {
        return one.name == other.name && one.text == other.text;
    };
    if (std::ranges::equal(read(), m_saved, isSame))
        return;
    load();
    Q_EMIT filtersChanged();
}

QString SavedFilters::problem() const
{
    return m_problem;
}

void SavedFilters::store()
{
    const auto kept = settingsIn(m_file);
    kept->remove(u"filters"_s);
    kept->beginWriteArray(u"filters"_s, int(m_saved.size()));
    for (std::size_t i = 0; i < m_saved.size(); ++i) {
        kept->setArrayIndex(int(i));
        kept->setValue(u"name"_s, m_saved[i].name);
        kept->setValue(u"filter"_s, m_saved[i].text);
    }
    kept->endArray();
    const QString problem = writeSettings(*kept);
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}

void SavedFilters::save(const QString &name, const QString &filter)
{
    const QString trimmed = name.simplified();
    const auto what = parsed(filter);
    if (trimmed.isEmpty() || !what || what->isEmpty())
        return;
    take({Named{trimmed, filter}});
}

void SavedFilters::take(const std::vector<Named> &filters)
{
    refresh();
    for (const Named &filter : filters)
        put(filter);
    keep();
}

void SavedFilters::put(const Named &filter)
{
    const auto what = parsed(filter.filter);
    if (!what)
        return;
    const auto same = std::ranges::find(m_saved, filter.name, &Saved::name);
    const int row = int(same - m_saved.begin());
    if (same != m_saved.end()) {
        *same = {.name = filter.name, .text = what->toString(), .filter = what};
        Q_EMIT dataChanged(index(row), index(row), {FilterRole, FoundRole});
    } else if (row < most) {
        beginInsertRows({}, row, row);
        m_saved.push_back({.name = filter.name, .text = what->toString(), .filter = what});
        endInsertRows();
        Q_EMIT countChanged();
    }
}

void SavedFilters::keep()
{
    store();
    countAnew();
    Q_EMIT filtersChanged();
}

void SavedFilters::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    const QString name = m_saved[std::size_t(row)].name;
    refresh();
    const auto found = std::ranges::find(m_saved, name, &Saved::name);
    if (found == m_saved.end())
        return;
    const int place = int(found - m_saved.begin());
    beginRemoveRows({}, place, place);
    m_saved.erase(found);
    endRemoveRows();
    store();
    countAnew();
    Q_EMIT countChanged();
    Q_EMIT filtersChanged();
}

int SavedFilters::rowOf(const QString &filter) const
{
    const auto what = parsed(filter);
    if (!what || what->isEmpty())
        return -1;
    const auto found = std::ranges::find(m_saved, what->toString(), &Saved::text);
    return found == m_saved.end() ? -1 : int(found - m_saved.begin());
}

void SavedFilters::countLater()
{
    m_changedMeanwhile = true;
    if (!m_countTimer.isActive())
        m_countTimer.start(m_rest);
}

// The rows, or what they are counted in, are others than before.
void SavedFilters::countAnew()
{
    m_counting.reset();
    countLater();
}

// One that is under way goes to its end, whatever changes meanwhile: begun anew with each change,
// it would never come to one.
void SavedFilters::countNext()
{
    if (!m_incidents)
        return;
    QElapsedTimer taken;
    taken.start();
    if (!m_counting) {
        m_changedMeanwhile = false;
        m_counting.emplace().since = taken;
    }
    while (m_incidents && m_counting && m_counting->row < m_saved.size()) {
        const auto left = slice - std::chrono::milliseconds(taken.elapsed());
        const std::size_t row = m_counting->row;
        const auto &filter = m_saved[row].filter;
        if (left <= std::chrono::milliseconds::zero()
            || (filter && !m_incidents->countOn(m_counting->count, *filter, left))) {
            m_countTimer.start(betweenSlices);
            return;
        }
        const int found = filter ? m_counting->count.found : -1;
        m_counting->count = {};
        ++m_counting->row;
        takeFound(row, found);
    }
    if (!m_counting)
        return;
    m_rest = std::max(shortestRest, std::chrono::milliseconds(m_counting->since.elapsed()));
    m_counting.reset();
    if (m_changedMeanwhile)
        m_countTimer.start(m_rest);
}

void SavedFilters::takeFound(std::size_t row, int found)
{
    if (std::exchange(m_saved[row].found, found) == found)
        return;
    const QModelIndex place = index(int(row));
    Q_EMIT dataChanged(place, place, {FoundRole});
}

} // namespace tocsin
