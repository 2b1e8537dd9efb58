// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDesktopServices>
#include <QObject>
#include <QStringList>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

/// In place of the system's browser, mail program and file manager while it lives: what they were
/// asked to open.
class OpenedLinks : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QStringList urls MEMBER m_urls NOTIFY changed)

public:
    explicit OpenedLinks(QObject *parent = nullptr)
        : QObject(parent)
    {
        for (const QString &scheme : schemes())
            QDesktopServices::setUrlHandler(scheme, this, "take");
    }
    ~OpenedLinks() override
    {
        for (const QString &scheme : schemes())
            QDesktopServices::unsetUrlHandler(scheme);
    }

public Q_SLOTS:
    void take(const QUrl &url)
    {
        m_urls.append(url.toString());
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    static QStringList schemes()
    {
        return {QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("mailto"),
            QStringLiteral("file")};
    }

    QStringList m_urls;
};
