// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/peer.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

namespace tocsin::test {

/// The real Alertmanager, with a storage of its own, which posts to one address. It groups, waits
/// and starts at its own pace: wait for what it does for as long as `alertmanagerPatience`.
class AlertmanagerProcess
{
public:
    /// `arguments`: more for its command line.
    explicit AlertmanagerProcess(const QUrl &webhook, QStringList arguments = {})
        : m_arguments(std::move(arguments))
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        m_url = QUrl(u"http://127.0.0.1:%1"_s.arg(free.serverPort()));
        free.close();
        QFile configuration(m_directory.filePath(u"alertmanager.yml"_s));
        QVERIFY(configuration.open(QIODevice::WriteOnly));
        configuration.write(u"route:\n"
                            "  receiver: tocsin\n"
                            "  group_by: ['...']\n"
                            "  group_wait: 50ms\n"
                            "  group_interval: 200ms\n"
                            "  repeat_interval: 1h\n"
                            "receivers:\n"
                            "  - name: tocsin\n"
                            "    webhook_configs:\n"
                            "      - url: %1\n"
                            "        send_resolved: true\n"_s.arg(webhook.toString())
                                .toUtf8());
        configuration.close();
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        start();
    }
    ~AlertmanagerProcess() { kill(); }

    void start()
    {
        m_process.start(u"prometheus-alertmanager"_s,
            m_arguments
                + QStringList{u"--config.file="_s + m_directory.filePath(u"alertmanager.yml"_s),
                    u"--storage.path="_s + m_directory.filePath(u"data"_s),
                    u"--web.listen-address=127.0.0.1:%1"_s.arg(m_url.port()),
                    u"--cluster.listen-address="_s});
        QVERIFY2(m_process.waitForStarted(), qPrintable(m_process.errorString()));
    }
    /// Without warning; what it knew of alerts is gone.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] QUrl url() const { return m_url; }

    /// Fires, or with `ended` resolves, an alert. Tried until Alertmanager is up.
    void say(const QString &name, const QString &severity, const QDateTime &began, bool ended)
    {
        QJsonObject alert{{u"labels"_s,
                              QJsonObject{{u"alertname"_s, name}, {u"severity"_s, severity},
                                  {u"service"_s, u"orders-db"_s}}},
            {u"annotations"_s, QJsonObject{{u"summary"_s, u"Summary of "_s + name}}},
            {u"startsAt"_s, began.toString(Qt::ISODateWithMs)}};
        if (ended)
            alert.insert(u"endsAt"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
        call(u"/api/v2/alerts"_s, QJsonDocument(QJsonArray{alert}));
    }
    /// Silences an alert for an hour.
    void silence(const QString &name)
    {
        const auto now = QDateTime::currentDateTimeUtc();
        call(u"/api/v2/silences"_s,
            QJsonDocument(QJsonObject{
                {u"matchers"_s,
                    QJsonArray{QJsonObject{{u"name"_s, u"alertname"_s}, {u"value"_s, name},
                        {u"isRegex"_s, false}, {u"isEqual"_s, true}}}},
                {u"startsAt"_s, now.toString(Qt::ISODateWithMs)},
                {u"endsAt"_s, now.addSecs(3600).toString(Qt::ISODateWithMs)},
                {u"createdBy"_s, u"test"_s}, {u"comment"_s, u"test"_s}}));
    }

private:
    void call(const QString &path, const QJsonDocument &json)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(
            request("POST", m_url.resolved(QUrl(path)), json.toJson()).status == 200,
            m_process.readAll().constData(), 60'000);
    }

    QTemporaryDir m_directory;
    QStringList m_arguments;
    QUrl m_url;
    QProcess m_process;
};

inline constexpr int alertmanagerPatience = 60'000;

} // namespace tocsin::test
