// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "headlesssway.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;
constexpr uint nobody = 65534;

void collectWindows(const QJsonObject &node, QString output, QStringList &found)
{
    if (node[u"type"_s] == u"output"_s)
        output = node[u"name"_s].toString();
    if (node[u"pid"_s].toInt() > 0)
        found.append(output);
    for (const auto &children : {u"nodes"_s, u"floating_nodes"_s}) {
        for (const auto child : node[children].toArray())
            collectWindows(child.toObject(), output, found);
    }
}

} // namespace

HeadlessSway::HeadlessSway()
    : environment(QProcessEnvironment::systemEnvironment())
{
    for (const auto &name :
        {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QUICK_BACKEND"_s, u"SWAYSOCK"_s})
        environment.remove(name);
    for (const auto &name :
        {u"HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, m_directory.path());
    // Without one a bus would be started that outlives the test.
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
    environment.insert(u"WLR_LIBINPUT_NO_DEVICES"_s, u"1"_s);
    environment.insert(u"WLR_RENDERER"_s, u"pixman"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"LANGUAGE"_s, u"en"_s);
    m_sway.setProcessChannelMode(QProcess::MergedChannels);
    if (::geteuid() == 0
        && ::chown(QFile::encodeName(m_directory.path()).constData(), nobody, nobody) != 0)
        qFatal("no runtime directory for the test");
}

HeadlessSway::~HeadlessSway()
{
    m_sway.terminate();
    if (!m_sway.waitForFinished())
        m_sway.kill();
    m_sway.waitForFinished();
}

QStringList HeadlessSway::missing()
{
    QStringList missing;
    for (const auto &program : {u"sway"_s, u"swaymsg"_s, u"cage"_s, u"Xwayland"_s, u"grim"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            missing.append(program);
    }
    return missing;
}

// The right to read everything is kept: who builds as root does so where nobody else may look.
void HeadlessSway::startUnprivileged(
    QProcess &process, const QProcessEnvironment &environment, const QStringList &command)
{
    process.setProcessEnvironment(environment);
    QStringList whole = command;
    if (::geteuid() == 0) {
        const QString id = QString::number(nobody);
        whole = QStringList{u"setpriv"_s, u"--reuid"_s, id, u"--regid"_s, id, u"--clear-groups"_s,
                    u"--inh-caps"_s, u"+dac_override"_s, u"--ambient-caps"_s, u"+dac_override"_s,
                    u"--"_s}
            + command;
    }
    process.start(whole.constFirst(), whole.mid(1));
}

bool HeadlessSway::start(const QByteArray &configuration, int outputs)
{
    environment.insert(u"WLR_BACKENDS"_s, u"headless"_s);
    environment.insert(u"WLR_HEADLESS_OUTPUTS"_s, QString::number(outputs));
    return start(configuration);
}

bool HeadlessSway::startWithin(const HeadlessSway &outer, const QByteArray &configuration)
{
    environment.insert(u"WLR_BACKENDS"_s, u"wayland"_s);
    environment.insert(u"WAYLAND_DISPLAY"_s, outer.m_directory.filePath(u"wayland-1"_s));
    return start(configuration);
}

bool HeadlessSway::start(const QByteArray &configuration)
{
    environment.insert(u"SWAYSOCK"_s, m_directory.filePath(u"sway.sock"_s));
    QFile file(m_directory.filePath(u"sway.conf"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(configuration) < 0)
        return false;
    file.close();
    startUnprivileged(m_sway, environment, {u"sway"_s, u"--config"_s, file.fileName()});
    return QTest::qWaitFor(
        [&] {
            return QFile::exists(m_directory.filePath(u"wayland-1"_s))
                && QFile::exists(m_directory.filePath(u"sway.sock"_s))
                && !ask({u"-t"_s, u"get_version"_s}).isEmpty();
        },
        patience);
}

void HeadlessSway::startClient(QProcess &process, const QStringList &command) const
{
    auto own = environment;
    own.insert(u"WAYLAND_DISPLAY"_s, u"wayland-1"_s);
    startUnprivileged(process, own, command);
}

QByteArray HeadlessSway::run(const QStringList &command) const
{
    QProcess process;
    startClient(process, command);
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

QByteArray HeadlessSway::ask(const QStringList &arguments) const
{
    return run(QStringList{u"swaymsg"_s, u"--raw"_s} + arguments);
}

QImage HeadlessSway::picture(const QString &output) const
{
    // Little compressed: it is looked at once.
    return QImage::fromData(run({u"grim"_s, u"-l"_s, u"1"_s, u"-o"_s, output, u"-"_s}), "PNG");
}

QStringList HeadlessSway::windows() const
{
    QStringList found;
    const auto tree = QJsonDocument::fromJson(ask({u"-t"_s, u"get_tree"_s}));
    collectWindows(tree.object(), {}, found);
    found.sort();
    return found;
}

QByteArray HeadlessSway::said()
{
    return m_said += m_sway.readAll();
}
