// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A real tocsin-gateway as a client sees it that is not ours: Node's `ws`, no code of the project.
// Run as `node session.test.js path/to/tocsin-gateway`.
'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { test, startGateway, Session, alert, post, makeToken, program, room }
  = require('./gateway.js');

test('a whole session: auth, join, snapshot, live, leave, recovery', async (directory) => {
  const gateway = await startGateway(directory);
  assert.deepStrictEqual(await post(gateway, [alert('a')]), [200, { accepted: 1 }]);

  const session = new Session(gateway.ws);
  await session.send({ type: 'auth', token: 'whatever' });
  const authenticated = (await session.message('auth.ok')).data;
  assert.strictEqual(authenticated.user.role, 'admin');
  assert.ok(authenticated.session);
  const joined = await session.join();
  assert.strictEqual(joined.seq, 1);
  assert.strictEqual(joined.recovered, false);
  const [incident, ...others] = await session.snapshot();
  assert.strictEqual(others.length, 0);
  assert.strictEqual(incident.title, 'Summary of a');
  assert.strictEqual(incident.severity, 'critical');
  assert.strictEqual(incident.createdAt, Date.parse('2026-02-01T12:00:00Z'));

  await post(gateway, [alert('b'), alert('a'), alert('b', 'resolved')]);
  const created = await session.message('incident.created');
  assert.strictEqual(created.seq, 2);
  assert.strictEqual(created.room, room);
  assert.strictEqual(created.data.title, 'Summary of b');
  const updated = await session.message('incident.updated');
  assert.strictEqual(updated.seq, 3);
  assert.strictEqual(updated.data.uuid, incident.uuid);
  assert.strictEqual(updated.data.count, 2);
  const resolved = await session.message('incident.resolved');
  assert.strictEqual(resolved.seq, 4);
  assert.deepStrictEqual(resolved.data, {
    uuid: created.data.uuid, resolvedAt: Date.parse('2026-02-01T12:30:00Z'), version: 2,
  });

  await session.send({ type: 'room.leave', room, requestId: 1 });
  assert.strictEqual((await session.message('reply')).data.ok, true);
  await post(gateway, [alert('c')]);
  await session.send('2');
  assert.strictEqual(await session.frame(), '3');

  const back = await session.join({ epoch: joined.epoch, seq: 3 });
  assert.deepStrictEqual(back, { room, epoch: joined.epoch, seq: 5, recovered: true });
  assert.strictEqual((await session.message('incident.resolved')).seq, 4);
  assert.strictEqual((await session.message('incident.created')).seq, 5);
  await post(gateway, [alert('d')]);
  assert.strictEqual((await session.message('incident.created')).seq, 6);

  const other = await session.join({ epoch: 'another', seq: 3 });
  assert.strictEqual(other.recovered, false);
  assert.strictEqual((await session.snapshot()).length, 3);
});

test('a restart loses nothing and keeps the epoch', async (directory) => {
  const gateway = await startGateway(directory);
  await post(gateway, [alert('a'), alert('b')]);
  const before = await new Session(gateway.ws).join();
  gateway.child.kill('SIGTERM');
  assert.deepStrictEqual(await once(gateway.child, 'exit'), [0, null]);

  const again = await startGateway(directory);
  const session = new Session(again.ws);
  assert.deepStrictEqual(await session.join({ epoch: before.epoch, seq: 1 }),
    { ...before, recovered: true });
  assert.strictEqual((await session.message('incident.created')).seq, 2);
});

test('an alert fires again after its end only when it began anew', async (directory) => {
  const gateway = await startGateway(directory);
  const session = new Session(gateway.ws);
  await session.join();
  await session.snapshot();
  await post(gateway, [alert('a'), alert('a', 'resolved'), alert('a'), alert('a', 'resolved')]);
  await post(gateway, [alert('a', 'firing', '2026-02-01T13:00:00Z')]);
  const first = await session.message('incident.created');
  await session.message('incident.resolved');
  const second = await session.message('incident.created');
  assert.notStrictEqual(first.data.uuid, second.data.uuid);
  assert.strictEqual(second.seq, 3);
});

