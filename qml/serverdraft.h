// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/connectiontest.h"
#include "qml/serverbook.h"

#include <memory>
#include <vector>

namespace tocsin {

/// A server as it is being entered: what a form shows, tries, and puts into the book.
class TOCSIN_QML_EXPORT ServerDraft : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(tocsin::ServerBook *book READ book WRITE setBook NOTIFY bookChanged)
    /// Several addresses of one server have commas between them.
    Q_PROPERTY(QString address READ address WRITE setAddress NOTIFY changed)
    /// Separated by spaces or commas.
    Q_PROPERTY(QString rooms READ rooms WRITE setRooms NOTIFY changed)
    /// Empty: as its address is.
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed)
    /// Of a server that has one already, empty is: the same as before.
    Q_PROPERTY(QString token READ token WRITE setToken NOTIFY changed)
    Q_PROPERTY(bool hasToken READ hasToken NOTIFY changed)
    /// A server that is in the book already is changed.
    Q_PROPERTY(bool editing READ isEditing NOTIFY changed)
    /// What the server is called where no name is given.
    Q_PROPERTY(QString usualName READ usualName NOTIFY changed)
    /// Where the token may be kept, in words, and which of them is chosen.
    Q_PROPERTY(QStringList places READ places NOTIFY placesChanged)
    Q_PROPERTY(int place READ place WRITE setPlace NOTIFY placesChanged)
    /// Why it is not a server yet, as a sentence; empty where it is one.
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(bool testable READ isTestable NOTIFY changed)
    Q_PROPERTY(bool saving READ isSaving NOTIFY savingChanged)
    /// Why it could not be saved, as a sentence.
    Q_PROPERTY(QString failure READ failure NOTIFY savingChanged)
    /// Of the first address.
    Q_PROPERTY(tocsin::ConnectionTest *test READ test CONSTANT)
    /// Of the others, in their order: ConnectionTests.
    Q_PROPERTY(QVariantList furtherTests READ furtherTests NOTIFY furtherTestsChanged)
    Q_PROPERTY(bool testing READ isTesting NOTIFY testingChanged)

public:
    explicit ServerDraft(QObject *parent = nullptr);

    [[nodiscard]] ServerBook *book() const;
    void setBook(ServerBook *book);
    [[nodiscard]] QString address() const;
    void setAddress(const QString &address);
    [[nodiscard]] QString rooms() const;
    void setRooms(const QString &rooms);
    [[nodiscard]] QString name() const;
    void setName(const QString &name);
    [[nodiscard]] QString token() const;
    void setToken(const QString &token);
    [[nodiscard]] bool hasToken() const;
    [[nodiscard]] bool isEditing() const;
    [[nodiscard]] QString usualName() const;
    [[nodiscard]] QStringList places() const;
    [[nodiscard]] int place() const;
    void setPlace(int place);
    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool isTestable() const;
    [[nodiscard]] bool isSaving() const;
    [[nodiscard]] QString failure() const;
    [[nodiscard]] ConnectionTest *test();
    [[nodiscard]] QVariantList furtherTests() const;
    [[nodiscard]] bool isTesting() const;

    /// Begins anew; what was under way is abandoned.
    Q_INVOKABLE void clear();
    /// Begins with a server of the book.
    Q_INVOKABLE void edit(const QString &id);
    /// Tries each of its addresses, with the token that it has where none is entered.
    Q_INVOKABLE void tryOut();
    /// Puts it in the place of the first address, and tries anew.
    Q_INVOKABLE void takeSuggestion();
    /// The same for any address, from 0.
    Q_INVOKABLE void takeSuggestionOf(int address);
    /// saved() or `failure` tells what came of it.
    Q_INVOKABLE void save();

Q_SIGNALS:
    void bookChanged();
    void changed();
    void placesChanged();
    void furtherTestsChanged();
    void testingChanged();
    void savingChanged();
    void saved(const QString &id);

private:
    [[nodiscard]] QList<ServerBook::TokenPlace> possiblePlaces() const;
    [[nodiscard]] QStringList roomList() const;
    void noteChange();
    void test(const QString &token);
    void forgetTests();
    void setSaving(bool saving, const QString &failure);

    QPointer<ServerBook> m_book;
    ConnectionTest m_test;
    std::vector<std::unique_ptr<ConnectionTest>> m_furtherTests;
    QString m_id;
    QString m_address;
    QString m_rooms;
    QString m_name;
    QString m_token;
    ServerBook::TokenPlace m_keptIn = ServerBook::TokenPlace::NoToken;
    ServerBook::TokenPlace m_place = ServerBook::TokenPlace::Keyring;
    bool m_shown = true;
    bool m_saving = false;
    QString m_failure;
    // An answer to what was asked before the last clear() is nobody's.
    int m_generation = 0;
};

} // namespace tocsin
