// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include <QDir>
#include <QFile>
#include <QMetaMethod>
#include <QMetaProperty>
#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQmlError>
#include <QQmlExpression>
#include <QQuickItem>
#include <QQuickView>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

const QString root = QStringLiteral(TOCSIN_SOURCE_DIR);

QString content(const QString &name)
{
    QFile file(root + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What the page says of a component, by its name.
QMap<QString, QString> sections()
{
    QMap<QString, QString> found;
    for (const QString &part : content(u"/docs/components.md"_s).split(u"\n## "_s).mid(1))
        found.insert(part.section(u'\n', 0, 0), part);
    return found;
}

/// Those in which there is nothing to be seen: without a picture, and without an example of their
/// own.
const QStringList unseen{u"LiveFeed"_s, u"WallPage"_s};

QStringList seen()
{
    QStringList names = sections().keys();
    names.removeIf([](const QString &name) { return unseen.contains(name); });
    return names;
}

/// The first column of its table, with `()` at the end of signals and methods.
QStringList documented(const QString &section)
{
    static const QRegularExpression row(
        u"^\\| `([A-Za-z]+)(\\([a-z, ]*\\))?` \\|"_s, QRegularExpression::MultilineOption);
    QStringList names;
    for (auto it = row.globalMatch(section); it.hasNext();) {
        const auto match = it.next();
        names.append(match.captured(1) + (match.hasCaptured(2) ? u"()"_s : QString()));
    }
    return names;
}

/// The third column of a table that has defaults, by name, where it is code.
QMap<QString, QString> defaults(const QString &section)
{
    static const QRegularExpression row(
        u"^\\| `([A-Za-z]+)` \\| [^|]* \\| `([^`|]+)` \\| [^|]*\\|$"_s,
        QRegularExpression::MultilineOption);
    QMap<QString, QString> found;
    for (auto it = row.globalMatch(section); it.hasNext();) {
        const auto match = it.next();
        found.insert(match.captured(1), match.captured(2));
    }
    return found;
}

/// That of the component itself: a file that has it as its root is one more beneath.
const QMetaObject *typeNamed(const QObject *object, const QString &name)
{
    const QMetaObject *meta = object->metaObject();
    while (meta && !QString::fromLatin1(meta->className()).startsWith(name + u"_QMLTYPE_"_s))
        meta = meta->superClass();
    return meta;
}

const QMetaObject *findType(const QObject *object, const QString &name)
{
    if (const QMetaObject *const meta = typeNamed(object, name))
        return meta;
    QObjectList children = object->children();
    if (const auto *const item = qobject_cast<const QQuickItem *>(object)) {
        for (QQuickItem *const child : item->childItems())
            children.append(child);
    }
    for (const QObject *const child : children) {
        if (const QMetaObject *const meta = findType(child, name))
            return meta;
    }
    return nullptr;
}

bool hasMethod(const QMetaObject &meta, const QString &name)
{
    for (int i = 0; i < meta.methodCount(); ++i) {
        if (QString::fromLatin1(meta.method(i).name()) == name)
            return true;
    }
    return false;
}

/// What the table names is there, and what can be set is told.
void compare(const QMetaObject &meta, const QString &section)
{
    const QStringList names = documented(section);
    QVERIFY(!names.isEmpty());
    for (const QString &word : names) {
        const bool there = word.endsWith(u"()") ? hasMethod(meta, word.chopped(2))
                                                : meta.indexOfProperty(word.toLatin1()) >= 0;
        QVERIFY2(there, qPrintable(u"there is no %1"_s.arg(word)));
    }
    for (int i = meta.propertyOffset(); i < meta.propertyCount(); ++i) {
        const QMetaProperty property = meta.property(i);
        QVERIFY2(!property.isWritable() || names.contains(QString::fromLatin1(property.name())),
            qPrintable(u"%1 is not told"_s.arg(QString::fromLatin1(property.name()))));
    }
}

} // namespace

/// docs/components.md tells what is there, and its examples run.
class ComponentsPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void hasAnExampleForEach();
    void runsAndTellsWhatIsThere_data();
    void runsAndTellsWhatIsThere();
    void tellsTheDefaults_data();
    void tellsTheDefaults();
};

