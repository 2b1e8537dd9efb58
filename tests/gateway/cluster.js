// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Gateways over one Redis, and clients that keep count of what they are told: for the tests beside
// this file, whose first argument is the gateway's program.
'use strict';
const assert = require('node:assert');
const { spawn, execFileSync } = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const WebSocket = require('ws');

const program = process.argv[2];
const room = 'account:default';
const counts = { accepted: 0, refused: 0, events: 0, joins: 0, snapshots: 0, epochs: 0, faults: {} };

/** Of numbers below a limit, the same ones for the same seed (mulberry32). */
function seeded(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** In a network of its own, where there is one. */
function spawnIn(network, command, words, options) {
  const [first, ...rest] = [...network?.enter ?? [], command, ...words];
  return spawn(first, rest, options);
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

async function freePort() {
  const free = net.createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address();
  await new Promise((resolve) => { free.close(resolve); });
  return port;
}

/** A redis-server on loopback, or in a network of its own; with a `sentinel` configuration file, one
 *  of Redis Sentinel. */
class Redis {
  constructor(directory, port, { options = [], sentinel, network } = {}) {
    this.port = port;
    this.network = network;
    this.host = network?.address ?? '127.0.0.1';
    this.arguments = sentinel ? [sentinel, '--sentinel'] : ['--bind', this.host, '--port', port,
      '--save', '', '--appendonly', 'yes', '--dir', directory, ...options];
  }
  async start() {
    this.child = spawnIn(this.network, 'redis-server', this.arguments, { stdio: 'ignore' });
    while (!this.command('PING').includes('PONG')) await pause(20);
  }
  /** What redis-cli says; nothing where it cannot be reached. */
  command(...words) {
    try {
      const [first, ...rest] = [...this.network?.enter ?? [], 'redis-cli', '-h', this.host,
        '-p', this.port, ...words];
      return execFileSync(first, rest,
        { stdio: ['ignore', 'pipe', 'ignore'], timeout: 2000 }).toString().trim();
    } catch {
      return '';
    }
  }
}

/** A gateway that is started again and again until its log can be opened, as its service manager
 *  would. */
class Gateway {
  constructor(directory, log, { network, token } = {}) {
    this.directory = directory;
    this.log = log;
    this.network = network;
    this.token = token;
    this.headers = token ? { authorization: `Bearer ${token}` } : {};
  }
  async start() {
    for (;;) {
      const host = this.network?.address ?? '127.0.0.1';
      const child = spawnIn(this.network, program, ['--listen', `${host}:0`, '--data-dir', this.directory,
        '--config', path.join(this.directory, '../gateway.toml'),
        '--log', this.log], { stdio: ['ignore', 'pipe', 'ignore'] });
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
    this.gateway = this.gateways[Math.floor(Math.random() * this.gateways.length)];
    this.since = Infinity;
    const socket = new WebSocket(this.gateway.ws, { handshakeTimeout: 2000 });
    this.socket = socket;
    const beat = setInterval(() => {
      if (Date.now() - this.lastFrame > 4000) return socket.terminate();
      if (socket.readyState === WebSocket.OPEN) socket.send('2');
    }, 500);
    socket.on('error', () => {});
    socket.on('open', () => {
      const { token } = this.gateway;
      if (token) socket.send(JSON.stringify({ type: 'auth', token }));
      this.join();
    });
    socket.on('message', (data) => {
      this.lastFrame = Date.now();
      const text = data.toString();
      if (text !== '3') this.take(JSON.parse(text), socket);
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
  take({ name, data, seq, timestamp }, socket) {
    if (name === 'error') {
      // Not now: the log is away. Of the next connection another join is under way by then, and who
      // joins twice is told twice.
      setTimeout(() => this.socket === socket && socket.readyState === WebSocket.OPEN && this.join(), 200);
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
      this.since = Date.now();
    } else if (name === 'room.snapshot') {
      if (data.seq !== this.head || data.epoch !== this.epoch) this.wrong('another snapshot');
      for (const incident of data.incidents) this.incidents.set(incident.uuid, incident);
    } else if (name === 'room.heads') {
      // By the gateway's clock, which is that of this machine.
      this.confirmed = timestamp;
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

/** Posts one report after the other, each until somebody takes it, as Alertmanager does; `accepted`
 *  gets the keys. */
async function send(number, gateways, load, accepted) {
  for (let next = 0; load.isOn; ++next) {
    const key = `${number}-${next}`;
    const body = JSON.stringify({ key, title: key, severity: 'critical', startsAt: 1000 });
    while (load.isOn) {
      const gateway = gateways[Math.floor(Math.random() * gateways.length)];
      const status = await fetch(`${gateway.http}/ingest/incident`, { method: 'POST', body,
        headers: { 'content-type': 'application/json', ...gateway.headers }, signal: AbortSignal.timeout(3000) })
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
}

/** What the log holds, once all clients have come to its end by themselves; whatever was not as
 *  promised on the way fails. */
async function settle(gateways, clients) {
  const deadline = Date.now() + 60_000;
  let last = {};
  const isEqual = () => last.incidents && clients.every(
    (client) => client.isJoined && client.epoch === last.epoch && client.head === last.seq);
  while (!isEqual() && Date.now() < deadline) {
    await pause(200);
    last = await fetch(`${gateways[0].http}/api/incidents?room=${room}`,
      { headers: gateways[0].headers, signal: AbortSignal.timeout(3000) })
      .then((response) => response.json()).catch(() => ({}));
  }
  console.log(`# ${JSON.stringify(counts)}`);
  for (const client of clients) assert.deepStrictEqual(client.mistakes, []);
  assert.ok(isEqual(), `${clients.map(({ head }) => head)} of ${last.seq}`);
  const all = JSON.stringify(last.incidents
    .map(({ uuid, version, title }) => [uuid, version, title]).sort());
  for (const client of clients) assert.strictEqual(client.versions(), all);
  const titles = last.incidents.map(({ title }) => title);
  assert.strictEqual(new Set(titles).size, titles.length);
  return titles;
}

/** Ends all of it, whatever state it is in. */
function endAll(clients, children) {
  for (const client of clients) { client.isDone = true; client.socket.terminate(); }
  for (const { child } of children) { child?.kill('SIGCONT'); child?.kill('SIGKILL'); }
}

module.exports = { seeded, Way, Redis, Gateway, Client, freePort, send, settle, endAll, counts };
