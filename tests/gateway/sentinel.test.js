// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Three gateways over a Redis master with a replica and three Sentinels, under load, while the
// master is killed again and again, each time with a replica that lacks its last words. What was
// lost is shown as a new epoch; no client keeps a list that the log does not have. Run as
// `node sentinel.test.js path/to/tocsin-gateway [ROUNDS]`.
'use strict';
const { test } = require('node:test');
const assert = require('node:assert');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { Redis, Gateway, Client, freePort, send, settle, endAll, counts } = require('./cluster.js');

const program = process.argv[2];
const rounds = Number(process.argv[3] ?? 2);
const gatewayCount = 3;
const clientCount = 6;
const senderCount = 4;

async function until(condition, what) {
  for (const deadline = Date.now() + 60_000; !condition(); await pause(50)) {
    assert.ok(Date.now() < deadline, `waited in vain for: ${what}`);
  }
}

/** A master, a replica, and the Sentinels that watch them. */
class Deployment {
  constructor(directory) {
    this.directory = directory;
  }
  async start() {
    const ports = [await freePort(), await freePort()];
    this.redises = ports.map((port, i) => {
      const own = path.join(this.directory, `redis-${i}`);
      fs.mkdirSync(own);
      return new Redis(own, port, { options: i ? ['--replicaof', '127.0.0.1', ports[0]] : [] });
    });
    for (const redis of this.redises) await redis.start();
    await until(() => this.isReplicating(this.redises[1]), 'the replica');
    this.sentinels = [];
    for (let i = 0; i < 3; ++i) {
      const port = await freePort();
      const file = path.join(this.directory, `sentinel-${i}.conf`);
      fs.writeFileSync(file, `bind 127.0.0.1\nport ${port}\ndir ${this.directory}\n`
        + `sentinel monitor alerts 127.0.0.1 ${ports[0]} 2\n`
        + 'sentinel down-after-milliseconds alerts 1000\nsentinel failover-timeout alerts 3000\n');
      this.sentinels.push(new Redis(this.directory, port, { sentinel: file }));
      await this.sentinels[i].start();
    }
    this.log = `redis-sentinel://${this.sentinels.map(({ port }) => `127.0.0.1:${port}`)}/alerts/0`;
    await until(() => this.sentinels.every((sentinel) => {
      const fields = sentinel.command('SENTINEL', 'MASTER', 'alerts').split('\n');
      const of = (name) => fields[fields.indexOf(name) + 1];
      return of('num-other-sentinels') === '2' && of('num-slaves') === '1';
    }), 'Sentinels that know each other');
  }
  /** As most Sentinels have it. */
  master() {
    const ports = this.sentinels.map((sentinel) => Number(
      sentinel.command('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'alerts').split('\n')[1]));
    return this.redises.find(({ port }) => ports.filter((named) => named === port).length > 1);
  }
  isReplicating(redis) {
    return redis.command('INFO', 'replication').includes('master_link_status:up');
  }
  all() {
    return [...this.redises ?? [], ...this.sentinels ?? []];
  }
}

async function failingStart(directory, log) {
  const child = spawn(program, ['--listen', '127.0.0.1:0', '--data-dir', directory, '--log', log],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (said) => { text += said; });
  const [status] = await once(child, 'close');
  return { status, text };
}

test(`what ${rounds} fail-overs lose is never on a screen`, { timeout: 280_000 }, async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-'));
  fs.writeFileSync(path.join(directory, 'gateway.toml'), '[limits]\nheads_interval = "1s"\n');
  const deployment = new Deployment(directory);
  const gateways = [];
  const clients = [];
  const load = { isOn: true };
  try {
    await deployment.start();
    for (let i = 0; i < gatewayCount; ++i) {
      gateways.push(new Gateway(path.join(directory, `gateway-${i}`), deployment.log));
      fs.mkdirSync(gateways[i].directory);
      await gateways[i].start();
    }
    for (let i = 0; i < clientCount; ++i) clients.push(new Client(gateways));
    const accepted = new Set();
    const senders = Array.from({ length: senderCount },
      (_, number) => send(number, gateways, load, accepted));

    const told = [];
    const lostAtLeast = [];
    for (let round = 0; round < rounds; ++round) {
      const master = deployment.master();
      const replica = deployment.redises.find((redis) => redis !== master);
      const enough = accepted.size + 50;
      await until(() => accepted.size >= enough, 'load');
      // Behind by some of what is accepted, and shown, before the master dies.
      replica.child.kill('SIGSTOP');
      // What is on its way to it would be there when it goes on.
      master.command('CLIENT', 'KILL', 'TYPE', 'replica');
      const before = new Set(accepted);
      await until(() => accepted.size >= before.size + 20, 'what the replica does not get');
      const late = [...accepted].filter((key) => !before.has(key));
      master.child.kill('SIGKILL');
      await once(master.child, 'exit');
      replica.child.kill('SIGCONT');
      await until(() => deployment.master() === replica, 'a new master');
      const again = accepted.size;
      await until(() => accepted.size >= again + 20, 'gateways that go on');
      told.push(replica.command('HGET', '{tocsin}:meta', 'epoch'));
      lostAtLeast.push(late);
      // It comes back as it went, for a moment a master still, and is made the replica.
      await master.start();
      await until(() => deployment.isReplicating(master), 'the old master as replica');
    }
    load.isOn = false;
    await Promise.all(senders);
    const titles = new Set(await settle(gateways, clients));
    const lost = [...accepted].filter((key) => !titles.has(key));
    console.log(`# ${lost.length} of ${accepted.size} accepted were lost with their masters`);
    assert.strictEqual(new Set(told).size, rounds);
    assert.ok(counts.epochs >= clientCount * rounds, `${counts.epochs} new epochs`);
    // It was put to the test at all.
    for (const late of lostAtLeast) assert.ok(late.some((key) => lost.includes(key)));

    // Cut off together with one Sentinel, nobody is believed.
    for (const sentinel of deployment.sentinels.slice(1)) {
      sentinel.child.kill('SIGKILL');
      await once(sentinel.child, 'exit');
    }
    const other = path.join(directory, 'other');
    fs.mkdirSync(other);
    const alone = await failingStart(other, deployment.log);
    assert.strictEqual(alone.status, 1);
    assert.match(alone.text, /Which Redis is the master alerts is not certain: of 3 Sentinels 1 say/);
    // Who is connected goes on.
    const status = await fetch(`${gateways[0].http}/readyz`).then((response) => response.status);
    assert.strictEqual(status, 200);
  } finally {
    load.isOn = false;
    endAll(clients, [...gateways, ...deployment.all()]);
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
});
