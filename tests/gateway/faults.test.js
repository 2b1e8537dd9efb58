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
const { spawn, execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const WebSocket = require('ws');

const program = process.argv[2];
const seconds = Number(process.argv[3] ?? 40);
const seed = Number(process.argv[4] ?? Date.now() % 1_000_000);
const gatewayCount = 3;
const clientCount = 6;
const senderCount = 4;
const room = 'account:default';
const counts = { accepted: 0, refused: 0, events: 0, joins: 0, snapshots: 0, epochs: 0, faults: {} };

let state = seed;
/** A number below `limit`, the same ones for the same seed (mulberry32). */
function random(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
}

/** A way to Redis that can be cut (connections break, and none is made) or frozen. */
class Way {
  constructor(target) {
    this.pairs = new Set();
    this.isCut = false;
    this.isFrozen = false;
    this.server = net.createServer((client) => {
      if (this.isCut) return client.destroy();
      const redis = net.connect(target, '127.0.0.1');
      const pair = { client, redis };
      this.pairs.add(pair);
      const end = () => { client.destroy(); redis.destroy(); this.pairs.delete(pair); };
      for (const [from, to] of [[client, redis], [redis, client]]) {
        from.on('data', (data) => to.write(data));
        from.on('error', end);
        from.on('close', end);
      }
      if (this.isFrozen) this.hold(pair, true);
    });
  }
  async listen() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this.server.address().port;
  }
  hold(pair, isHeld) {
    for (const socket of [pair.client, pair.redis]) isHeld ? socket.pause() : socket.resume();
  }
  cut() {
    this.isCut = true;
    for (const { client } of this.pairs) client.destroy();
  }
  freeze() {
    this.isFrozen = true;
    for (const pair of this.pairs) this.hold(pair, true);
  }
  heal() {
    this.isCut = false;
    this.isFrozen = false;
    for (const pair of this.pairs) this.hold(pair, false);
  }
}

class Redis {
  constructor(directory, port) {
    this.port = port;
    this.directory = directory;
  }
  async start() {
    this.child = spawn('redis-server', ['--bind', '127.0.0.1', '--port', this.port, '--save', '',
      '--appendonly', 'yes', '--dir', this.directory], { stdio: 'ignore' });
    for (;;) {
      try {
        if (execFileSync('redis-cli', ['-p', this.port, 'PING'],
          { stdio: ['ignore', 'pipe', 'ignore'] }).includes('PONG')) return;
      } catch { /* not there yet */ }
      await pause(20);
    }
  }
}

class Gateway {
  constructor(directory, port) {
    this.directory = directory;
    this.port = port;
  }
  async start() {
    for (;;) {
      const child = spawn(program, ['--listen', '127.0.0.1:0', '--data-dir', this.directory,
        '--config', path.join(this.directory, '../gateway.toml'),
        '--log', `redis://127.0.0.1:${this.port}/0`], { stdio: ['ignore', 'pipe', 'ignore'] });
      // Redis may be away: then it ends, and its service manager would start it again.
      const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'),
        once(child, 'exit').then(() => [])]);
      const match = line && /on (\S+) \((\S+)\)/.exec(line);
      if (match) {
        [, this.http, this.ws] = match;
        this.child = child;
        return;
      }
      await pause(200);
    }
  }
}

/** What a client makes of what it is told; whatever is not as promised is a mistake. */
class Client {
  constructor(gateways) {
    this.gateways = gateways;
    this.incidents = new Map();
    this.mistakes = [];
    this.head = 0;
    this.connect();
  }
  connect() {
    if (this.isDone) return;
    this.isJoined = false;
    this.lastFrame = Date.now();
    const url = this.gateways[Math.floor(Math.random() * this.gateways.length)].ws;
    const socket = new WebSocket(url, { handshakeTimeout: 2000 });
    this.socket = socket;
    const beat = setInterval(() => {
      if (Date.now() - this.lastFrame > 4000) return socket.terminate();
      if (socket.readyState === WebSocket.OPEN) socket.send('2');
    }, 500);
    socket.on('error', () => {});
    socket.on('open', () => this.join());
    socket.on('message', (data) => {
      this.lastFrame = Date.now();
      const text = data.toString();
      if (text !== '3') this.take(JSON.parse(text));
    });
    socket.on('close', () => {
      clearInterval(beat);
      setTimeout(() => this.connect(), 50 + Math.random() * 200);
    });
  }
  join() {
    ++counts.joins;
    const since = this.epoch && { epoch: this.epoch, seq: this.head };
    this.socket.send(JSON.stringify({ type: 'room.join', room, ...(since && { since }) }));
  }
  wrong(what) {
    this.mistakes.push(`${what} (at ${this.head} of ${this.epoch})`);
  }
  take({ name, data, seq }) {
    if (name === 'error') {
      // Not now: the log is away.
      setTimeout(() => this.socket.readyState === WebSocket.OPEN && this.join(), 200);
    } else if (name === 'room.joined') {
      if (data.recovered && data.epoch !== this.epoch) this.wrong('recovered another epoch');
      if (!data.recovered) {
        if (this.epoch && this.epoch !== data.epoch) ++counts.epochs;
        ++counts.snapshots;
        this.incidents.clear();
        this.head = data.seq;
      }
      this.epoch = data.epoch;
      this.isJoined = true;
    } else if (name === 'room.snapshot') {
      if (data.seq !== this.head || data.epoch !== this.epoch) this.wrong('another snapshot');
      for (const incident of data.incidents) this.incidents.set(incident.uuid, incident);
    } else if (name === 'room.heads') {
      const head = data.heads[room];
      if (this.isJoined && head !== undefined && head !== this.head) this.wrong(`head ${head}`);
    } else if (seq !== undefined) {
      ++counts.events;
      if (seq !== this.head + 1) this.wrong(`event ${seq}`);
      this.head = seq;
      const known = this.incidents.get(data.uuid);
      if (name === 'incident.created' && known) this.wrong(`created twice: ${data.title}`);
      this.incidents.set(data.uuid, data);
    }
  }
  versions() {
    return JSON.stringify([...this.incidents.values()]
      .map(({ uuid, version, title }) => [uuid, version, title]).sort());
  }
}

