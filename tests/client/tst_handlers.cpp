// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/handlers_p.h"

#include <QTest>
#include <QThread>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// Who hears what, and where.
class HandlersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_thread = std::make_unique<QThread>();
        m_thread->start();
    }
    void cleanup()
    {
        m_thread->quit();
        QVERIFY(m_thread->wait());
    }
    void callsInTheThreadOfTheContext();
    void followsAContextThatIsMoved();
    void callsNobodyWhoEndsInAnotherThread();

private:
    static void call(Handlers &handlers)
    {
        ReceivedMessage message;
        message.json = "{}";
        handlers.call(message, QThread::currentThread(), [] { return true; });
    }
    static std::shared_ptr<Handler> handler(QObject *context, std::function<void()> function)
    {
        return std::make_shared<Handler>(Handler{.context = context,
            .call = std::make_shared<const Handler::Function>(
                [function = std::move(function)](
                    const void *, const Envelope &, const QByteArray &) { function(); })});
    }

    std::unique_ptr<QThread> m_thread;
};

void HandlersTest::callsInTheThreadOfTheContext()
{
    Handlers handlers;
    QObject context;
    auto *const elsewhere = new QObject;
    elsewhere->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, elsewhere, &QObject::deleteLater);
    std::atomic<QThread *> here = nullptr;
    std::atomic<QThread *> there = nullptr;
    handlers.addForAll(handler(elsewhere, [&] { there = QThread::currentThread(); }));
    handlers.addForAll(handler(&context, [&] { here = QThread::currentThread(); }));
    call(handlers);
    QCOMPARE(here.load(), QThread::currentThread());
    QTRY_COMPARE(there.load(), m_thread.get());
}

void HandlersTest::followsAContextThatIsMoved()
{
    Handlers handlers;
    QObject context;
    std::atomic<QThread *> seen = nullptr;
    handlers.addForAll(handler(&context, [&] { seen = QThread::currentThread(); }));
    call(handlers);
    QCOMPARE(seen.load(), QThread::currentThread());
    context.moveToThread(m_thread.get());
    call(handlers);
    QTRY_COMPARE(seen.load(), m_thread.get());
    QThread *const home = QThread::currentThread();
    QMetaObject::invokeMethod(
        &context, [&] { context.moveToThread(home); }, Qt::BlockingQueuedConnection);
    call(handlers);
    QCOMPARE(seen.load(), home);
}

// Workers come and go while messages do: the one ends in its thread while it is told in this one.
void HandlersTest::callsNobodyWhoEndsInAnotherThread()
{
    constexpr int contexts = 20'000;
    Handlers handlers;
    std::atomic<int> ended = 0;
    std::atomic<bool> isHeardAfterItsEnd = false;
    for (int i = 0; i < contexts; ++i) {
        auto *const context = new QObject;
        const auto isThere = std::make_shared<std::atomic<bool>>(true);
        context->moveToThread(m_thread.get());
        connect(context, &QObject::destroyed, context, [isThere, &ended] {
            *isThere = false;
            ++ended;
        });
        handlers.addForAll(handler(context, [isThere, &isHeardAfterItsEnd] {
            if (!*isThere)
                isHeardAfterItsEnd = true;
        }));
        context->deleteLater();
        for (int message = 0; message < 3; ++message)
            call(handlers);
    }
    QTRY_COMPARE(ended.load(), contexts);
    QVERIFY(!isHeardAfterItsEnd);
}

QTEST_GUILESS_MAIN(HandlersTest)
#include "tst_handlers.moc"
