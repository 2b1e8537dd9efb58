// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Every close code that tocsin-gateway gives, as Node's `ws` sees it (docs/protocol.md, "Close
// codes"). Run as `node closecodes.test.js path/to/tocsin-gateway`.
'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { test, startGateway, Session, alert, post, makeToken, program, room }
  = require('./gateway.js');

/** Writes bytes past `ws`, which makes no bad frames; every mask is 0. */
async function sendRaw(session, hex) {
  await once(session.socket, 'open');
  session.socket._socket.write(Buffer.from(hex, 'hex'));
}

const withConfig = async (directory, toml) => {
  const config = path.join(directory, 'gateway.toml');
  fs.writeFileSync(config, toml);
  return startGateway(path.join(directory, 'data'), '--config', config);
};

test('1001: the gateway stops', async (directory) => {
  const gateway = await startGateway(directory);
  const session = new Session(gateway.ws);
  await session.join();
  gateway.child.kill('SIGTERM');
  assert.deepStrictEqual(await session.closed, [1001, 'shutting down']);
});

test('1002: not the protocol', async (directory) => {
  const gateway = await startGateway(directory);
  for (const [what, hex] of Object.entries({
    unmasked: '81027b7d', compressed: 'c182000000007b7d', 'reserved opcode': '838000000000',
  })) {
    const session = new Session(gateway.ws);
    await sendRaw(session, hex);
    assert.strictEqual((await session.closed)[0], 1002, what);
  }
});

test('1007: text that is not UTF-8', async (directory) => {
  const gateway = await startGateway(directory);
  const session = new Session(gateway.ws);
  await sendRaw(session, '818200000000ffff');
  assert.strictEqual((await session.closed)[0], 1007);
});

test('1009: a message over 1 MiB', async (directory) => {
  const gateway = await startGateway(directory);
  const session = new Session(gateway.ws);
  await session.send(`"${'x'.repeat(1024 * 1024)}"`);
  assert.strictEqual((await session.closed)[0], 1009);
});

test('4001: no token, one unknown, none in time, one that is revoked', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  const viewer = makeToken(tokens, 'viewer');
  const gateway = await withConfig(directory,
    'tokens_file = "tokens.toml"\n[limits]\nauthentication_timeout = "1s"\n');
  const early = new Session(gateway.ws);
  await early.send({ type: 'room.join', room });
  const unknown = new Session(gateway.ws);
  await unknown.send({ type: 'auth', token: 'made up' });
  const silent = new Session(gateway.ws);
  for (const session of [early, unknown, silent])
    assert.strictEqual((await session.closed)[0], 4001);

  const session = new Session(gateway.ws);
  await session.send({ type: 'auth', token: viewer });
  await session.message('auth.ok');
  execFileSync(program, ['token', 'revoke', '--tokens', tokens, '--name', 'viewer']);
  assert.deepStrictEqual(await session.closed, [4001, 'the token is no longer good']);
});

test('4003: a sender looks', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  const sender = makeToken(tokens, 'sender');
  const gateway = await startGateway(path.join(directory, 'data'), '--tokens', tokens);
  const session = new Session(gateway.ws);
  await session.send({ type: 'auth', token: sender });
  assert.strictEqual((await session.closed)[0], 4003);
});

test('4008: a slow consumer, which then recovers what it missed', async (directory) => {
  const gateway = await withConfig(directory, '[limits]\nsession_queue_bytes = 1048576\n');
  const slow = new Session(gateway.ws);
  const { epoch } = await slow.join();
  await slow.snapshot();
  slow.socket.pause();
  const metrics = async () => (await fetch(`${gateway.http}/metrics`)).text();
  let posted = 0;
  // What the kernel holds for a socket is not known beforehand.
  while (!/slow_consumers_total 1\n/.test(await metrics())) {
    assert.ok(posted < 95_000); // the history holds 100,000
    const alerts = Array.from({ length: 5_000 }, (_, i) => alert(`storm ${posted + i}`));
    assert.strictEqual((await post(gateway, alerts))[0], 200);
    posted += alerts.length;
  }
  slow.socket.resume();
  assert.deepStrictEqual(await slow.closed, [4008, 'slow consumer']);
  // What had left is whole and in order.
  let seq = 0;
  for (const frame of slow.frames) {
    const message = JSON.parse(frame);
    if (message.name !== 'incident.created') continue;
    seq += 1;
    assert.strictEqual(message.seq, seq);
  }
  assert.ok(seq < posted);

  const again = new Session(gateway.ws);
  assert.deepStrictEqual(await again.join({ epoch, seq }),
    { room, epoch, seq: posted, recovered: true });
  while (seq < posted) {
    const missed = await again.message('incident.created');
    seq += 1;
    assert.strictEqual(missed.seq, seq);
    assert.strictEqual(missed.data.title, `Summary of storm ${seq - 1}`);
  }
  await post(gateway, [alert('after')]);
  assert.strictEqual((await again.message('incident.created')).seq, posted + 1);
});

test('4029: too many messages, and no other session suffers', async (directory) => {
  const gateway = await withConfig(directory,
    '[limits]\nmessages_per_second = 1\nmessage_burst = 50\n');
  const other = new Session(gateway.ws);
  await other.join();
  await other.snapshot();
  const session = new Session(gateway.ws);
  for (let i = 0; i < 200; ++i) await session.send('2');
  assert.deepStrictEqual(await session.closed, [4029, 'too many messages']);
  assert.ok(session.frames.filter((frame) => frame === '3').length >= 50);
  assert.strictEqual(JSON.parse(session.frames.at(-1)).data.code, 'rate_limited');
  await post(gateway, [alert('a')]);
  assert.strictEqual((await other.message('incident.created')).seq, 1);
});
