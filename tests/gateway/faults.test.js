// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Three gateways over one Redis under load, while at random gateways and Redis are killed and
// started again, held up (SIGSTOP), and cut off from each other. What was answered with 2xx is
// there; no client is told an event twice, or out of order, or misses one; and all end with the
// same list as the log. Run as `node faults.test.js path/to/tocsin-gateway [SECONDS [SEED]]`.
'use strict';
const { test } = require('node:test');
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { seeded, Way, Redis, Gateway, Client, freePort, send, settle, endAll, counts } = require('./cluster.js');

const seconds = Number(process.argv[3] ?? 40);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000);
const gatewayCount = 3;
const clientCount = 6;
const senderCount = 4;

const random = seeded(seed);

test(`nothing is lost, doubled or out of order in ${seconds} seconds of faults (seed ${seed})`,
  { timeout: (seconds + 120) * 1000 }, async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-'));
    fs.writeFileSync(path.join(directory, 'gateway.toml'), '[limits]\nheads_interval = "1s"\n');
    // With everysec, Redis answers before it has written while the disk is busy.
    const redis = new Redis(directory, await freePort(),
      { options: ['--appendfsync', 'always'] });
    const gateways = [];
    const ways = [];
    const clients = [];
    const load = { isOn: true };
    try {
      await redis.start();
      for (let i = 0; i < gatewayCount; ++i) {
        ways.push(new Way(redis.port));
        const own = path.join(directory, `gateway-${i}`);
        gateways.push(new Gateway(own, `redis://127.0.0.1:${await ways[i].listen()}/0`));
        fs.mkdirSync(own);
        await gateways[i].start();
      }
      for (let i = 0; i < clientCount; ++i) clients.push(new Client(gateways));

      const accepted = new Set();
      const senders = Array.from({ length: senderCount },
        (_, number) => send(number, gateways, load, accepted));

      const end = Date.now() + seconds * 1000;
      const faults = {
        gatewayKilled: async (gateway) => {
          gateway.child.kill('SIGKILL');
          await gateway.start();
        },
        redisKilled: async () => {
          redis.child.kill('SIGKILL');
          await pause(random(3000));
          await redis.start();
        },
        gatewayHeldUp: async (gateway) => {
          gateway.child.kill('SIGSTOP');
          await pause(random(7000));
          gateway.child.kill('SIGCONT');
        },
        redisHeldUp: async () => {
          redis.child.kill('SIGSTOP');
          await pause(random(7000));
          redis.child.kill('SIGCONT');
        },
        cut: async (_, way) => {
          way.cut();
          await pause(random(4000));
          way.heal();
        },
        frozen: async (_, way) => {
          way.freeze();
          await pause(random(7000));
          way.heal();
        },
      };
      while (Date.now() < end) {
        await pause(random(1500));
        const i = random(gatewayCount);
        const name = Object.keys(faults)[random(Object.keys(faults).length)];
        await faults[name](gateways[i], ways[i]);
        counts.faults[name] = (counts.faults[name] ?? 0) + 1;
      }
      load.isOn = false;
      await Promise.all(senders);

      const titles = await settle(gateways, clients);
      const lost = [...accepted].filter((key) => !titles.includes(key));
      assert.deepStrictEqual(lost, []);
      assert.ok(accepted.size > 0 && counts.events > 0 && Object.keys(counts.faults).length > 0);
    } finally {
      load.isOn = false;
      endAll(clients, [...gateways, redis]);
      for (const way of ways) { way.cut(); way.server.close(); }
      fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  });
