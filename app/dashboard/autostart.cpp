// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "autostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

constexpr QByteArrayView group("[Desktop Entry]");
constexpr QByteArrayView hidden("Hidden=");
constexpr QByteArrayView exec("Exec=");
// GNOME's own word for the same, which others read too.
constexpr QByteArrayView enabled("X-GNOME-Autostart-enabled=");

/// As an argument of `Exec` (Desktop Entry Specification, “The Exec key”): quoted, and what is
/// special escaped twice, as a string of the file is.
QByteArray execArgument(const QString &argument)
{
    QByteArray quoted;
    for (const char character : argument.toUtf8()) {
        if (QByteArrayView("\"`$\\").contains(character))
            quoted += character == '\\' ? "\\\\\\" : "\\\\";
        quoted += character;
        if (character == '%')
            quoted += '%';
    }
    return '"' + quoted + '"';
}

/// That the entry starts a program that was at a certain place, and is there no more. What is found
/// by its name, or told otherwise, is the person's.
bool startsNothing(const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines) {
        if (!line.startsWith(exec))
            continue;
        QByteArray program = line.sliced(exec.size()).trimmed();
        const bool isQuoted = program.startsWith('"');
        if (isQuoted)
            program = program.sliced(1);
        const qsizetype end = program.indexOf(isQuoted ? '"' : ' ');
        program.truncate(end < 0 ? program.size() : end);
        return program.startsWith('/') && !program.contains('\\') && !program.contains('%')
            && !QFile::exists(QFile::decodeName(program));
    }
    return false;
}

QList<QByteArray> linesOf(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> lines = file.readAll().split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

} // namespace

Autostart::Autostart(QString directory, QString program)
    : m_directory(std::move(directory))
    , m_program(std::move(program))
{
}

bool Autostart::isOffered()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    // In a sandbox the directory is not the desktop's.
    return !QFile::exists(u"/.flatpak-info"_s) && qEnvironmentVariableIsEmpty("SNAP");
#else
    return false;
#endif
}

QString Autostart::usualDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/autostart"_s;
}

QString Autostart::fileName() const
{
    return m_directory + u"/io.github.tocsin.Tocsin.desktop"_s;
}

bool Autostart::isOn() const
{
    const QList<QByteArray> lines = linesOf(fileName());
    bool isEntry = false;
    for (const QByteArray &line : lines) {
        isEntry = isEntry || line.trimmed() == group;
        const QByteArray lower = line.trimmed().toLower();
        if (lower == "hidden=true" || lower == "x-gnome-autostart-enabled=false")
            return false;
    }
    return isEntry;
}

Expected<void> Autostart::set(bool on) const
{
    QList<QByteArray> lines = linesOf(fileName());
    const bool isStale = on && startsNothing(lines);
    if (on == isOn() && !isStale)
        return {};
    const auto failed = [this](const QString &reason) {
        return makeError(ErrorCode::StorageFailed,
            QCoreApplication::translate("tocsin::Autostart", "%1 cannot be written: %2")
                .arg(QDir::toNativeSeparators(fileName()), reason));
    };
    lines.removeIf(
        [](const QByteArray &line) { return line.startsWith(hidden) || line.startsWith(enabled); });
    if (!lines.contains(group)) {
        lines = {QByteArray(group.data(), group.size()), "Type=Application", "Name=Tocsin",
            "Icon=io.github.tocsin.Tocsin", "Exec=" + execArgument(m_program)};
    }
    if (isStale) {
        for (QByteArray &line : lines) {
            if (line.startsWith(exec))
                line = exec.toByteArray() + execArgument(m_program);
        }
    }
    // Not removed: what the person has added to it is there when it is on again.
    if (!on)
        lines.insert(lines.indexOf(group) + 1, "Hidden=true");
    if (!QDir().mkpath(m_directory))
        return failed(
            QCoreApplication::translate("tocsin::Autostart", "its directory cannot be made."));
    QSaveFile file(fileName());
    if (!file.open(QIODevice::WriteOnly) || file.write(lines.join('\n') + '\n') < 0
        || !file.commit())
        return failed(file.errorString());
    return {};
}

} // namespace tocsin
