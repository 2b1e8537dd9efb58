// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFutureWatcher>

namespace tocsin {

/// Calls `function(result)` from the event loop of `context`, if that still lives and there is a
/// result. In place of QFuture::then(), which in Qt 6.4 calls a context that was destroyed.
template <typename T, typename Function>
void whenFinished(const QFuture<T> &future, QObject *context, Function function)
{
    auto *const watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [watcher, function = std::move(function)]() mutable {
            watcher->deleteLater();
            const QFuture<T> done = watcher->future();
            if (done.resultCount() > 0)
                function(done.result());
        });
    watcher->setFuture(future);
}

/// A future that has its result already.
template <typename T>
[[nodiscard]] QFuture<T> readyFuture(T result)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    return QtFuture::makeReadyValueFuture(std::move(result));
#else
    return QtFuture::makeReadyFuture(std::move(result));
#endif
}

} // namespace tocsin
