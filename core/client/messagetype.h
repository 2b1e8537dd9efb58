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
    /// Brings what reading over `data` is about to touch into this processor's cache.
    void (*prefetch)(const void *data, PresentFields present);
};

namespace detail {

template <typename T>
bool readMessageData(JsonReader &reader, void *data, PresentFields &present)
{
    return readOver(reader, *static_cast<T *>(data), present);
}

inline void prefetchForWriting([[maybe_unused]] const void *address)
{
#ifdef __GNUC__
    __builtin_prefetch(address, 1);
#endif
}

template <HasVariantSchema T>
void prefetchMessageData(const void * /*data*/, PresentFields /*present*/)
{
}

template <HasSchema T>
void prefetchMessageData(const void *data, PresentFields present)
{
    const T &value = *static_cast<const T *>(data);
    PresentFields bit = 1;
    const auto prefetchText = [&](const auto &field) {
        using Member = std::remove_cvref_t<decltype(value.*field.member)>;
        if constexpr (std::same_as<Member, QString>) {
            if (present & bit)
                prefetchForWriting((value.*field.member).constData() - 8); // its reference count
        }
        bit <<= 1;
    };
    std::apply([&](const auto &...field) { (prefetchText(field), ...); }, Schema<T>::fields);
}

} // namespace detail

template <HasFields T>
inline constexpr MessageType messageType{
    .create = []() -> void * { return new T; },
    .destroy = [](void *data) { delete static_cast<T *>(data); },
    .read = &detail::readMessageData<T>,
    .copy = [](const void *data) -> std::shared_ptr<const void> {
        return std::make_shared<const T>(*static_cast<const T *>(data));
    },
    .prefetch = &detail::prefetchMessageData<T>,
};

} // namespace tocsin
