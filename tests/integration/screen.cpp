// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "screen.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QTcpServer>

namespace {

void collect(const QQuickItem *item, const QString &objectName, QList<QQuickItem *> &found)
{
    for (QQuickItem *const child : item->childItems()) {
        if (!child->isVisible())
            continue;
        if (child->objectName() == objectName)
            found.append(child);
        collect(child, objectName, found);
    }
}

QList<QQuickItem *> visibleItems(const QQuickView &view, const QString &objectName)
{
    QList<QQuickItem *> found;
    if (view.rootObject())
        collect(view.rootObject(), objectName, found);
    return found;
}

} // namespace

Screen::Screen(const QUrl &server, const QStringList &rooms)
{
    view.engine()->addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
    view.engine()->addImportPath(QStringLiteral("qrc:/qt/qml"));
    view.setResizeMode(QQuickView::SizeRootObjectToView);
    view.resize(1280, 720);
    const QUrl here(QStringLiteral("qrc:/screen.qml"));
    auto *const component = new QQmlComponent(view.engine(), &view);
    component->setData("import Tocsin\nLiveDashboard {}", here);
    QObject *const dashboard = component->createWithInitialProperties(
        {{QStringLiteral("server"), server.toString()}, {QStringLiteral("rooms"), rooms}});
    if (!dashboard)
        qFatal("%s", qPrintable(component->errorString()));
    view.setContent(here, component, dashboard);
    view.show();
}

QStringList Screen::titles() const
{
    // By the list's own account: delegates that it keeps for later are items of its too.
    QQuickItem *const list = part(QStringLiteral("incidentList"));
    QStringList titles;
    const int count = list ? list->property("count").toInt() : 0;
    for (int row = 0; row < count; ++row) {
        QQuickItem *item = nullptr;
        QMetaObject::invokeMethod(
            list, "itemAtIndex", Q_RETURN_ARG(QQuickItem *, item), Q_ARG(int, row));
        QList<QQuickItem *> found;
        if (item)
            collect(item, QStringLiteral("rowTitle"), found);
        if (!found.isEmpty())
            titles.append(found.constFirst()->property("text").toString());
    }
    return titles;
}

QString Screen::status() const
{
    const auto words = visibleItems(view, QStringLiteral("statusWord"));
    return words.isEmpty() ? QString() : words.constFirst()->property("text").toString();
}

bool Screen::isAged() const
{
    return !visibleItems(view, QStringLiteral("agedBanner")).isEmpty();
}

QString Screen::emptyHeadline() const
{
    const auto headlines = visibleItems(view, QStringLiteral("emptyHeadline"));
    return headlines.isEmpty() ? QString() : headlines.constFirst()->property("text").toString();
}

QQuickItem *Screen::part(const QString &objectName) const
{
    return visibleItems(view, objectName).value(0);
}

int Http::post(const QUrl &url, const QByteArray &json)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(m_manager.post(request, json));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}
