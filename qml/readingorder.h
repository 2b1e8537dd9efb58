// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QPointer>
#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// Lets a screen reader read the rows of a list from top to bottom. A view keeps its rows in the
/// order in which it made them, which is the order that a reader gets.
///
///     ListView { id: list; ReadingOrder { rows: list.contentItem } }
///
/// Before each frame the children of `rows` are put in the order in which they stand. Without a
/// screen reader it does nothing.
class TOCSIN_QML_EXPORT ReadingOrder : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickItem *rows READ rows WRITE setRows NOTIFY rowsChanged REQUIRED)

public:
    explicit ReadingOrder(QQuickItem *parent = nullptr);

    [[nodiscard]] QQuickItem *rows() const;
    void setRows(QQuickItem *rows);

Q_SIGNALS:
    void rowsChanged();

protected:
    void itemChange(ItemChange change, const ItemChangeData &data) override;

private:
    void arrange();

    QPointer<QQuickItem> m_rows;
    QMetaObject::Connection m_beforeFrame;
};

} // namespace tocsin
