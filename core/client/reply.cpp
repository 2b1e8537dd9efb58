// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/reply.h"

#include "client/clientsentence_p.h"
#include "protocol/messages.h"

#include <utility>

namespace tocsin {

Reply Reply::failure(Error error)
{
    return {.ok = false, .result = {}, .error = std::move(error)};
}

Reply Reply::fromWire(const ReplyData &data)
{
    if (data.ok)
        return {.ok = true, .result = data.result.json, .error = {}};
    if (!data.error) {
        return failure({ErrorCode::ProtocolViolation,
            ClientSentence::tr("The server refused the request and gave no reason."), {}});
    }
    if (const auto code = errorCodeFromWire(data.error->code))
        return failure({*code, data.error->message, data.error->where});
    return failure({ErrorCode::ProtocolViolation,
        ClientSentence::tr("The server reports %1: %2").arg(data.error->code, data.error->message),
        data.error->where});
}

} // namespace tocsin
