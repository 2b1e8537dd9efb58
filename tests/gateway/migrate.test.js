// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A log that moves from a file to Redis and back while the migration is killed (SIGKILL) at random
// moments and run again: nothing is lost or doubled, and a client that was connected before goes on
// from where it was. Run as `node migrate.test.js path/to/tocsin-gateway [KILLS]`.
'use strict';
const nodeTest = require('node:test');
const assert = require('node:assert');
const { spawn, execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { startGateway, Session, program, leftovers } = require('./gateway.js');

const kills = Number(process.argv[3] ?? 8);
const incidentCount = 6000;
const rooms = ['account:default', 'account:acme'];

async function startRedis(directory) {
  const free = net.createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address();
  free.close();
  const child = spawn('redis-server', ['--bind', '127.0.0.1', '--port', port, '--save', '',
    '--appendonly', 'yes', '--dir', directory], { stdio: 'ignore' });
  leftovers.add(() => child.kill('SIGKILL'));
  for (;;) {
    try {
      execFileSync('redis-cli', ['-p', port, 'PING'], { stdio: ['ignore', 'pipe', 'ignore'] });
      return `redis://127.0.0.1:${port}/0`;
    } catch { await pause(20); }
  }
}

/** Runs a migration, to its end or until it is killed after so many milliseconds. */
async function migrate(from, to, killAfter) {
  const child = spawn(program, ['migrate', '--from', from, '--to', to]);
  leftovers.add(() => child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { said.out += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { said.err += text; });
  const ended = once(child, 'close');
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [status, signal] = await ended;
  return { ...said, status, isKilled: signal === 'SIGKILL' };
}

/** Kills it at random moments of the time that it takes, then lets it come to its end. */
async function migrateKilled(from, to, milliseconds, check) {
  let killed = 0;
  while (killed < kills) {
    const run = await migrate(from, to, Math.random() * milliseconds);
    // It was quicker.
    if (!run.isKilled) return { ...run, killed };
    ++killed;
    await check();
  }
  return { ...await migrate(from, to), killed };
}

async function post(gateway, reports) {
  const response = await fetch(`${gateway.http}/ingest/incident`, { method: 'POST',
    headers: { 'content-type': 'application/json' }, body: JSON.stringify(reports) });
  assert.strictEqual(response.status, 200, await response.text());
}

const report = (number, status = 'firing') => ({ key: `k${number}`, title: `Incident ${number}`,
  status, severity: number % 2 ? 'critical' : 'warning', startsAt: 1000, rooms: [rooms[number % 2]] });

async function state(gateway) {
  const found = {};
  for (const room of rooms) {
    const response = await fetch(`${gateway.http}/api/incidents?room=${room}`);
    found[room] = await response.json();
    delete found[room].epoch;
  }
  return found;
}

async function stop(gateway) {
  gateway.child.kill('SIGTERM');
  const [status] = await once(gateway.child, 'exit');
  assert.strictEqual(status, 0);
}

/** What a client is told that knows a room up to `since`: all events behind it, in order. */
async function recovered(gateway, room, since) {
  const session = new Session(gateway.ws);
  const joined = await session.join(since, room);
  const events = [];
  if (joined.recovered) {
    while (since.seq + events.length < joined.seq) {
      const message = await session.message();
      assert.strictEqual(message.seq, since.seq + events.length + 1);
      events.push(message);
    }
  }
  session.socket.terminate();
  return { joined, events };
}

/** A gateway that must not start there; what it says. */
async function refused(directory, log) {
  const child = spawn(program, ['--listen', '127.0.0.1:0', '--data-dir', directory, '--log', log],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  leftovers.add(() => child.kill('SIGKILL'));
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (said) => { text += said; });
  const [status] = await once(child, 'close');
  assert.strictEqual(status, 1, text);
  return text;
}

nodeTest(`a log moves to Redis and back through ${kills} kills each`, { timeout: 280_000 }, async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-'));
  const data = path.join(directory, 'data');
  const other = path.join(directory, 'other');
  const again = path.join(directory, 'again');
  try {
    let gateway = await startGateway(data);
    const all = Array.from({ length: incidentCount }, (_, number) => report(number));
    await post(gateway, all);
    const known = (await state(gateway))[rooms[0]];
    const session = new Session(gateway.ws);
    const { epoch, seq } = await session.join();
    // What happens behind the back of who left here.
    session.socket.terminate();
    await post(gateway, all.slice(0, 100).map((_, number) => report(number, 'resolved')));
    const acting = new Session(gateway.ws);
    let requestId = 0;
    for (const incident of known.incidents.slice(200, 300)) {
      for (const command of [{ type: 'incident.acknowledge' },
        { type: 'incident.comment', text: 'Seen' }]) {
        await acting.send({ ...command, uuid: incident.uuid, requestId: ++requestId });
        assert.ok((await acting.message('reply')).data.ok);
      }
    }
    const before = await state(gateway);
    const told = await recovered(gateway, rooms[0], { epoch, seq });
    assert.ok(told.joined.recovered && told.events.length > 200);
    await stop(gateway);

    const redis = await startRedis(directory);
    const isUnfinished = (text) => /unfinished migration from sqlite:.*\/data/.test(text);
    let unfinished = 0;
    // How long it takes here and now, with a copy of it.
    fs.cpSync(data, path.join(directory, 'trial'), { recursive: true });
    const begin = Date.now();
    const trial = await migrate(`sqlite:${directory}/trial`, redis.replace('/0', '/1'));
    const milliseconds = (Date.now() - begin) * 0.9;
    assert.strictEqual(trial.status, 0, trial.err);
    const there = await migrateKilled(`sqlite:${data}`, redis, milliseconds, async () => {
      // Where it was killed before it said anything to Redis, there is nothing.
      // Nor anything unfinished where it had only not said yet that it was done.
      const from = execFileSync('redis-cli', ['-u', redis, 'HGET', '{tocsin}:meta', 'migration-from']);
      if (!from.toString().trim()) return;
      ++unfinished;
      assert.ok(isUnfinished(await refused(other, redis)));
    });
    assert.strictEqual(there.status, 0, there.err);
    assert.match(there.err, /(copying|checking): \d+ of \d+ incidents and events/);
    assert.match(there.out, /the same as sqlite:.*SHA-256 [0-9a-f]{64}/);
    if (unfinished) assert.match(there.out, /begun over|had come to its end/);
    gateway = await startGateway(other, '--log', redis);
    assert.deepStrictEqual(await state(gateway), before);
    const toldThere = await recovered(gateway, rooms[0], { epoch, seq });
    // But for one that was killed between its last two words, it is the same life.
    const isSameLife = toldThere.joined.epoch === epoch;
    if (isSameLife) assert.deepStrictEqual(toldThere.events, told.events);
    else assert.ok(!toldThere.joined.recovered);
    await post(gateway, [report(incidentCount), report(1)]);
    const behind = await state(gateway);
    const since = { epoch: toldThere.joined.epoch, seq: toldThere.joined.seq - 10 };
    const toldLater = await recovered(gateway, rooms[0], since);
    // Not while a gateway is there, whatever it is asked.
    const early = await migrate(redis, `sqlite:${again}`);
    assert.strictEqual(early.status, 1);
    assert.match(early.err, /A gateway has .* open .*: stop it first/);
    await stop(gateway);

    const back = await migrateKilled(redis, `sqlite:${again}`, milliseconds * 0.5, async () => {});
    assert.strictEqual(back.status, 0, back.err);
    gateway = await startGateway(again);
    assert.deepStrictEqual(await state(gateway), behind);
    const toldBack = await recovered(gateway, rooms[0], since);
    if (toldBack.joined.epoch === since.epoch) {
      assert.deepStrictEqual(toldBack.events, toldLater.events);
    } else {
      assert.ok(!toldBack.joined.recovered);
    }
    await stop(gateway);
    // Who starts the old one again takes nobody in: it has a life of its own now.
    gateway = await startGateway(data);
    assert.ok(!(await recovered(gateway, rooms[0], { epoch, seq })).joined.recovered);
    assert.deepStrictEqual(fs.readdirSync(again).filter((name) => name.includes('part')), []);
    console.log(`# killed ${there.killed} times on the way there (${unfinished} in the middle), `
      + `${back.killed} on the way back; the same life: ${isSameLife}`);
  } finally {
    for (const close of leftovers) close();
    leftovers.clear();
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
});
