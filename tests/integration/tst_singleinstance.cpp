// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "singleinstance.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

using Outcome = SingleInstance::Outcome;

/// A second start, which waits for its answer: elsewhere, as another program would.
SingleInstance::Result startAgain(const QString &directory, const SingleInstance::Request &request)
{
    SingleInstance::Result result;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        SingleInstance second(directory);
        result = second.begin(request);
    }));
    thread->start();
    if (!QTest::qWaitFor([&] { return thread->isFinished(); }, patience))
        qFatal("a second start does not end");
    return result;
}

} // namespace

/// One dashboard a user, and what a second one is started for reaches it.
class SingleInstanceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void handsOverToTheFirst();
    void takesThePlaceOfOneThatHasEnded();
    void takesThePlaceOfOneThatWasKilled();
    void isAloneBesideOneThatHangs();
    void passesOverWhatIsNoRequest();
    void isTheUsersOwn();
    void saysWhereItCannotListen();
    void severalAtOnceAreOneFirst();

private:
    [[nodiscard]] QString place() const { return m_directory->filePath(u"run"_s); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void SingleInstanceTest::handsOverToTheFirst()
{
    SingleInstance first(place());
    QCOMPARE(first.begin({}).outcome, Outcome::First);
    QList<SingleInstance::Request> requests;
    connect(&first, &SingleInstance::requested, this,
        [&](const SingleInstance::Request &request) { requests.append(request); });
    QCOMPARE(
        startAgain(place(), {.incident = u"0b9e"_s, .activationToken = u"tok en\"\n"_s}).outcome,
        Outcome::HandedOver);
    QCOMPARE(startAgain(place(), {}).outcome, Outcome::HandedOver);
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests[0].incident, u"0b9e"_s);
    QCOMPARE(requests[0].activationToken, u"tok en\"\n"_s);
    QCOMPARE(requests[1].incident, QString());
}

void SingleInstanceTest::takesThePlaceOfOneThatHasEnded()
{
    auto first = std::make_unique<SingleInstance>(place());
    QCOMPARE(first->begin({}).outcome, Outcome::First);
    first.reset();
    QCOMPARE(startAgain(place(), {}).outcome, Outcome::First);
}

void SingleInstanceTest::takesThePlaceOfOneThatWasKilled()
{
    QProcess first;
    first.setProcessChannelMode(QProcess::ForwardedChannels);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TOCSIN_HOLD_PLACE"_s, place());
    first.setProcessEnvironment(environment);
    first.start(QCoreApplication::applicationFilePath(), QStringList());
    const QString socket = place() + u"/dashboard.socket"_s;
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(socket), patience);
    QTRY_COMPARE_WITH_TIMEOUT(startAgain(place(), {}).outcome, Outcome::HandedOver, patience);
    first.kill();
    QVERIFY(first.waitForFinished());
    QVERIFY(QFileInfo::exists(socket));
    QCOMPARE(startAgain(place(), {}).outcome, Outcome::First);
}

// A window that stands still must not keep a person from one that does not.
void SingleInstanceTest::isAloneBesideOneThatHangs()
{
    SingleInstance first(place());
    QCOMPARE(first.begin({}).outcome, Outcome::First);
    // It does not come to answer, as this waits in its thread.
    SingleInstance second(place());
    const auto result = second.begin({.incident = u"0b9e"_s});
    QCOMPARE(result.outcome, Outcome::Alone);
    QVERIFY2(result.error.contains(u"does not answer"), qPrintable(result.error));
}

void SingleInstanceTest::passesOverWhatIsNoRequest()
{
    SingleInstance first(place());
    QCOMPARE(first.begin({}).outcome, Outcome::First);
    int requests = 0;
    connect(&first, &SingleInstance::requested, this, [&] { ++requests; });
    for (const QByteArray &garbage :
        {QByteArray("GET / HTTP/1.1\r\n"), QByteArray("[]\n"), QByteArray(100'000, 'a')}) {
        QLocalSocket socket;
        socket.connectToServer(place() + u"/dashboard.socket"_s);
        QVERIFY(socket.waitForConnected());
        socket.write(garbage);
        QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(socket.readAll(), QByteArray());
    }
    QCOMPARE(requests, 0);
    QCOMPARE(startAgain(place(), {}).outcome, Outcome::HandedOver);
}

void SingleInstanceTest::isTheUsersOwn()
{
    SingleInstance first(place());
    QCOMPARE(first.begin({}).outcome, Outcome::First);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(place() + u"/dashboard.socket"_s) & others));

    qputenv("XDG_RUNTIME_DIR", "/run/user/1000");
    QCOMPARE(SingleInstance::usualDirectory(), u"/run/user/1000/tocsin"_s);
    qunsetenv("XDG_RUNTIME_DIR");
    QVERIFY(!SingleInstance::usualDirectory().startsWith(u"/tmp"));
}

void SingleInstanceTest::saysWhereItCannotListen()
{
    QFile inTheWay(place());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    SingleInstance none(place());
    const auto result = none.begin({});
    QCOMPARE(result.outcome, Outcome::Alone);
    QVERIFY2(result.error.contains(place()), qPrintable(result.error));

    // Longer than a socket's name may be.
    SingleInstance far(m_directory->filePath(QString(200, u'a')));
    const auto tooLong = far.begin({});
    QCOMPARE(tooLong.outcome, Outcome::Alone);
    QVERIFY(!tooLong.error.isEmpty());
}

void SingleInstanceTest::severalAtOnceAreOneFirst()
{
    constexpr int many = 8;
    std::vector<std::unique_ptr<QProcess>> starts;
    for (int i = 0; i < many; ++i) {
        auto start = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TOCSIN_HOLD_PLACE"_s, place());
        start->setProcessEnvironment(environment);
        start->start(QCoreApplication::applicationFilePath(), QStringList());
        starts.push_back(std::move(start));
    }
    const auto ended = [&] {
        return std::ranges::count_if(
            starts, [](const auto &start) { return start->state() == QProcess::NotRunning; });
    };
    QTRY_COMPARE_WITH_TIMEOUT(ended(), many - 1, patience);
    for (const auto &start : starts) {
        if (start->state() == QProcess::NotRunning)
            QCOMPARE(start->exitCode(), int(Outcome::HandedOver));
        else
            start->kill();
        start->waitForFinished();
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    // Another program, as the tests start it: the first stays, and the others end with what came of
    // it.
    if (const QString place = qEnvironmentVariable("TOCSIN_HOLD_PLACE"); !place.isEmpty()) {
        SingleInstance instance(place);
        const auto outcome = instance.begin({}).outcome;
        return outcome == Outcome::First ? QCoreApplication::exec() : int(outcome);
    }
    SingleInstanceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_singleinstance.moc"
