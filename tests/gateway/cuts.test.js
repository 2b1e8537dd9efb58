// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Three gateways over one Redis under load, each in a network of its own, while the networks are cut
// apart at random: whole or in one direction, with packets lost, with a cable pulled, and gateways
// killed or held up meanwhile. What was answered with 2xx is there; no client is told an event
// twice, or out of order, or misses one; none that is cut off is told for longer than two heartbeats
// that its list is current; and all end with the same list as the log. Run as
// `node cuts.test.js path/to/tocsin-gateway [SECONDS [SEED]]`.
'use strict';
const { enterOwnNetwork, Router } = require('./networks.js');
enterOwnNetwork();
const { test } = require('node:test');
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { seeded, Redis, Gateway, Client, send, settle, endAll, counts } = require('./cluster.js');

const program = process.argv[2];
const seconds = Number(process.argv[3] ?? 40);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000);
const random = seeded(seed);
const gatewayCount = 3;
const clientCount = 6;
const senderCount = 4;
const heartbeat = 3000;
const names = Array.from({ length: gatewayCount }, (_, i) => `gateway-${i}`);
counts.stale = 0;

function makeToken(file) {
  return execFileSync(program, ['token', 'new', '--tokens', file, '--name', 'test', '--role', 'admin'])
    .toString().trim().split('\n').pop();
}

/** Whoever was there before the cut, and still is, was not told for long that all is well. */
function checkStale(clients, gateway, from) {
  for (const client of clients) {
    const isCutOff = client.gateway === gateway && client.since < from && client.confirmed;
    if (!isCutOff) continue;
    ++counts.stale;
    const late = client.confirmed - from;
    if (late > 2 * heartbeat) client.wrong(`confirmed ${late} ms after ${gateway.network.name} was cut off`);
  }
}

test(`nothing is lost, doubled or out of order in ${seconds} seconds of cuts (seed ${seed})`,
  { timeout: (seconds + 180) * 1000 }, async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-'));
    const tokens = path.join(directory, 'tokens.toml');
    fs.writeFileSync(path.join(directory, 'gateway.toml'),
      `tokens_file = "${tokens}"\n[limits]\nheads_interval = "${heartbeat}ms"\n`);
    const token = makeToken(tokens);
    const router = new Router();
    const gateways = [];
    const clients = [];
    const load = { isOn: true };
    let redis;
    try {
      await router.open([...names, 'redis']);
      redis = new Redis(directory, 6379, { network: router.get('redis'),
        options: ['--appendfsync', 'always', '--protected-mode', 'no'] });
      await redis.start();
      for (const name of names) {
        const own = path.join(directory, name);
        fs.mkdirSync(own);
        gateways.push(new Gateway(own, `redis://${redis.host}:${redis.port}/0`,
          { network: router.get(name), token }));
        await gateways.at(-1).start();
      }
      for (let i = 0; i < clientCount; ++i) clients.push(new Client(gateways));
      const accepted = new Set();
      const senders = Array.from({ length: senderCount },
        (_, number) => send(number, gateways, load, accepted));

      const fromRedis = async (gateway, duration) => {
        const from = Date.now();
        router.cut(gateway.network.name, 'redis');
        await pause(duration);
        checkStale(clients, gateway, from);
      };
      const faults = {
        cutFromRedis: (gateway) => fromRedis(gateway, random(9000)),
        cutFromClients: async (gateway) => {
          router.cut(gateway.network.name, 'here');
          await pause(random(7000));
        },
        cutOffAltogether: async (gateway) => {
          const from = Date.now();
          for (const other of ['redis', 'here']) router.cut(gateway.network.name, other);
          await pause(random(9000));
          checkStale(clients, gateway, from);
        },
        unheardByRedis: async (gateway) => {
          router.lose(gateway.network.name, 'redis');
          await pause(random(7000));
        },
        deafToRedis: async (gateway) => {
          router.lose('redis', gateway.network.name);
          await pause(random(7000));
        },
        allCutFromRedis: async () => {
          for (const name of names) router.cut(name, 'redis');
          await pause(random(7000));
        },
        packetsLost: async (gateway) => {
          const percent = 10 + random(50);
          for (const other of ['redis', 'here']) {
            router.lose(gateway.network.name, other, percent);
            router.lose(other, gateway.network.name, percent);
          }
          await pause(random(7000));
        },
        cablePulled: async (gateway) => {
          router.setPlugged(gateway.network.name, false);
          await pause(random(7000));
          router.setPlugged(gateway.network.name, true);
        },
        killedWhileCutOff: async (gateway) => {
          router.cut(gateway.network.name, 'redis');
          await pause(random(3000));
          gateway.child.kill('SIGKILL');
          await pause(random(1000));
          router.heal();
          await gateway.start();
        },
        redisKilledWhileCutOff: async (gateway) => {
          router.cut(gateway.network.name, 'redis');
          await pause(random(2000));
          redis.child.kill('SIGKILL');
          await pause(random(2000));
          await redis.start();
          await pause(random(2000));
        },
        heldUpWhileCutOff: async (gateway) => {
          router.cut(gateway.network.name, 'redis');
          gateway.child.kill('SIGSTOP');
          await pause(random(7000));
          router.heal();
          gateway.child.kill('SIGCONT');
        },
      };
      // However short the run, somebody was cut off for longer than two heartbeats.
      const first = () => clients.find((client) => client.isJoined && client.confirmed);
      while (!first()) await pause(100);
      await fromRedis(first().gateway, 3 * heartbeat);
      router.heal();
      for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
        await pause(random(1500));
        const name = Object.keys(faults)[random(Object.keys(faults).length)];
        counts.faults[name] = (counts.faults[name] ?? 0) + 1;
        await faults[name](gateways[random(gatewayCount)]);
        router.heal();
      }
      load.isOn = false;
      await Promise.all(senders);

      const titles = new Set(await settle(gateways, clients));
      assert.deepStrictEqual([...accepted].filter((key) => !titles.has(key)), []);
      console.log(`# ${accepted.size} accepted, ${titles.size} there, none lost or doubled`);
      assert.ok(counts.stale > 0 && accepted.size > 0 && counts.events > 0);
    } finally {
      load.isOn = false;
      endAll(clients, [...gateways, redis ?? {}]);
      router.close();
      fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  });
