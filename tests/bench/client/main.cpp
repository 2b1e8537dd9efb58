// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What SocketClient costs beside a QWebSocket that only counts, and beside Node's ws with
// JSON.parse: the same stream from the same sender, in one run.
//
//   bench_client [--messages N] [--paced-seconds S] [--idle-seconds S] [--rounds R]
//
// Goals: a blast at 60 % of the bare socket's rate or better, and 3 times Node's; at 10,000
// messages a second a sixth of Node's processor time, delayed by 16 ms at most.
#include "receivers.h"
#include "sender.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>
#include <cstdio>
#include <map>
#include <thread>
#include <vector>

using namespace tocsin::bench;
using namespace Qt::StringLiterals;

namespace {

QJsonObject receive(const QString &kind, const Stream &stream, qint64 argument)
{
    const Sender sender;
    std::thread serving([&] { sender.serve(stream); });
    const QString url = u"ws://127.0.0.1:%1/"_s.arg(sender.port());
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    if (kind == u"node") {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NODE_PATH"_s, u"/usr/share/nodejs"_s);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(TOCSIN_NODE),
            {QStringLiteral(TOCSIN_BENCH_DIR "/receiver.js"), url, QString::number(argument)});
    } else {
        process.start(QCoreApplication::applicationFilePath(),
            {u"--receive"_s, kind, url, QString::number(argument)});
    }
    process.waitForFinished(-1);
    serving.join();
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

double rate(const QJsonObject &result)
{
    return result[u"messages"].toDouble() / result[u"seconds"].toDouble();
}

double microsecondsAMessage(const QJsonObject &result)
{
    return result[u"cpu"].toDouble() * 1e6 / result[u"messages"].toDouble();
}

// The rounds of the three take turns, so that a busy machine is busy for all of them; the best of
// each is what it can do.
void blast(qint64 messages, int rounds)
{
    std::printf("Blast of %lld messages of 200 bytes, best of %d:\n",
        static_cast<long long>(messages), rounds);
    std::map<QString, QJsonObject> best;
    for (int round = 0; round < rounds; ++round) {
        for (const QString &kind : {u"bare"_s, u"typed"_s, u"node"_s}) {
            const QJsonObject result = receive(kind, {.messages = messages}, messages);
            if (!best.contains(kind) || rate(result) > rate(best[kind]))
                best[kind] = result;
        }
    }
    for (const auto &[kind, result] : best) {
        std::printf("  %-6s %10.0f messages/s  %.3f us of processor a message\n", qPrintable(kind),
            rate(result), microsecondsAMessage(result));
    }
    std::printf("  typed / bare %.2f (goal 0.60)   typed / node %.2f (goal 3.00)\n",
        rate(best[u"typed"_s]) / rate(best[u"bare"_s]),
        rate(best[u"typed"_s]) / rate(best[u"node"_s]));
    std::printf("  typed: %lld KiB resident after a tenth, %lld KiB at the end\n",
        static_cast<long long>(best[u"typed"_s][u"residentEarlyKiB"].toInteger()),
        static_cast<long long>(best[u"typed"_s][u"residentKiB"].toInteger()));
}

void paced(int seconds)
{
    constexpr int messagesASecond = 10'000;
    const qint64 messages = qint64(seconds) * messagesASecond;
    std::printf("Paced at %d messages/s for %d s:\n", messagesASecond, seconds);
    std::map<QString, QJsonObject> results;
    for (const QString &kind : {u"bare"_s, u"typed"_s, u"node"_s}) {
        const auto result
            = receive(kind, {.messages = messages, .rate = messagesASecond}, messages);
        results[kind] = result;
        std::printf("  %-6s %.3f us of processor a message, delayed by %.2f ms (99 %%: %.2f ms)\n",
            qPrintable(kind), microsecondsAMessage(result), result[u"delay50"].toDouble(),
            result[u"delay99"].toDouble());
    }
    std::printf("  typed / node %.3f of the processor (goal 0.167)\n",
        microsecondsAMessage(results[u"typed"_s]) / microsecondsAMessage(results[u"node"_s]));
}

void idle(qint64 seconds)
{
    const auto result = receive(u"idle"_s, {.messages = 0}, seconds);
    std::printf("Idle for %lld s: %lld wake-ups\n", static_cast<long long>(seconds),
        static_cast<long long>(result[u"wakeUps"].toInteger()));
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 5 && arguments[1] == u"--receive") {
        const QUrl url(arguments[3]);
        const qint64 argument = arguments[4].toLongLong();
        if (arguments[2] == u"bare")
            return receiveBare(url, argument);
        if (arguments[2] == u"typed")
            return receiveTyped(url, argument);
        return stayIdle(url, argument);
    }
    QCommandLineParser parser;
    parser.addOption({u"messages"_s, u"Messages of the blast."_s, u"N"_s, u"2000000"_s});
    parser.addOption({u"rounds"_s, u"Rounds of the blast."_s, u"R"_s, u"3"_s});
    parser.addOption({u"paced-seconds"_s, u"Length of the paced part."_s, u"S"_s, u"5"_s});
    parser.addOption({u"idle-seconds"_s, u"Length of the idle part."_s, u"S"_s, u"60"_s});
    parser.addHelpOption();
    parser.process(application);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const auto number = [&parser](const QString &name) { return parser.value(name).toLongLong(); };
    if (number(u"messages"_s) > 0)
        blast(number(u"messages"_s), int(number(u"rounds"_s)));
    if (number(u"paced-seconds"_s) > 0)
        paced(int(number(u"paced-seconds"_s)));
    if (number(u"idle-seconds"_s) > 0)
        idle(number(u"idle-seconds"_s));
    return 0;
}
