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
    /// Reads the reader's current value over what `data` held before.
    bool (*read)(JsonReader &reader, void *data);
    std::shared_ptr<const void> (*copy)(const void *data);
};

template <HasFields T>
inline constexpr MessageType messageType{
    .create = []() -> void * { return new T; },
    .destroy = [](void *data) { delete static_cast<T *>(data); },
    .read
    = [](JsonReader &reader, void *data) { return readValue(reader, *static_cast<T *>(data)); },
    .copy = [](const void *data) -> std::shared_ptr<const void> {
        return std::make_shared<const T>(*static_cast<const T *>(data));
    },
};

} // namespace tocsin