test('commands are answered, and carried out once', async (directory) => {
  const gateway = await startGateway(directory);
  await post(gateway, [alert('a')]);
  const session = new Session(gateway.ws);
  await session.join();
  const [{ uuid }] = await session.snapshot();
  const command = { type: 'incident.acknowledge', uuid, requestId: 5 };
  await session.send(command);
  assert.strictEqual((await session.message('incident.updated')).data.status, 'acknowledged');
  const reply = await session.message('reply');
  assert.deepStrictEqual(reply.data, { requestId: 5, ok: true, result: { uuid, version: 2 } });
  await session.send(command);
  assert.deepStrictEqual(await session.message('reply'), reply);

  await session.send({ type: 'incident.resolve', uuid: 'no-such', requestId: 6 });
  const refused = (await session.message('reply')).data;
  assert.strictEqual(refused.ok, false);
  assert.strictEqual(refused.error.code, 'not_found');
  await session.send({ type: 'no.such' });
  assert.strictEqual((await session.message('error')).data.code, 'unknown_type');
  await session.send('{');
  assert.strictEqual((await session.message('error')).data.code, 'invalid_json');
  await session.send({ type: 'room.join', room: 7 });
  assert.strictEqual((await session.message('error')).data.code, 'invalid_payload');
  session.socket.send(Buffer.from([1, 2, 3]));
  assert.strictEqual((await session.message('error')).data.code, 'invalid_payload');
});

test('a timeline says who did what, and survives a restart', async (directory) => {
  const gateway = await startGateway(directory);
  await post(gateway, [alert('a')]);
  const session = new Session(gateway.ws);
  await session.join();
  const [{ uuid }] = await session.snapshot();
  let requestId = 0;
  const ask = async (on, type, payload = {}) => {
    requestId += 1;
    await on.send({ type, uuid, requestId, ...payload });
    for (;;) {
      const message = await on.message();
      if (message.name === 'reply') return message.data;
    }
  };
  assert.strictEqual((await ask(session, 'incident.acknowledge')).ok, true);
  assert.strictEqual((await ask(session, 'incident.comment', { text: 'a disk' })).ok, true);
  assert.strictEqual((await ask(session, 'incident.assign', { assignee: 'Ann' })).ok, true);
  assert.strictEqual((await ask(session, 'incident.assign', { assignee: null })).ok, true);
  assert.strictEqual((await ask(session, 'incident.unacknowledge')).ok, true);
  const empty = await ask(session, 'incident.comment', { text: '  ' });
  assert.strictEqual(empty.error.code, 'invalid_payload');
  assert.strictEqual((await ask(session, 'incident.resolve')).ok, true);
  assert.strictEqual((await ask(session, 'incident.comment', { text: 'later' })).ok, true);
  const late = await ask(session, 'incident.assign', { assignee: 'Bob' });
  assert.strictEqual(late.error.code, 'conflict');
  const before = await ask(session, 'incident.history');
  assert.strictEqual(before.result.uuid, uuid);
  assert.strictEqual(before.result.complete, true);
  assert.deepStrictEqual(before.result.entries.map(({ kind, by, text }) => [kind, by, text]), [
    ['created', undefined, undefined],
    ['acknowledged', 'local', undefined],
    ['commented', 'local', 'a disk'],
    ['assigned', 'local', 'Ann'],
    ['assigned', 'local', undefined],
    ['unacknowledged', 'local', undefined],
    ['resolved', 'local', undefined],
    ['commented', 'local', 'later'],
  ]);
  const unknown = await ask(session, 'incident.history', { uuid: 'no-such' });
  assert.strictEqual(unknown.error.code, 'not_found');
  await session.send({ type: 'incident.history', uuid });
  assert.strictEqual((await session.message('error')).data.code, 'invalid_payload');

  gateway.child.kill('SIGKILL');
  await once(gateway.child, 'exit');
  const again = await startGateway(directory);
  const after = await ask(new Session(again.ws), 'incident.history');
  assert.deepStrictEqual(after.result, before.result);
});

test('activity is counted once, for as many rooms as it is in, and outlives a kill', async (directory) => {
  const gateway = await startGateway(directory);
  const session = new Session(gateway.ws);
  await session.join();
  const quarter = 15 * 60 * 1000;
  let requestId = 0;
  const ask = async (on, payload) => {
    requestId += 1;
    await on.send({ type: 'room.activity', requestId, ...payload });
    for (;;) {
      const message = await on.message();
      if (message.name === 'reply') return message.data;
    }
  };
  const rooms = ['account:default'];
  const empty = await ask(session, { rooms });
  assert.deepStrictEqual(empty.result.quarters, []);
  assert.ok(Math.abs(Date.now() - 24 * 4 * quarter - quarter - empty.result.from) < 60000);

  const began = new Date(Date.now() - 3 * quarter);
  await post(gateway, [alert('a', 'firing', began), alert('b', 'firing', began)]);
  await session.message('incident.created');
  await post(gateway, [alert('a', 'firing', began)]);
  const told = await ask(session, { rooms: [...rooms, ...rooms, 'account:other'] });
  const at = Math.floor(began / quarter) * quarter;
  assert.strictEqual(told.result.quarters.length, 1);
  const { at: toldAt, resolved, ...severities } = told.result.quarters[0];
  assert.strictEqual(toldAt, at);
  assert.strictEqual(resolved ?? 0, 0);
  assert.strictEqual(Object.values(severities).reduce((sum, count) => sum + count), 2);

  for (const [payload, code] of [
    [{}, 'invalid_payload'], [{ rooms: [] }, 'invalid_payload'], [{ rooms: 'x' }, 'invalid_payload'],
    [{ rooms: Array(257).fill('x') }, 'invalid_payload'],
  ])
    assert.strictEqual((await ask(session, payload)).error.code, code, JSON.stringify(payload).slice(0, 60));
  await session.send({ type: 'room.activity', rooms });
  assert.strictEqual((await session.message('error')).data.code, 'invalid_payload');

  gateway.child.kill('SIGKILL');
  await once(gateway.child, 'exit');
  const again = await startGateway(directory);
  assert.deepStrictEqual((await ask(new Session(again.ws), { rooms })).result.quarters, told.result.quarters);
});

