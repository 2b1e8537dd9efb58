// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "logoutput.h"

#include <QLoggingCategory>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin {

namespace {

// A message handler is a plain function.
LogFormat outputFormat = LogFormat::Text;
LogLevel outputLevel = LogLevel::Info;
LogTarget outputTarget = LogTarget::Stream;

// systemd says which file its journal is (systemd.exec(5), $JOURNAL_STREAM); what was redirected
// since is another one.
LogTarget targetOfStandardError()
{
    struct stat status = {};
    if (::fstat(STDERR_FILENO, &status) != 0)
        return LogTarget::Stream;
    const QByteArray here
        = QByteArray::number(quint64(status.st_dev)) + ':' + QByteArray::number(status.st_ino);
    return qgetenv("JOURNAL_STREAM") == here ? LogTarget::Journal : LogTarget::Stream;
}

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return LogLevel::Debug;
    case QtInfoMsg: return LogLevel::Info;
    case QtWarningMsg: return LogLevel::Warning;
    default: return LogLevel::Error;
    }
}

// In one piece where the system takes it so: threads write at the same time.
void writeAll(QByteArrayView line)
{
    while (!line.isEmpty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), std::size_t(line.size()));
        if (written < 0 && errno != EINTR)
            return; // nobody is left to tell
        line = line.sliced(std::max<ssize_t>(written, 0));
    }
}

LogRecord recordOf(LogLevel level, const QString &category, const QString &message)
{
    using namespace std::chrono;
    return {.level = level,
        .category = category,
        .message = message,
        .at = time_point_cast<milliseconds>(system_clock::now())};
}

void writeMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const LogLevel level = levelOf(type);
    if (level < outputLevel)
        return;
    const LogRecord record = recordOf(level, QString::fromUtf8(context.category), message);
    writeAll(renderLogRecord(record, outputFormat, outputTarget));
}

} // namespace

void installLogOutput(LogFormat format, LogLevel level)
{
    outputFormat = format;
    outputLevel = level;
    outputTarget = targetOfStandardError();
    // The category's own default is quiet.
    QString rules;
    for (const auto &[known, name] : EnumNames<LogLevel>::entries) {
        // Errors are Qt's `critical`.
        if (known >= level && known != LogLevel::Error)
            rules += QStringLiteral("tocsin.gateway.%1=true\n")
                         .arg(QLatin1StringView(name.data(), qsizetype(name.size())));
    }
    QLoggingCategory::setFilterRules(rules);
    qInstallMessageHandler(writeMessage);
}

void tellOfFailure(const QString &message)
{
    const LogTarget target = targetOfStandardError();
    if (outputFormat == LogFormat::Text && target == LogTarget::Stream)
        return writeAll("tocsin-gateway: " + message.toUtf8() + '\n');
    writeAll(renderLogRecord(recordOf(LogLevel::Error, QStringLiteral("tocsin.gateway"),
                                 logLine("gateway.failed", {{"error", message}})),
        outputFormat, target));
}

} // namespace tocsin
