// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/passingkeys.h"

#include <QKeyEvent>

namespace tocsin {

QQuickItem *PassingKeys::past() const
{
    return m_past;
}

void PassingKeys::setPast(QQuickItem *past)
{
    if (m_past == past)
        return;
    if (m_past)
        m_past->removeEventFilter(this);
    m_past = past;
    if (m_past)
        m_past->installEventFilter(this);
    Q_EMIT pastChanged();
}

bool PassingKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_past || event->type() != QEvent::ShortcutOverride)
        return QObject::eventFilter(watched, event);
    // Ctrl+C is still the text's own.
    const auto *const key = static_cast<QKeyEvent *>(event);
    if ((key->modifiers() & ~Qt::ShiftModifier) != Qt::NoModifier)
        return QObject::eventFilter(watched, event);
    event->ignore();
    return true;
}

} // namespace tocsin
