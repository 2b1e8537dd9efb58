// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A real tocsin-gateway, and sessions with it by Node's `ws`: for the tests beside this file, whose
// first argument is the gateway's program.
'use strict';
const { test: nodeTest } = require('node:test');
const assert = require('node:assert');
const { spawn, execFileSync } = require('node:child_process');
const { once, EventEmitter } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const WebSocket = require('ws');

const program = process.argv[2];
const room = 'account:default';

// What a test leaves open when it fails would keep this program from ending.
const leftovers = new Set();
const test = (name, body) => nodeTest(name, { timeout: 60_000 }, async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-'));
  try {
    await body(directory);
  } finally {
    for (const close of leftovers) close();
    leftovers.clear();
    fs.rmSync(directory, { recursive: true });
  }
});

async function startGateway(directory, ...args) {
  const child = spawn(program, ['--listen', '127.0.0.1:0', '--data-dir', directory,
    '--log-level', 'warning', ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  leftovers.add(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [, http, ws] = /on (\S+) \((\S+)\)/.exec(line);
  return { child, http, ws };
}

/** A gateway whose standard error is a file; `env` may depend on that file. */
async function startLogged(directory,
  { args = [], env = () => ({}), config = '', program: started = program } = {}) {
  const file = path.join(directory, 'stderr');
  const toml = path.join(directory, 'gateway.toml');
  fs.writeFileSync(toml, config);
  const stderr = fs.openSync(file, 'w');
  const child = spawn(started, ['--listen', '127.0.0.1:0',
    '--data-dir', path.join(directory, 'data'), '--config', toml, ...args],
  { stdio: ['ignore', 'pipe', stderr], env: { ...process.env, ...env(fs.fstatSync(stderr)) } });
  leftovers.add(() => child.kill('SIGKILL'));
  fs.closeSync(stderr);
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [, url, ws] = /on (\S+) \((\S+)\)/.exec(line);
  const text = () => fs.readFileSync(file, 'utf8');
  return { child, http: url, ws, text,
    lines: () => text().split('\n').filter(Boolean).map(parse),
    /** The first line of that event that has these fields. */
    line: async (event, fields = {}) => {
      for (;;) {
        const found = text().split('\n').filter(Boolean).map(parse).find((one) => one.event === event
          && Object.entries(fields).every(([key, value]) => one[key] === value));
        if (found) return found;
        await pause(20);
      }
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [status] = await once(child, 'exit');
      assert.strictEqual(status, 0);
    } };
}

const seenEvents = new Set();

/** logfmt, read by other means than the gateway's; throws at a line that is not. */
function parse(line) {
  const fields = {};
  let rest = line;
  while (rest) {
    const match = /^([a-z_]+)=("(?:[^"\\]|\\.)*"|[^ "]+)(?: |$)/.exec(rest);
    assert.ok(match, `not logfmt: ${line}`);
    const [whole, key, value] = match;
    assert.ok(!(key in fields), `twice ${key}: ${line}`);
    fields[key] = value.startsWith('"') ? JSON.parse(value)
      : /^-?\d+$/.test(value) ? Number(value) : value;
    rest = rest.slice(whole.length);
  }
  assert.ok(fields.event, `no event: ${line}`);
  seenEvents.add(fields.event);
  return fields;
}

/** A session: its messages as they come, and promises for those that are to come. */
class Session extends EventEmitter {
  constructor(url, options) {
    super();
    this.frames = [];
    this.socket = new WebSocket(url, options);
    leftovers.add(() => this.socket.terminate());
    this.socket.on('message', (data, isBinary) => {
      assert.ok(!isBinary);
      this.frames.push(data.toString());
      this.emit('frame');
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve([code, reason.toString()]));
    });
  }
  async send(command) {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    this.socket.send(typeof command === 'string' ? command : JSON.stringify(command));
  }
  async frame() {
    while (this.frames.length === 0) await once(this, 'frame');
    return this.frames.shift();
  }
  async message(name) {
    const message = JSON.parse(await this.frame());
    if (name) assert.strictEqual(message.name, name, JSON.stringify(message));
    return message;
  }
  /** Everything that `room.joined` is followed by, until the snapshot is whole. */
  async snapshot() {
    const incidents = [];
    for (;;) {
      const { data } = await this.message('room.snapshot');
      incidents.push(...data.incidents);
      if (data.part === data.parts) return incidents;
    }
  }
  async join(since, name = room) {
    await this.send({ type: 'room.join', room: name, ...(since && { since }) });
    return (await this.message('room.joined')).data;
  }
}

const alert = (name, status = 'firing', startsAt = '2026-02-01T12:00:00Z') => ({
  status,
  labels: { alertname: name, severity: 'critical', service: 'shop' },
  annotations: { summary: `Summary of ${name}` },
  startsAt,
  endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-02-01T12:30:00Z',
  generatorURL: 'http://prometheus.example.com/graph',
  fingerprint: Buffer.from(name).toString('hex').padStart(16, '0'),
});

async function post(gateway, alerts, headers = {}) {
  const response = await fetch(`${gateway.http}/ingest/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ version: '4', groupKey: '{}', status: 'firing', receiver: 'r', alerts }),
  });
  return [response.status, await response.json()];
}

/** A new token of that role, in the file `tokens`. */
const makeToken = (tokens, role) => execFileSync(program, ['token', 'new', '--tokens', tokens,
  '--name', role, '--role', role]).toString().trim().split('\n').pop();

module.exports = {
  test, startGateway, startLogged, Session, alert, post, makeToken, program, room, leftovers,
  seenEvents,
};
