// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Two components in a window of its own: tocsin-example-ownwindow ws://127.0.0.1:8787/ws
#include <qml/translations.h>

#include <QGuiApplication>
#include <QQmlApplicationEngine>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    tocsin::installTranslations();
    const QStringList arguments = QGuiApplication::arguments();

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
    engine.setInitialProperties({{u"server"_s, arguments.value(1, u"ws://127.0.0.1:8787/ws"_s)}});
    engine.load(QUrl(u"qrc:/Main.qml"_s));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
