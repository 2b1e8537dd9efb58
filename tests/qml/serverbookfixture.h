// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/serverdraft.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace tocsin::test {

using namespace Qt::StringLiterals;
using Place = ServerBook::TokenPlace;

inline constexpr auto secret = "hunter2-hunter2";

template <typename T>
Expected<T> resultOf(const QFuture<Expected<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
        return makeError(ErrorCode::TimedOut, u"never"_s);
    return future.result();
}

/// A keyring that answers from the event loop, with an error where it is told to, or not at all.
class FakeKeyring : public MemorySecrets
{
public:
    QFuture<Expected<QString>> read(const QString &name) override
    {
        return later(MemorySecrets::read(name).result());
    }
    QFuture<Expected<void>> write(const QString &name, const QString &value) override
    {
        if (!problem.isEmpty())
            return later(Expected<void>(makeError(ErrorCode::Unavailable, problem)));
        return later(MemorySecrets::write(name, value).result());
    }
    QFuture<Expected<void>> remove(const QString &name) override
    {
        if (!problem.isEmpty())
            return later(Expected<void>(makeError(ErrorCode::Unavailable, problem)));
        return later(MemorySecrets::remove(name).result());
    }
    QFuture<Expected<void>> check() override
    {
        return later(problem.isEmpty()
                ? Expected<void>()
                : Expected<void>(makeError(ErrorCode::Unavailable, problem)));
    }

    QString problem;
    bool silent = false;

private:
    template <typename T>
    QFuture<Expected<T>> later(const Expected<T> &result)
    {
        const auto promise = std::make_shared<QPromise<Expected<T>>>();
        promise->start();
        if (silent) {
            m_unanswered.append(promise);
            return promise->future();
        }
        QMetaObject::invokeMethod(
            this,
            [promise, result] {
                promise->addResult(result);
                promise->finish();
            },
            Qt::QueuedConnection);
        return promise->future();
    }

    QList<std::shared_ptr<void>> m_unanswered;
};

/// A test of the servers that are kept, each function with a directory of its own.
class ServerBookFixture : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_directory = std::make_unique<QTemporaryDir>();
        m_keyring.problem.clear();
        m_keyring.silent = false;
    }

protected:
    std::unique_ptr<ServerBook> open()
    {
        auto book = std::make_unique<ServerBook>();
        book->setFile(m_directory->filePath(u"settings.ini"_s));
        book->setTokenDirectory(m_directory->filePath(u"tokens"_s));
        book->setKeyring(&m_keyring);
        return book;
    }
    static SavedServer server(const QString &name, Place place = Place::NoToken)
    {
        return {.name = name,
            .address = QUrl(u"wss://%1.example.com/ws"_s.arg(name)),
            .rooms = {u"account:a"_s, u"account:b, c"_s},
            .tokenPlace = int(place)};
    }
    static QVariant value(const ServerBook &book, int row, int role)
    {
        return book.index(row).data(role);
    }
    /// Everything that is on disk.
    QByteArray onDisk(const QString &beneath = u"."_s) const
    {
        QByteArray all;
        QDirIterator files(
            m_directory->filePath(beneath), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    FakeKeyring m_keyring;
};

} // namespace tocsin::test
