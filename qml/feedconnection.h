// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionoptions.h"
#include "client/networkwatch.h"
#include "qml/export.h"
#include "qml/secretstore.h"
#include "qml/windowwatch.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <optional>

namespace tocsin {

class SocketClient;

/// The one client of a feed: there while an address is set that can be tried, made anew when the
/// address or what gives the token is changed, and told of its rooms, of the network, and of
/// whether the window is seen.
class TOCSIN_QML_EXPORT FeedConnection : public QObject
{
    Q_OBJECT

public:
    explicit FeedConnection(QObject *parent = nullptr);
    /// Says nothing more, `ending` least of all.
    ~FeedConnection() override;

    [[nodiscard]] QString server() const;
    void setServer(const QString &server);
    /// Further addresses of it, one of which is used where `server` fails.
    [[nodiscard]] QStringList alternatives() const;
    void setAlternatives(const QStringList &alternatives);
    [[nodiscard]] QStringList rooms() const;
    void setRooms(const QStringList &rooms);
    [[nodiscard]] QString tokenFile() const;
    void setTokenFile(const QString &tokenFile);
    [[nodiscard]] SecretStore *secrets() const;
    void setSecrets(SecretStore *secrets);
    [[nodiscard]] QString secretName() const;
    void setSecretName(const QString &name);
    /// While it is hidden, a lost connection waits, unless somebody listens.
    void setWindow(QWindow *window);
    /// Whether there is somebody to be called who does not see the window.
    void setListenedTo(bool listenedTo);

    /// Null where nothing can be tried.
    [[nodiscard]] SocketClient *client() const;
    /// Why nothing can be tried, as a sentence; empty where it can.
    [[nodiscard]] QString problem() const;

    /// Nothing is begun any more before begin() is called.
    void hold();
    /// Ends what there is, and begins with what is set now. Also happens by itself, once for all
    /// that is set together.
    void begin();

Q_SIGNALS:
    /// What there is ends, if there is anything: `client()` is still there, and then another or
    /// none.
    void ending();
    /// `client()` is another, which has its rooms and connects next.
    void beginning();
    void problemChanged();

private:
    void beginLater();
    /// All addresses, `server` first; sets `problem` where one is none.
    [[nodiscard]] std::optional<SocketClientOptions> options();
    void setProblem(const QString &problem);
    void watchNetwork();
    void tellOfNetwork();
    void tellOfVisibility();
    [[nodiscard]] Expected<QString> readTokenFile() const;
    /// Fails where there is none, and says so in `problem`.
    [[nodiscard]] QFuture<QString> token();

    enum class Readiness { Held, Ready };

    QString m_server;
    QStringList m_alternatives;
    QStringList m_rooms;
    QString m_tokenFile;
    QPointer<SecretStore> m_secrets;
    QString m_secretName;
    QString m_problem;
    WindowWatch m_windowWatch;
    bool m_isListenedTo = false;
    // Made a little later, as what it asks takes longer than the first connection on most machines.
    std::unique_ptr<NetworkWatch> m_networkWatch;
    QTimer m_networkTimer;
    std::unique_ptr<SocketClient> m_client;
    QTimer m_beginTimer;
    Readiness m_readiness = Readiness::Ready;
};

} // namespace tocsin
