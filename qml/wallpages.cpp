// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/wallpages.h"

namespace tocsin {

int WallPages::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_pages.size());
}

QVariant WallPages::data(const QModelIndex &index, int role) const
{
    if (role != PageRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return QVariant::fromValue(m_pages[index.row()]);
}

QHash<int, QByteArray> WallPages::roleNames() const
{
    return {{PageRole, "page"}};
}

void WallPages::setPages(const QList<WallPage *> &pages)
{
    const QList<WallPage *> before = m_pages;
    replace(pages);
    for (WallPage *const page : before) {
        if (!pages.contains(page) && page->parent() == this)
            page->deleteLater();
    }
}

void WallPages::add(WallPage *page)
{
    replace(m_pages + QList<WallPage *>{page});
}

void WallPages::replace(const QList<WallPage *> &pages)
{
    beginResetModel();
    for (WallPage *const page : m_pages)
        disconnect(page, nullptr, this, nullptr);
    m_pages = pages;
    for (WallPage *const page : m_pages) {
        if (!page->parent())
            page->setParent(this);
        connect(page, &WallPage::changed, this, &WallPages::countChanged);
        connect(page, &QObject::destroyed, this, [this, page] {
            QList<WallPage *> left = m_pages;
            left.removeAll(page);
            // Of what is being destroyed nothing is disconnected any more.
            beginResetModel();
            m_pages = left;
            endResetModel();
            Q_EMIT countChanged();
        });
    }
    endResetModel();
    Q_EMIT countChanged();
}

QQmlListProperty<WallPage> WallPages::declaredPages()
{
    using List = QQmlListProperty<WallPage>;
    return {this, nullptr,
        [](List *list, WallPage *page) { static_cast<WallPages *>(list->object)->add(page); },
        [](List *list) { return static_cast<WallPages *>(list->object)->m_pages.size(); },
        [](List *list, qsizetype place) {
            return static_cast<WallPages *>(list->object)->m_pages.at(place);
        },
        [](List *list) { static_cast<WallPages *>(list->object)->setPages({}); }};
}

} // namespace tocsin