test('a comment that is sent again on another session is one, by its id', async (directory) => {
  const gateway = await startGateway(directory);
  await post(gateway, [alert('a')]);
  const id = '6b0f7b1e-5d0e-4f6e-9d57-0f8b9a1c2d3e';
  const sessions = [new Session(gateway.ws), new Session(gateway.ws)];
  let uuid;
  for (const session of sessions) {
    await session.join();
    [{ uuid }] = await session.snapshot();
  }
  const reply = async (session, payload) => {
    await session.send({ uuid, requestId: 1, ...payload });
    for (;;) {
      const message = await session.message();
      if (message.name === 'reply') return message.data;
    }
  };
  const comment = { type: 'incident.comment', text: 'a disk', id };
  // Twice at once, and once more.
  await Promise.all(sessions.map((session) => reply(session, comment)));
  const again = await reply(sessions[1], { ...comment, requestId: 2 });
  assert.deepStrictEqual(again.result, { uuid, version: 2 });
  const other = await reply(sessions[1], { ...comment, text: 'a fan', requestId: 3 });
  assert.strictEqual(other.error.code, 'conflict');
  const none = await reply(sessions[1], { ...comment, id: 'mine', requestId: 4 });
  assert.strictEqual(none.error.code, 'invalid_payload');
  const { result } = await reply(sessions[0], { type: 'incident.history', requestId: 2 });
  assert.deepStrictEqual(result.entries.filter(({ kind }) => kind === 'commented')
    .map((entry) => [entry.text, entry.id]), [['a disk', id]]);
});

test('a comment is told to everybody, an acknowledgement outlives a repeat', async (directory) => {
  const gateway = await startGateway(directory);
  await post(gateway, [alert('a')]);
  const [one, other] = [new Session(gateway.ws), new Session(gateway.ws)];
  let uuid;
  for (const session of [one, other]) {
    await session.join();
    [{ uuid }] = await session.snapshot();
  }
  await one.send({ type: 'incident.comment', uuid, text: 'a disk' });
  assert.strictEqual((await other.message('incident.updated')).data.version, 2);
  await one.send({ type: 'incident.acknowledge', uuid });
  assert.strictEqual((await other.message('incident.updated')).data.acknowledgedBy, 'local');
  await post(gateway, [alert('a')]);
  const repeated = (await other.message('incident.updated')).data;
  assert.strictEqual(repeated.status, 'acknowledged');
  assert.strictEqual(repeated.acknowledgedBy, 'local');
  await post(gateway, [alert('a', 'resolved'), alert('a', 'firing', '2026-02-01T13:00:00Z')]);
  assert.strictEqual((await other.message('incident.resolved')).data.uuid, uuid);
  const anew = (await other.message('incident.created')).data;
  assert.strictEqual(anew.status, 'open');
  assert.strictEqual(anew.acknowledgedBy, undefined);
});

