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
  const child = spawn(program, ['--listen', '127.0.0.1:0', '--data-dir', directory, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  leftovers.add(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [, http, ws] = /on (\S+) \((\S+)\)/.exec(line);
  return { child, http, ws };
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

module.exports = { test, startGateway, Session, alert, post, makeToken, program, room };
