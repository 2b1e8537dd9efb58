// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/pendingrequests.h"
#include "protocol/messages.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

const MonotonicTime start{};

PendingRequest request(
    RequestId id, bool safeToRepeat = false, std::optional<MonotonicTime> deadline = std::nullopt)
{
    return {.id = id,
        .type = QStringLiteral("do.it"),
        .frame = QByteArray::number(id),
        .deadline = deadline,
        .safeToRepeat = safeToRepeat};
}

ReplyData success(RequestId id)
{
    return {.requestId = id, .ok = true, .result = {R"({"id":"u"})"}, .error = {}};
}

/// One request as the model sees it.
struct Asked {
    RequestId id;
    bool safeToRepeat;
    std::optional<MonotonicTime> deadline;
    enum { Waiting, Sent, ToRepeat, Finished } stage = Waiting;
};

} // namespace

class PendingRequestsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finishesEachRequestOnceAndAsItsModelDoes();
    void takesAReplyOnlyForWhatWasSent();
    void givesUpWhatIsNotSafeWithItsSession();
    void takesBackWhatWasNotCarriedOut();
    void namesTheRequestInEachError();
    void readsTheReply();
};

void PendingRequestsTest::finishesEachRequestOnceAndAsItsModelDoes()
{
    std::size_t steps = 0;
    const bool held = rc::check("pending requests do what their model does", [&] {
        PendingRequests pending;
        std::vector<Asked> model;
        std::vector<std::pair<RequestId, std::optional<ErrorCode>>> expected;
        MonotonicTime now = start;
        const auto finish = [&](Asked &asked, std::optional<ErrorCode> code) {
            asked.stage = Asked::Finished;
            expected.emplace_back(asked.id, code);
        };
        for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 24))) {
            ++steps;
            const int how = step / 16;
            // Mostly one of the younger ones, sometimes one that never was.
            const RequestId id = RequestId(model.size()) + 1 - how % 6;
            Asked *const asked
                = id >= 1 && id <= RequestId(model.size()) ? &model[std::size_t(id - 1)] : nullptr;
            const bool alive = asked && asked->stage != Asked::Finished;
            now += std::chrono::milliseconds(how / 8 % 4);
            switch (step % 16) {
            case 0:
            case 1:
            case 2:
            case 3:
            case 4: {
                Asked next{RequestId(model.size()) + 1, how % 2 == 1, {}};
                if (how / 2 % 4 != 0)
                    next.deadline = now + std::chrono::milliseconds(how / 8 % 50);
                pending.add(request(next.id, next.safeToRepeat, next.deadline));
                model.push_back(next);
                break;
            }
            case 5:
            case 6:
            case 7:
                if (alive && asked->stage == Asked::Waiting) {
                    pending.sent(id);
                    asked->stage = Asked::Sent;
                }
                break;
            case 8:
            case 9: {
                const bool waitedFor = alive && asked->stage == Asked::Sent;
                RC_ASSERT(pending.answer(success(id)) == waitedFor);
                if (waitedFor)
                    finish(*asked, std::nullopt);
                break;
            }
            case 10:
                pending.sessionEnded();
                for (Asked &one : model) {
                    if (one.stage != Asked::Sent)
                        continue;
                    if (one.safeToRepeat)
                        one.stage = Asked::ToRepeat;
                    else
                        finish(one, ErrorCode::ConnectionLost);
                }
                break;
            case 11: {
                std::vector<QByteArray> frames;
                for (Asked &one : model) {
                    if (one.stage == Asked::ToRepeat) {
                        one.stage = Asked::Sent;
                        frames.push_back(QByteArray::number(one.id));
                    }
                }
                RC_ASSERT(pending.sessionStarted() == frames);
                break;
            }
            case 12:
                pending.fail(id, {ErrorCode::BufferFull, {}, {}});
                if (alive)
                    finish(*asked, ErrorCode::BufferFull);
                break;
            case 13:
                if (how % 16 == 1) {
                    pending.failWaiting({ErrorCode::NotConnected, {}, {}});
                    for (Asked &one : model) {
                        if (one.stage == Asked::Waiting)
                            finish(one, ErrorCode::NotConnected);
                    }
                } else if (how % 16 == 0) {
                    pending.failAll({ErrorCode::NotConnected, {}, {}});
                    for (Asked &one : model) {
                        if (one.stage != Asked::Finished)
                            finish(one, ErrorCode::NotConnected);
                    }
                }
                break;
            case 14:
                if (!alive) {
                    RC_ASSERT(!pending.takeBack(id));
                } else if (asked->stage == Asked::Sent) {
                    RC_ASSERT(pending.takeBack(id));
                    asked->stage = Asked::Waiting;
                }
                break;
            default: {
                pending.tick(now);
                // By deadline, and of those of one moment the older first.
                std::vector<Asked *> due;
                for (Asked &one : model) {
                    if (one.stage != Asked::Finished && one.deadline && *one.deadline <= now)
                        due.push_back(&one);
                }
                std::ranges::stable_sort(due, {}, [](const Asked *one) { return *one->deadline; });
                for (Asked *one : due)
                    finish(*one, ErrorCode::TimedOut);
            }
            }
            std::optional<MonotonicTime> deadline;
            std::size_t unfinished = 0;
            for (const Asked &one : model) {
                if (one.stage == Asked::Finished)
                    continue;
                ++unfinished;
                if (one.deadline && (!deadline || *one.deadline < *deadline))
                    deadline = one.deadline;
            }
            RC_ASSERT(pending.size() == unfinished);
            RC_ASSERT(pending.deadline() == deadline);
            const auto finished = pending.take();
            RC_ASSERT(finished.size() == expected.size());
            for (std::size_t i = 0; i < finished.size(); ++i) {
                RC_ASSERT(finished[i].id == expected[i].first);
                RC_ASSERT(finished[i].reply.ok == !expected[i].second.has_value());
                if (expected[i].second)
                    RC_ASSERT(finished[i].reply.error.code == *expected[i].second);
            }
            expected.clear();
        }
    });
    QVERIFY(held);
    qInfo("%zu steps", steps);
}

