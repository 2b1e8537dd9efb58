// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include <QFont>
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

/// Buttons and fields have the font that the program chose, as all other text has.
class ControlFontTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isThatOfTheProgram()
    {
        const QString family = u"Of the program"_s;
        QGuiApplication::setFont(QFont(family));
        QQmlEngine engine;
        engine.addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
        QQmlComponent component(&engine);
        component.setData("import QtQuick\n"
                          "import Tocsin\n"
                          "Item {\n"
                          "    LiveDashboard { visible: false }\n"
                          "    ActionButton { objectName: \"button\"; text: \"Stop\" }\n"
                          "}\n",
            {});
        const std::unique_ptr<QObject> made(component.create());
        QVERIFY2(made, qPrintable(component.errorString()));
        const auto *const button = made->findChild<QObject *>(u"button"_s);
        QVERIFY(button);
        QCOMPARE(button->property("font").value<QFont>().family(), family);
    }
};

QTEST_MAIN(ControlFontTest)
#include "tst_controlfont.moc"
