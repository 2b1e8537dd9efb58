// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/readingorder.h"

#include <QAccessible>
#include <QQuickWindow>

#include <algorithm>

namespace tocsin {

ReadingOrder::ReadingOrder(QQuickItem *parent)
    : QQuickItem(parent)
{
}

QQuickItem *ReadingOrder::rows() const
{
    return m_rows;
}

void ReadingOrder::setRows(QQuickItem *rows)
{
    if (m_rows == rows)
        return;
    m_rows = rows;
    Q_EMIT rowsChanged();
}

void ReadingOrder::itemChange(ItemChange change, const ItemChangeData &data)
{
    if (change == ItemSceneChange) {
        disconnect(m_beforeFrame);
        if (data.window) {
            m_beforeFrame
                = connect(data.window, &QQuickWindow::afterAnimating, this, &ReadingOrder::arrange);
        }
    }
    QQuickItem::itemChange(change, data);
}

void ReadingOrder::arrange()
{
    if (!m_rows || !QAccessible::isActive())
        return;
    QList<QQuickItem *> items = m_rows->childItems();
    if (std::ranges::is_sorted(items, {}, &QQuickItem::y))
        return;
    std::ranges::stable_sort(items, {}, &QQuickItem::y);
    for (qsizetype i = 1; i < items.size(); ++i)
        items[i]->stackAfter(items[i - 1]);
}

} // namespace tocsin