void PendingRequestsTest::takesAReplyOnlyForWhatWasSent()
{
    PendingRequests pending;
    pending.add(request(1));
    QVERIFY(!pending.answer(success(1)));
    pending.sent(1);
    QVERIFY(!pending.answer(success(2)));
    QVERIFY(pending.answer(success(1)));
    QVERIFY(!pending.answer(success(1)));
    QCOMPARE(pending.take().size(), 1U);
}

void PendingRequestsTest::givesUpWhatIsNotSafeWithItsSession()
{
    PendingRequests pending;
    pending.add(request(1));
    pending.add(request(2, true));
    pending.add(request(3));
    pending.sent(1);
    pending.sent(2);
    pending.sessionEnded();
    const auto finished = pending.take();
    QCOMPARE(finished.size(), 1U);
    QCOMPARE(finished[0].id, 1);
    QCOMPARE(finished[0].reply.error.code, ErrorCode::ConnectionLost);
    QVERIFY(!pending.answer(success(2))); // not this session's yet
    QCOMPARE(pending.sessionStarted(), std::vector<QByteArray>{"2"});
    QVERIFY(pending.answer(success(2)));
    QCOMPARE(pending.size(), 1U);
}

void PendingRequestsTest::takesBackWhatWasNotCarriedOut()
{
    PendingRequests pending;
    pending.add(request(1));
    pending.add(request(2, true));
    pending.sent(1);
    pending.sent(2);
    QVERIFY(pending.takeBack(1));
    QVERIFY(pending.takeBack(2));
    QVERIFY(!pending.answer(success(1)));
    pending.sessionEnded();
    QVERIFY(pending.take().empty());
    QVERIFY(pending.sessionStarted().empty()); // whoever took them back sends them
    pending.sent(1);
    QVERIFY(pending.answer(success(1)));
    QVERIFY(!pending.takeBack(1));
    pending.failWaiting({ErrorCode::NotConnected, {}, {}});
    const auto finished = pending.take();
    QCOMPARE(finished.size(), 2U);
    QVERIFY(finished[0].reply.ok);
    QCOMPARE(finished[1].reply.error.code, ErrorCode::NotConnected);
}

void PendingRequestsTest::namesTheRequestInEachError()
{
    PendingRequests pending;
    pending.add(request(1, false, start + 1ms));
    pending.add(request(2, false, start + 1ms));
    pending.add(request(3));
    pending.sent(2);
    pending.sent(3);
    pending.tick(start);
    QVERIFY(pending.take().empty());
    pending.tick(start + 1ms);
    pending.sessionEnded();
    const auto finished = pending.take();
    QCOMPARE(finished.size(), 3U);
    QCOMPARE(finished[0].reply.error.message,
        QStringLiteral("do.it waited for a connection until its time was over."));
    for (const auto &one : finished)
        QVERIFY(one.reply.error.message.contains(u"do.it"));
}

void PendingRequestsTest::readsTheReply()
{
    JsonReader reader;
    const auto read = [&](std::string_view json) {
        const auto data = decodeData<ReplyData>(reader, CommandReply.name, json);
        return data ? Reply::fromWire(*data) : Reply::failure(data.error());
    };
    const Reply good = read(R"({"requestId":1,"ok":true,"result":{"id":"u","name":"n"}})");
    QVERIFY(good.ok);
    const auto user = good.as<User>();
    QVERIFY(user);
    QCOMPARE(user->name, QStringLiteral("n"));
    const auto wrong = good.as<RoomPosition>();
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().where, QStringLiteral("epoch"));
    const auto list
        = read(R"({"requestId":1,"ok":true,"result":[{"id":"a"},{"id":"b"}]})").as<QList<User>>();
    QVERIFY(list);
    QCOMPARE(list->size(), 2);
    QVERIFY(read(R"({"requestId":1,"ok":true})").as<Nothing>());

    const Reply bad = read(R"({"requestId":1,"ok":false,)"
                           R"("error":{"code":"forbidden","message":"No.","where":"uuid"}})");
    QVERIFY(!bad.ok);
    QCOMPARE(
        bad.error, (Error{ErrorCode::Forbidden, QStringLiteral("No."), QStringLiteral("uuid")}));
    QVERIFY(!bad.as<User>());
    QCOMPARE(bad.as<User>().error(), bad.error);
    const Reply odd = read(R"({"requestId":1,"ok":false,"error":{"code":"moon_phase"}})");
    QCOMPARE(odd.error.code, ErrorCode::ProtocolViolation);
    QVERIFY(odd.error.message.contains(u"moon_phase"));
    QCOMPARE(read(R"({"requestId":1,"ok":false})").error.code, ErrorCode::ProtocolViolation);
    QVERIFY(!read(R"({"requestId":0,"ok":true})").ok);
}

QTEST_GUILESS_MAIN(PendingRequestsTest)
#include "tst_pendingrequests.moc"
