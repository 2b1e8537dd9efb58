// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT

// Bytes as a sequence of what can happen to a RoomLedger between an honest server and an
// application: two bytes a step, what happens and how much of it. The invariants are looked at
// after each (tests/client/roomledgerworld.h), and in the end, with nothing lost any more, the
// application must have what the server has.

#include "roomledgerworld.h"

#include <cstdint>
#include <span>

using namespace tocsin;
using namespace tocsin::roomledger;

namespace {

// The longest sequence that is worth its time; what is behind it is not looked at.
constexpr std::size_t mostSteps = 2'000;

void step(World &world, std::uint8_t what, std::uint8_t amount)
{
    switch (what % 14) {
    case 0: world.connect(); break;
    case 1: world.cut(); break;
    case 2: world.tick(std::chrono::milliseconds(amount)); break;
    case 3: world.tick(std::chrono::seconds(amount)); break;
    case 4: world.server.wire.emplace_back(Heads{world.server.head}); break;
    case 5:
        world.cut();
        world.server.loseItsHistory();
        break;
    case 6: world.server.forgottenUpTo = world.server.head; break;
    case 7: world.deliver(true); break;
    case 8: world.server.publish(); break;
    case 9:
        for (int i = 0; i < amount % 16; ++i)
            world.server.publish();
        break;
    case 10: world.doubt(); break;
    case 11: world.confirm(); break;
    case 12: world.startOver(); break;
    default:
        for (int i = 0; i <= amount % 16; ++i)
            world.deliver(false);
        break;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    World world;
    const std::span<const std::uint8_t> input(bytes + 1, size - 1);
    for (std::size_t i = 0; i + 1 < std::min(input.size(), 2 * mostSteps); i += 2)
        step(world, input[i], input[i + 1]);
    world.comeToRest(bytes[0] % 2 == 0 ? World::Rest::WithHeads : World::Rest::WithoutHeads);
    return 0;
}
