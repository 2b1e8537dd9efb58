// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "receivers.h"

#include "client/socketclient.h"
#include "protocol/messages.h"
#include "sender.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>
#include <QWebSocket>

#include <algorithm>
#include <cstdio>
#include <sys/resource.h>
#include <vector>

namespace tocsin::bench {

namespace {

constexpr int momentDigits = 19;

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds
        = [](const timeval &time) { return double(time.tv_sec) + 1e-6 * double(time.tv_usec); };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

qint64 residentKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').constFirst().toLongLong();
    }
    return 0;
}

/// Counts, and prints the outcome when the last has come.
class Tally
{
public:
    explicit Tally(qint64 expected)
        : m_expected(expected)
    {
    }
    /// `moment` begins with the nanosecond of the sending, in 19 digits.
    void take(QStringView moment)
    {
        if (m_received == 0) {
            m_begin = nowInNanoseconds();
            m_cpu = cpuSeconds();
        }
        constexpr qint64 sampled = 64;
        if (++m_received % sampled == 0)
            m_delays.push_back(
                double(nowInNanoseconds() - moment.first(momentDigits).toLongLong()) / 1e6);
        if (m_received == m_expected / 10)
            m_residentEarly = residentKiB();
        if (m_received == m_expected)
            print();
    }
    [[nodiscard]] bool wantsMoment() const { return (m_received + 1) % 64 == 0; }

private:
    void print()
    {
        const double seconds = double(nowInNanoseconds() - m_begin) / 1e9;
        const double cpu = cpuSeconds() - m_cpu;
        std::ranges::sort(m_delays);
        const auto part = [this](double share) {
            return m_delays.empty() ? 0.0
                                    : m_delays[std::size_t(share * double(m_delays.size() - 1))];
        };
        std::printf(
            "{\"messages\":%lld,\"seconds\":%.6f,\"cpu\":%.6f,\"delay50\":%.3f,\"delay99\":%.3f,"
            "\"residentKiB\":%lld,\"residentEarlyKiB\":%lld}\n",
            static_cast<long long>(m_received), seconds, cpu, part(0.5), part(0.99),
            static_cast<long long>(residentKiB()), static_cast<long long>(m_residentEarly));
        std::fflush(stdout);
        QCoreApplication::quit();
    }

    qint64 m_expected;
    qint64 m_received = 0;
    std::int64_t m_begin = 0;
    double m_cpu = 0;
    qint64 m_residentEarly = 0;
    std::vector<double> m_delays;
};

} // namespace

int receiveBare(const QUrl &url, qint64 messages)
{
    Tally tally(messages);
    QWebSocket socket;
    QObject::connect(&socket, &QWebSocket::connected, &socket, [&socket] {
        socket.sendTextMessage(QStringLiteral(R"({"type":"room.join","room":"r1"})"));
    });
    int control = 2; // the answer to the join, and the snapshot
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [&](const QString &text) {
        if (control > 0) {
            --control;
            return;
        }
        QStringView moment;
        if (tally.wantsMoment())
            moment = QStringView(text).sliced(text.indexOf(u"\"title\":\"") + 9);
        tally.take(moment);
    });
    socket.open(url);
    return QCoreApplication::exec();
}

int receiveTyped(const QUrl &url, qint64 messages)
{
    Tally tally(messages);
    SocketClient client({.url = url});
    qint64 last = 0;
    client.on(IncidentUpdated, &client, [&](const Incident &incident, const Envelope &envelope) {
        if (last != 0 && envelope.sequence != last + 1)
            qFatal("a hole after %lld", static_cast<long long>(last));
        last = envelope.sequence;
        tally.take(incident.title);
    });
    QObject::connect(&client, &SocketClient::errorOccurred, &client,
        [](const Error &error) { qCritical("%s", qUtf8Printable(error.message)); });
    client.joinRoom(QStringLiteral("r1"));
    client.connectToServer();
    return QCoreApplication::exec();
}

int stayIdle(const QUrl &url, qint64 seconds)
{
    SocketClient client({.url = url});
    client.joinRoom(QStringLiteral("r1"));
    QObject::connect(&client, &SocketClient::roomFreshnessChanged, &client,
        [&client, seconds](const QString &, RoomFreshness freshness) {
            if (freshness != RoomFreshness::Live)
                return;
            rusage before{};
            ::getrusage(RUSAGE_SELF, &before);
            QTimer::singleShot(std::chrono::seconds(seconds), &client, [before, seconds] {
                rusage after{};
                ::getrusage(RUSAGE_SELF, &after);
                // Each wake-up is a thread that had waited of its own accord.
                std::printf("{\"seconds\":%lld,\"wakeUps\":%ld}\n", static_cast<long long>(seconds),
                    after.ru_nvcsw - before.ru_nvcsw);
                std::fflush(stdout);
                QCoreApplication::quit();
            });
        });
    client.connectToServer();
    return QCoreApplication::exec();
}

} // namespace tocsin::bench
