// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "autostart.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

class AutostartTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isOffUntilItIsTurnedOn();
    void startsTheProgramAsADesktopDoes();
    void agreesWithTheDesktop_data();
    void agreesWithTheDesktop();
    void keepsWhatThePersonAdded();
    void startsTheProgramWhereItIsNow();
    void saysWhichFileCannotBeWritten();

private:
    [[nodiscard]] QString file() const
    {
        return m_directory->filePath(u"autostart/io.github.tocsin.Tocsin.desktop"_s);
    }
    [[nodiscard]] Autostart autostart(const QString &program = u"/usr/bin/tocsin"_s) const
    {
        return {m_directory->filePath(u"autostart"_s), program};
    }
    void write(const QString &name, const QByteArray &content) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(name).path()));
        QFile opened(name);
        QVERIFY(opened.open(QIODevice::WriteOnly));
        QCOMPARE(opened.write(content), content.size());
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile opened(file());
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void AutostartTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void AutostartTest::isOffUntilItIsTurnedOn()
{
    QVERIFY(!autostart().isOn());
    QVERIFY(autostart().set(false));
    QVERIFY(!QFile::exists(file()));
    QVERIFY(autostart().set(true));
    QVERIFY(autostart().isOn());
    QVERIFY(autostart().set(true));
    QVERIFY(autostart().set(false));
    QVERIFY(!autostart().isOn());
    QVERIFY(autostart().set(true));
    QVERIFY(autostart().isOn());
}

// GLib reads the file as desktops do, whatever the program is called.
void AutostartTest::startsTheProgramAsADesktopDoes()
{
    const QString gio = QStandardPaths::findExecutable(u"gio"_s);
    if (gio.isEmpty())
        QSKIP("gio is not installed");
    const QString program = m_directory->filePath(u"a \"$HOME\" `b` \\c d/tocsin"_s);
    const QString mark = m_directory->filePath(u"mark"_s);
    write(program, "#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" >" + mark.toUtf8() + '\n');
    QVERIFY(QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(autostart(program).set(true));
    QProcess launch;
    launch.setProcessChannelMode(QProcess::MergedChannels);
    launch.start(gio, {u"launch"_s, file()});
    QVERIFY(launch.waitForFinished());
    QVERIFY2(launch.exitCode() == 0, launch.readAll() + content());
    const auto said = [&] {
        QFile opened(mark);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    };
    QTRY_COMPARE(said(), QByteArray("0|"));
}

void AutostartTest::agreesWithTheDesktop_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("on");
    QTest::newRow("nothing said") << QByteArray() << true;
    QTest::newRow("hidden") << QByteArray("Hidden=true\n") << false;
    QTest::newRow("not hidden") << QByteArray("Hidden=false\n") << true;
    QTest::newRow("off in GNOME") << QByteArray("X-GNOME-Autostart-enabled=false\n") << false;
    QTest::newRow("on in GNOME") << QByteArray("X-GNOME-Autostart-enabled=true\n") << true;
}

void AutostartTest::agreesWithTheDesktop()
{
    QFETCH(const QByteArray, line);
    QFETCH(const bool, on);
    QVERIFY(autostart().set(true));
    write(file(), content() + line);
    QCOMPARE(autostart().isOn(), on);
    QVERIFY(autostart().set(!on));
    QCOMPARE(autostart().isOn(), !on);
    QVERIFY(autostart().set(on));
    QCOMPARE(autostart().isOn(), on);
}

void AutostartTest::keepsWhatThePersonAdded()
{
    const QByteArray own = "[Desktop Entry]\nType=Application\nName=Tocsin\n"
                           "Exec=tocsin --theme light\nX-GNOME-Autostart-Delay=10\n";
    write(file(), own);
    QVERIFY(autostart().isOn());
    QVERIFY(autostart().set(false));
    QVERIFY(autostart().set(true));
    QCOMPARE(content(), own);
}

// First built, and installed later.
void AutostartTest::startsTheProgramWhereItIsNow()
{
    const QString before = m_directory->filePath(u"build/tocsin"_s);
    QVERIFY(QDir().mkpath(m_directory->filePath(u"build"_s)));
    write(before, "");
    QVERIFY(autostart(before).set(true));
    write(file(), content() + "X-GNOME-Autostart-Delay=10\n");
    const QByteArray whole = content();
    QVERIFY(autostart().set(true));
    QCOMPARE(content(), whole);
    QVERIFY(QFile::remove(before));
    QVERIFY(autostart().set(true));
    QVERIFY(!content().contains(before.toUtf8()));
    QCOMPARE(content().count("Exec="), 1);
    QVERIFY(content().contains("X-GNOME-Autostart-Delay=10\n"));
    QVERIFY(autostart().isOn());
}

void AutostartTest::saysWhichFileCannotBeWritten()
{
    write(m_directory->filePath(u"autostart"_s), "in the way");
    const auto failed = autostart().set(true);
    QVERIFY(!failed);
    QVERIFY2(failed.error().message.contains(file()), qPrintable(failed.error().message));
    QVERIFY(!autostart().isOn());
}

QTEST_GUILESS_MAIN(AutostartTest)
#include "tst_autostart.moc"
