// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schema.h"

#include <memory>

namespace tocsin {

/// One type of message data, for code that handles messages without knowing their types. Its
/// address is its identity.
struct MessageType {
    void *(*create)();
    void (*destroy)(void *data);
    /// Reads the reader's current value over what `data` held before (see readOver()).
    bool (*read)(JsonReader &reader, void *data, PresentFields &present);
    std::shared_ptr<const void> (*copy)(const void *data);
};

namespace detail {

template <typename T>
bool readMessageData(JsonReader &reader, void *data, PresentFields &present)
{
    return readOver(reader, *static_cast<T *>(data), present);
}

} // namespace detail

template <HasSchema T>
inline constexpr MessageType messageType{
    .create = []() -> void * { return new T; },
    .destroy = [](void *data) { delete static_cast<T *>(data); },
    .read = &detail::readMessageData<T>,
    .copy = [](const void *data) -> std::shared_ptr<const void> {
        return std::make_shared<const T>(*static_cast<const T *>(data));
    },
};

} // namespace tocsin
