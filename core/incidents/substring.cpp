// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/substring.h"

#include <cstring>

#ifdef __SSE2__
#include <bit>
#include <emmintrin.h>
#endif

namespace tocsin {

bool containsBytes(std::string_view text, std::string_view needle)
{
    if (needle.size() < 2 || needle.size() > text.size()) {
        return needle.empty()
            || (needle.size() == 1 && !text.empty()
                && std::memchr(text.data(), needle.front(), text.size()));
    }
#ifdef __SSE2__
    // Sixteen places at once: where the needle's first and last byte stand as far apart as in it.
    constexpr std::size_t width = 16;
    const std::size_t places = text.size() - needle.size() + 1;
    if (places >= width) {
        const __m128i first = _mm_set1_epi8(needle.front());
        const __m128i last = _mm_set1_epi8(needle.back());
        const auto load = [&](std::size_t at) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + at));
        };
        for (std::size_t done = 0; done < places; done += width) {
            // The last block goes over some places again rather than past the end.
            const std::size_t at = done + width <= places ? done : places - width;
            const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(first, load(at)),
                _mm_cmpeq_epi8(last, load(at + needle.size() - 1)));
            auto candidates = unsigned(_mm_movemask_epi8(both));
            for (; candidates != 0; candidates &= candidates - 1) {
                const std::size_t place = at + std::size_t(std::countr_zero(candidates));
                if (std::memcmp(text.data() + place, needle.data(), needle.size()) == 0)
                    return true;
            }
        }
        return false;
    }
#endif
    return memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr;
}

} // namespace tocsin
