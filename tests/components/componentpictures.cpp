// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT

// Takes the pictures of docs/components.md: each example as it stands, at a gateway that has
// something to show.
//
//   component_pictures EXAMPLES GATEWAY OUTPUT     directory, address of a WebSocket, directory
#include <QDir>
#include <QFile>
#include <QFont>
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickView>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

/// What has not arrived yet is no picture of anything.
bool isArrived(const QObject &object)
{
    const auto children = object.findChildren<QObject *>();
    for (const QObject *const child : children) {
        if (QLatin1StringView(child->metaObject()->className()).contains("LiveFeed"_L1)
            && (!child->property("live").toBool()
                || child->property("incidents").value<QObject *>()->property("count").toInt() < 7))
            return false;
    }
    return true;
}

bool takePicture(const QString &example, const QByteArray &gateway, const QString &output)
{
    QFile file(example);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    QByteArray source = file.readAll();
    source.replace("ws://127.0.0.1:8787/ws", gateway);

    QQuickView view;
    view.engine()->addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
    view.engine()->addImportPath(u"qrc:/qt/qml"_s);
    QQmlComponent component(view.engine());
    component.setData(source, QUrl::fromLocalFile(example));
    QObject *const root = component.create();
    if (!root) {
        std::fprintf(stderr, "%s\n", qPrintable(component.errorString()));
        return false;
    }
    view.setContent(QUrl::fromLocalFile(example), &component, root);
    view.show();
    if (!QTest::qWaitForWindowExposed(&view)
        || !QTest::qWaitFor([&] { return isArrived(*root); }, patience))
        return false;
    // Until it stands still: what fades in has done so.
    QImage picture;
    const auto isStill = [&] {
        const QImage now = view.grabWindow();
        return std::exchange(picture, now) == now;
    };
    return QTest::qWaitFor(isStill, patience) && picture.save(output);
}

} // namespace

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    // As the program has it, and as docs/components.md says.
    QFont font = QGuiApplication::font();
    font.setFamilies({u"Inter"_s, font.family()});
    QGuiApplication::setFont(font);
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() != 4) {
        std::fputs("component_pictures EXAMPLES GATEWAY OUTPUT\n", stderr);
        return 2;
    }
    const QDir examples(arguments[1]);
    const QDir output(arguments[3]);
    int status = 0;
    for (const QString &name : examples.entryList({u"*.qml"_s}, QDir::Files, QDir::Name)) {
        const QString picture = output.filePath(QString(name).replace(u".qml"_s, u".png"_s));
        if (!takePicture(examples.filePath(name), arguments[2].toUtf8(), picture)) {
            std::fprintf(stderr, "There is no picture of %s.\n", qPrintable(name));
            status = 1;
        }
    }
    return status;
}