test(`nothing is lost, doubled or out of order in ${seconds} seconds of faults (seed ${seed})`,
  { timeout: (seconds + 120) * 1000 }, async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-'));
    fs.writeFileSync(path.join(directory, 'gateway.toml'), '[limits]\nheads_interval = "1s"\n');
    const free = net.createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const redis = new Redis(directory, free.address().port);
    free.close();
    const gateways = [];
    const ways = [];
    const clients = [];
    let isLoaded = true;
    try {
      await redis.start();
      for (let i = 0; i < gatewayCount; ++i) {
        ways.push(new Way(redis.port));
        const own = path.join(directory, `gateway-${i}`);
        gateways.push(new Gateway(own, await ways[i].listen()));
        fs.mkdirSync(own);
        await gateways[i].start();
      }
      for (let i = 0; i < clientCount; ++i) clients.push(new Client(gateways));

      const accepted = new Set();
      const sender = async (number) => {
        for (let next = 0; isLoaded; ++next) {
          const key = `${number}-${next}`;
          const body = JSON.stringify({ key, title: key, severity: 'critical', startsAt: 1000 });
          // Until somebody takes it, as Alertmanager does.
          while (isLoaded) {
            const gateway = gateways[Math.floor(Math.random() * gatewayCount)];
            const status = await fetch(`${gateway.http}/ingest/incident`, { method: 'POST', body,
              headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(3000) })
              .then((response) => response.status, () => 0);
            if (status === 200) {
              accepted.add(key);
              ++counts.accepted;
              break;
            }
            ++counts.refused;
            assert.ok(status === 0 || status === 503, `status ${status}`);
            await pause(50);
          }
          await pause(5);
        }
      };
      const senders = Array.from({ length: senderCount }, (_, number) => sender(number));

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
      isLoaded = false;
      await Promise.all(senders);

      // All is well again: everybody comes to the same, by himself.
      const log = async () => (await fetch(`${gateways[0].http}/api/incidents?room=${room}`)).json();
      const deadline = Date.now() + 60_000;
      let last = {};
      const isEqual = () => last.incidents
        && clients.every((client) => client.isJoined && client.head === last.seq);
      while (!isEqual() && Date.now() < deadline) {
        await pause(200);
        last = await log().catch(() => ({}));
      }
      console.log(`# ${JSON.stringify(counts)}`);
      for (const client of clients) assert.deepStrictEqual(client.mistakes, []);
      assert.ok(isEqual(), `${clients.map(({ head }) => head)} of ${last.seq}`);
      const all = JSON.stringify(last.incidents
        .map(({ uuid, version, title }) => [uuid, version, title]).sort());
      for (const client of clients) assert.strictEqual(client.versions(), all);
      const titles = last.incidents.map(({ title }) => title);
      assert.strictEqual(new Set(titles).size, titles.length);
      const lost = [...accepted].filter((key) => !titles.includes(key));
      assert.deepStrictEqual(lost, []);
      assert.ok(accepted.size > 0 && counts.events > 0 && Object.keys(counts.faults).length > 0);
    } finally {
      isLoaded = false;
      for (const client of clients) { client.isDone = true; client.socket.terminate(); }
      for (const { child } of [...gateways, redis]) { child?.kill('SIGCONT'); child?.kill('SIGKILL'); }
      for (const way of ways) { way.cut(); way.server.close(); }
      fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  });
