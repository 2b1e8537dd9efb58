// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Messages and commands of one's own: a struct, its schema, and a name on the wire. Here they are
// of what a gateway speaks, seen as this program wants it; with a server of one's own the names are
// any.
//
//     tocsin-example-ownmessage ws://127.0.0.1:8787/ws
#include <client/socketclient.h>

#include <QCoreApplication>

using namespace Qt::StringLiterals;

enum class Urgency { Now, Today, Whenever };

/// An incident is a job to be done, and no more of it is read.
struct Job {
    QString uuid;
    QString title;
    Urgency urgency = Urgency::Whenever;
    QMap<QString, QString> labels;
};

struct Remark {
    QString uuid;
    QString text;
};

namespace tocsin {
template <>
struct EnumNames<Urgency> {
    static constexpr std::array entries{std::pair{Urgency::Now, std::string_view("critical")},
        std::pair{Urgency::Today, std::string_view("warning")},
        std::pair{Urgency::Whenever, std::string_view("info")}};
    // Another word is no reason to miss a job.
    static constexpr auto fallback = Urgency::Now;
};
template <>
struct Schema<Job> {
    static constexpr auto fields
        = std::tuple{required("uuid", &Job::uuid), required("title", &Job::title).notEmpty(),
            required("severity", &Job::urgency), optional("labels", &Job::labels)};
};
template <>
struct Schema<Remark> {
    static constexpr auto fields
        = std::tuple{required("uuid", &Remark::uuid), required("text", &Remark::text).notEmpty()};
};
} // namespace tocsin

inline constexpr auto JobCame = tocsin::Message<Job>{u"incident.created"};
inline constexpr auto AddRemark = tocsin::Command<Remark>{u"incident.comment"};

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    tocsin::SocketClient client({.url = QUrl(arguments.value(1, u"ws://127.0.0.1:8787/ws"_s))});

    client.on(JobCame, &client, [&client](const Job &job, const tocsin::Envelope &) {
        qInfo("%s: %s, for %s", job.urgency == Urgency::Now ? "now" : "later",
            qUtf8Printable(job.title), qUtf8Printable(job.labels.value(u"team"_s, u"anybody"_s)));
        client.request(AddRemark, {.uuid = job.uuid, .text = u"Seen by the job board."_s})
            .then(&client, [](const tocsin::Reply &reply) {
                qInfo("%s", reply.ok ? "remark added" : qUtf8Printable(reply.error.message));
            });
    });
    QObject::connect(&client, &tocsin::SocketClient::roomFreshnessChanged, &client,
        [](const QString &room, tocsin::RoomFreshness freshness) {
            if (freshness == tocsin::RoomFreshness::Live)
                qInfo("%s is live", qUtf8Printable(room));
        });
    QObject::connect(&client, &tocsin::SocketClient::errorOccurred, &client,
        [](const tocsin::Error &error) { qWarning("%s", qUtf8Printable(error.message)); });

    client.joinRoom(u"account:default"_s);
    client.connectToServer();
    return QCoreApplication::exec();
}