void ComponentsPageTest::hasAnExampleForEach()
{
    QStringList examples = QDir(root + u"/examples/components"_s).entryList({u"*.qml"_s});
    examples.replaceInStrings(u".qml"_s, QString());
    examples.sort();
    QStringList wanted = seen();
    std::ranges::transform(
        wanted, wanted.begin(), [](const QString &name) { return name.toLower(); });
    wanted.sort();
    QCOMPARE(examples, wanted);
    QVERIFY(examples.size() > 5);
}

void ComponentsPageTest::runsAndTellsWhatIsThere_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : seen())
        QTest::addRow("%s", qPrintable(name)) << name;
}

void ComponentsPageTest::runsAndTellsWhatIsThere()
{
    QFETCH(QString, name);
    const QString section = sections().value(name);
    QVERIFY(section.contains(u"](../examples/components/%1.qml)"_s.arg(name.toLower())));
    // Taken by scripts/screenshots.sh.
    const QString picturePath = u"images/components/%1.png"_s.arg(name.toLower());
    QVERIFY(section.contains(u"](%1)"_s.arg(picturePath)));
    QVERIFY(!QImage(root + u"/docs/"_s + picturePath).isNull());

    QQuickView view;
    view.engine()->addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
    view.engine()->addImportPath(u"qrc:/qt/qml"_s);
    view.setSource(
        QUrl::fromLocalFile(root + u"/examples/components/%1.qml"_s.arg(name.toLower())));
    QCOMPARE(view.status(), QQuickView::Ready);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const QImage picture = view.grabWindow();
    QSet<QRgb> colors;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            colors.insert(picture.pixel(x, y));
    }
    QVERIFY2(colors.size() > 5, "nothing is to be seen in it");

    const QMetaObject *meta = findType(view.rootObject(), name);
    if (!meta) {
        // A singleton is nobody's child.
        QQmlExpression singleton(qmlContext(view.rootObject()), view.rootObject(), name);
        const auto *const only = singleton.evaluate().value<QObject *>();
        meta = only ? typeNamed(only, name) : nullptr;
    }
    QVERIFY2(meta, "the example does not have it");
    compare(*meta, section);
}

void ComponentsPageTest::tellsTheDefaults_data()
{
    QTest::addColumn<QString>("source");
    QTest::newRow("LiveDashboard") << u"LiveDashboard {}"_s;
    QTest::newRow("LiveFeed") << u"LiveFeed {}"_s;
    QTest::newRow("WallPage") << u"WallPage {}"_s;
    QTest::newRow("WallView") << u"WallView { feed: LiveFeed {} pages: WallPages {} }"_s;
}

/// Of the tables with a column for them.
void ComponentsPageTest::tellsTheDefaults()
{
    QFETCH(QString, source);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const QString section = sections().value(name);

    QQmlEngine engine;
    engine.addImportPath(QStringLiteral(TOCSIN_QML_IMPORT_PATH));
    engine.addImportPath(u"qrc:/qt/qml"_s);
    QQmlComponent component(&engine);
    component.setData("import QtQuick\nimport Tocsin\n" + source.toUtf8(), QUrl());
    const std::unique_ptr<QObject> object(component.create());
    QVERIFY2(object, qPrintable(component.errorString()));
    if (unseen.contains(name))
        compare(*object->metaObject(), section);

    const QMap<QString, QString> told = defaults(section);
    QVERIFY(told.size() >= 4);
    for (auto it = told.cbegin(); it != told.cend(); ++it) {
        QQmlExpression isSo(qmlContext(object.get()), object.get(),
            u"JSON.stringify(%1) === JSON.stringify(%2)"_s.arg(it.key(), it.value()));
        QVERIFY2(isSo.evaluate().toBool(),
            qPrintable(u"%1 is not %2 at first"_s.arg(it.key(), it.value())));
        QVERIFY2(!isSo.hasError(), qPrintable(isSo.error().toString()));
    }
    // Each row has its place in it.
    static const QRegularExpression row(
        u"^\\| `([^`]+)` \\|(?:[^|]*\\|){3}$"_s, QRegularExpression::MultilineOption);
    QCOMPARE(section.count(row), documented(section).size());
}

QTEST_MAIN(ComponentsPageTest)
#include "tst_componentspage.moc"
