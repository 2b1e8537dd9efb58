// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/pendingrequests.h"

#include <QFuture>
#include <QPromise>

#include <map>

namespace tocsin {

/// The futures that a client has given out and not finished. Lives in the client's thread, where
/// they are finished, in one order with its messages.
///
/// What is chained to a future may run inside finish() and failAll(), and call anything, up to the
/// destruction of whoever holds this: neither touches its object after that.
class RequestPromises
{
public:
    [[nodiscard]] QFuture<Reply> add(RequestId id)
    {
        QPromise<Reply> &promise = m_promises[id];
        promise.start();
        return promise.future();
    }
    /// Does nothing where it is finished already.
    void finish(RequestId id, const Reply &reply)
    {
        if (auto promise = m_promises.extract(id))
            finish(promise.mapped(), reply);
    }
    void failAll(const Error &error)
    {
        auto promises = std::exchange(m_promises, {});
        for (auto &[id, promise] : promises)
            finish(promise, Reply::failure(error));
    }
    [[nodiscard]] static QFuture<Reply> finished(const Reply &reply)
    {
        QPromise<Reply> promise;
        promise.start();
        finish(promise, reply);
        return promise.future();
    }

private:
    static void finish(QPromise<Reply> &promise, const Reply &reply)
    {
        promise.addResult(reply);
        promise.finish();
    }

    std::map<RequestId, QPromise<Reply>> m_promises;
};

} // namespace tocsin