test('presence says who is there, where it is turned on', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  const make = (name) => execFileSync(program, ['token', 'new', '--tokens', tokens,
    '--name', name, '--role', 'viewer']).toString().trim().split('\n').pop();
  const [ann, bob] = [make('ann'), make('bob')];
  const config = path.join(directory, 'gateway.toml');
  fs.writeFileSync(config, 'presence = ["team:*"]\ntokens_file = "tokens.toml"\n');
  const gateway = await startGateway(path.join(directory, 'data'), '--config', config);
  const enter = async (token, name) => {
    const session = new Session(gateway.ws);
    await session.send({ type: 'auth', token });
    await session.message('auth.ok');
    await session.join(undefined, name);
    await session.snapshot();
    return session;
  };
  const here = async (session) => {
    const { room: name, data, seq } = await session.message('presence');
    assert.strictEqual(data.room, 'team:blue');
    assert.strictEqual(name, undefined);
    assert.strictEqual(seq, undefined);
    return data.users.map(({ id }) => id);
  };
  const one = await enter(ann, 'team:blue');
  assert.deepStrictEqual(await here(one), ['ann']);
  const two = await enter(bob, 'team:blue');
  assert.deepStrictEqual(await here(two), ['ann', 'bob']);
  assert.deepStrictEqual(await here(one), ['ann', 'bob']);
  const again = await enter(bob, 'team:blue');
  assert.deepStrictEqual(await here(again), ['ann', 'bob']);
  again.socket.terminate(); // bob is there still
  two.socket.terminate();
  assert.deepStrictEqual(await here(one), ['ann']);
  const elsewhere = await enter(bob, 'account:default');
  await elsewhere.send('2');
  assert.strictEqual(await elsewhere.frame(), '3');
});

test('heartbeats of every flavour are answered', async (directory) => {
  const gateway = await startGateway(directory);
  const session = new Session(gateway.ws);
  await session.send('2');
  assert.strictEqual(await session.frame(), '3');
  await session.send({ type: 'ping' });
  assert.deepStrictEqual(await session.message(), { type: 'pong' });
  session.socket.ping();
  await once(session.socket, 'pong');
});

test('a storm of 20,000 alerts in one POST', async (directory) => {
  const gateway = await startGateway(directory);
  const watching = new Session(gateway.ws);
  await watching.join();
  await watching.snapshot();
  const alerts = Array.from({ length: 20_000 }, (_, i) => alert(`storm ${i}`));
  const begun = performance.now();
  assert.deepStrictEqual(await post(gateway, alerts), [200, { accepted: 20_000 }]);
  console.log(`# 20,000 alerts accepted in ${Math.round(performance.now() - begun)} ms`);

  const late = new Session(gateway.ws);
  await late.join();
  const titles = new Set((await late.snapshot()).map((incident) => incident.title));
  assert.strictEqual(titles.size, 20_000);
  for (let seq = 1; seq <= 20_000; ++seq)
    assert.strictEqual((await watching.message('incident.created')).seq, seq);
});

test('tokens: who has none is turned away', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  const viewer = makeToken(tokens, 'viewer');
  const sender = makeToken(tokens, 'sender');
  assert.strictEqual(fs.statSync(tokens).mode & 0o777, 0o600);
  const gateway = await startGateway(path.join(directory, 'data'), '--tokens', tokens);

  assert.strictEqual((await post(gateway, [alert('a')]))[0], 401);
  const bearer = (token) => ({ authorization: `Bearer ${token}` });
  assert.strictEqual((await post(gateway, [alert('a')], bearer(viewer)))[0], 403);
  assert.strictEqual((await post(gateway, [alert('a')], bearer(sender)))[0], 200);

  const early = new Session(gateway.ws);
  await early.send({ type: 'room.join', room });
  assert.strictEqual((await early.message('error')).data.code, 'unauthenticated');
  assert.strictEqual((await early.closed)[0], 4001);
  const wrong = new Session(gateway.ws);
  await wrong.send({ type: 'auth', token: 'made up' });
  assert.strictEqual((await wrong.closed)[0], 4001);
  const silent = new Session(gateway.ws);
  const begun = performance.now();
  assert.strictEqual((await silent.closed)[0], 4001); // after 5 s
  assert.ok(performance.now() - begun > 4000);

  const session = new Session(gateway.ws);
  await session.send({ type: 'auth', token: viewer });
  assert.strictEqual((await session.message('auth.ok')).data.user.role, 'viewer');
  await session.join();
  const [{ uuid }] = await session.snapshot();
  await session.send({ type: 'incident.resolve', uuid, requestId: 1 });
  assert.strictEqual((await session.message('reply')).data.error.code, 'forbidden');
});

test('close codes: too large a frame, a page of another site, a clean stop', async (directory) => {
  const gateway = await startGateway(directory);
  const large = new Session(gateway.ws);
  await large.send('x'.repeat(1024 * 1024 + 1));
  assert.strictEqual((await large.closed)[0], 1009);

  const foreign = new Session(gateway.ws, { origin: 'https://evil.example' });
  const [, response] = await once(foreign.socket, 'unexpected-response');
  assert.strictEqual(response.statusCode, 403);

  const session = new Session(gateway.ws);
  await session.join();
  gateway.child.kill('SIGTERM');
  assert.strictEqual((await session.closed)[0], 1001);
  assert.deepStrictEqual(await once(gateway.child, 'exit'), [0, null]);
});
