// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/secretstore.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tocsin {

/// A server that a person has entered.
struct SavedServer {
    /// Never changes, and is never shown; empty for one that is new.
    QString id;
    QString name;
    QUrl address;
    /// Further addresses of it.
    QList<QUrl> alternatives = {};
    QStringList rooms;
    /// ServerBook::TokenPlace.
    int tokenPlace = 0;
    bool shown = true;

    friend bool operator==(const SavedServer &, const SavedServer &) = default;
};

/// The servers that a person has entered, kept in their settings; the tokens are kept elsewhere,
/// in the place that the person chose for each.
class TOCSIN_QML_EXPORT ServerBook : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    /// Servers that are to be shown.
    Q_PROPERTY(int shownCount READ shownCount NOTIFY shownCountChanged)
    /// Where they are kept; empty: where the person's settings are.
    Q_PROPERTY(QString file READ file WRITE setFile NOTIFY fileChanged)
    /// Where the tokens go whose place is a file.
    Q_PROPERTY(QString tokenDirectory READ tokenDirectory WRITE setTokenDirectory NOTIFY
            tokenDirectoryChanged)
    /// Why no token can be kept in a keyring, as a sentence; empty where one can, or where that is
    /// not known yet.
    Q_PROPERTY(QString keyringProblem READ keyringProblem NOTIFY keyringProblemChanged)
    /// What of the file cannot be read, as sentences; empty where these are all servers that there
    /// are.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
    /// What could not be kept or forgotten, as sentences, until that is dismissed.
    Q_PROPERTY(QString failure READ failure NOTIFY failureChanged)

public:
    enum class TokenPlace { NoToken, Keyring, OwnFile, ThisRun };
    Q_ENUM(TokenPlace)

    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        AddressRole,
        AlternativesRole,
        RoomsRole,
        TokenPlaceRole,
        /// The SecretStore that has its token, under the server's id; null where it has none.
        SecretsRole,
        ShownRole,
    };
    Q_ENUM(Role)

    static constexpr int most = 20;
    static constexpr std::chrono::seconds keyringPatience{3};

    explicit ServerBook(QObject *parent = nullptr);
    ~ServerBook() override;

    [[nodiscard]] QString file() const;
    void setFile(const QString &file);
    [[nodiscard]] QString tokenDirectory() const;
    void setTokenDirectory(const QString &directory);
    /// None where the program has no keyring. Must outlive this.
    void setKeyring(SecretStore *keyring);
    [[nodiscard]] QString keyringProblem() const;
    /// Asks the keyring anew whether it is there; keyringProblem tells.
    Q_INVOKABLE void checkKeyring();
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString failure() const;
    Q_INVOKABLE void dismissFailure();

    [[nodiscard]] int shownCount() const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const std::vector<SavedServer> &all() const { return m_servers; }
    [[nodiscard]] std::optional<SavedServer> find(const QString &id) const;
    /// Adds it, or puts it in place of the one with its id, and gives its id. `token`: the new one;
    /// absent: it stays as it is. First the token is kept, then the server, and at last a token
    /// that is needed no more is forgotten; where the server cannot be kept, its place is as it
    /// was.
    [[nodiscard]] QFuture<Expected<QString>> save(
        const SavedServer &server, const std::optional<QString> &token);
    /// The token that is kept for it.
    [[nodiscard]] QFuture<Expected<QString>> token(const QString &id) const;
    /// Forgets it, and its token once the file does not have it any more: else it would come back
    /// without one.
    Q_INVOKABLE void remove(const QString &id);
    Q_INVOKABLE void setShown(const QString &id, bool shown);

Q_SIGNALS:
    void countChanged();
    void shownCountChanged();
    void fileChanged();
    void tokenDirectoryChanged();
    void keyringProblemChanged();
    void problemChanged();
    void failureChanged();
    /// Something could not be kept or forgotten, as a sentence.
    void failed(const QString &sentence);

private:
    [[nodiscard]] SecretStore *storeFor(TokenPlace place) const;
    [[nodiscard]] int rowOf(const QString &id) const;
    void load();
    [[nodiscard]] Expected<void> store();
    [[nodiscard]] Expected<QString> put(const SavedServer &server);
    void forgetToken(TokenPlace place, const QString &id);
    void setKeyringProblem(const QString &problem);
    void setProblem(const QString &problem);
    void setFailure(const QString &failure);
    void fail(const QString &sentence);

    QString m_file;
    QString m_tokenDirectory;
    std::vector<SavedServer> m_servers;
    /// Entries that are none of these, as they stand in the file.
    std::vector<QVariantMap> m_notUnderstood;
    /// Tokens of servers that were removed, which the file may still have.
    std::vector<std::pair<TokenPlace, QString>> m_tokensToForget;
    /// What stands in the file is not known at all.
    bool m_unreadable = false;
    QPointer<SecretStore> m_keyring;
    std::unique_ptr<FileSecrets> m_files;
    MemorySecrets m_memory;
    QString m_keyringProblem;
    QString m_problem;
    QString m_failure;
    QTimer m_keyringTimer;
};

} // namespace tocsin
