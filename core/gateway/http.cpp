// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/http_p.h"

#include "protocol/jsonwriter.h"

namespace tocsin {

namespace {

int statusFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidJson:
    case ErrorCode::InvalidPayload: return 400;
    case ErrorCode::Unauthenticated: return 401;
    case ErrorCode::Forbidden: return 403;
    case ErrorCode::NotFound: return 404;
    case ErrorCode::Conflict: return 409;
    case ErrorCode::TooLarge: return 413;
    case ErrorCode::RateLimited: return 429;
    default: return 503;
    }
}

} // namespace

QByteArray HttpHead::path() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? target : target.left(mark);
}

QUrlQuery HttpHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return QUrlQuery(mark < 0 ? QString() : QString::fromUtf8(target.mid(mark + 1)));
}

QByteArray HttpHead::mediaType() const
{
    return contentType.split(';').constFirst().trimmed().toLower();
}

HttpResponse HttpResponse::error(int status, const Error &error)
{
    JsonWriter writer;
    writer.beginObject().key("error").beginObject();
    writer.key("code").string(errorCodeName(error.code));
    writer.key("message").string(error.message);
    writer.key("where").string(error.where).endObject().endObject();
    HttpResponse response{
        .status = status, .body = writer.take() + '\n', .headers = {}, .reason = error};
    if (status == 401)
        response.headers.emplaceBack("WWW-Authenticate", "Bearer");
    if (status == 503 || status == 429)
        response.headers.emplaceBack("Retry-After", "5");
    return response;
}

HttpResponse HttpResponse::failure(const Error &error)
{
    if (error.code == ErrorCode::StorageFailed) {
        return HttpResponse::error(503,
            {ErrorCode::Unavailable,
                QStringLiteral("The gateway cannot write to its log at the moment."), {}});
    }
    return HttpResponse::error(statusFor(error.code), error);
}

} // namespace tocsin
