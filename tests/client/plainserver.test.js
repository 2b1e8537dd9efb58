// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// tocsin-watch against a server that is not ours: Node's `ws`, with no knowledge of rooms, epochs or
// sequences. Run as `node plainserver.test.js path/to/tocsin-watch`.
'use strict';
const { test: nodeTest } = require('node:test');
const assert = require('node:assert');
const { spawn } = require('node:child_process');
const { once, EventEmitter } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');
const { WebSocketServer } = require('ws');

const watchProgram = process.argv[2];
const fast = ['--set', 'reconnectDelay=50', '--set', 'maxReconnectDelay=100'];
const nextMessage = (socket) => once(socket, 'message').then(([data]) => data.toString());

// What a test leaves open when it fails would keep this program from ending.
const leftovers = new Set();
const test = (name, body) => nodeTest(name, async () => {
  try {
    await body();
  } finally {
    for (const close of leftovers) close();
    leftovers.clear();
  }
});

/** A tocsin-watch under test: its lines as they come, and promises for those that are to come. */
class Watch extends EventEmitter {
  constructor(url, ...args) {
    super();
    this.lines = [];
    this.child = spawn(watchProgram, [url, ...args]);
    leftovers.add(() => this.child.kill('SIGKILL'));
    this.errors = '';
    this.child.stderr.on('data', (text) => { this.errors += text; });
    readline.createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.lines.push(JSON.parse(line));
      this.emit('line');
    });
    this.exit = once(this.child, 'close').then(([status]) => status);
  }
  /** The first line from `from` on that has all these fields. */
  async see(fields, from = 0) {
    const matches = (line) => Object.entries(fields).every(([key, value]) => line[key] === value);
    for (;;) {
      const found = this.lines.slice(from).find(matches);
      if (found) return found;
      await Promise.race([
        once(this, 'line'),
        this.exit.then(() => {
          if (!this.lines.slice(from).find(matches))
            throw new Error(`ended without ${JSON.stringify(fields)}: ${JSON.stringify(this.lines)} ${this.errors}`);
        }),
      ]);
    }
  }
  say(line) { this.child.stdin.write(`${line}\n`); }
  async stop(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.exit;
  }
}

/** A plain server on a free port; `sockets` are those that were accepted, in order. */
async function plainServer(options = {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws', ...options });
  await once(server, 'listening');
  const close = () => { for (const socket of server.clients) socket.terminate(); server.close(); };
  leftovers.add(close);
  const waiting = [];
  const accepted = [];
  server.on('connection', (socket) => {
    socket.frames = [];
    socket.on('message', (data, isBinary) => {
      socket.frames.push(data.toString());
      socket.emit('frame');
    });
    socket.seeFrame = async (test) => {
      while (!socket.frames.some(test)) await once(socket, 'frame');
      return socket.frames.find(test);
    };
    const taker = waiting.shift();
    if (taker) taker(socket); else accepted.push(socket);
  });
  return {
    url: `ws://127.0.0.1:${server.address().port}/ws`,
    server,
    connection: () => accepted.length ? Promise.resolve(accepted.shift())
      : new Promise((resolve) => waiting.push(resolve)),
    close,
  };
}

test('connects, joins, receives and ends cleanly', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url, '--room', 'account:acme', '--room', 'project:eu');
  const socket = await plain.connection();
  await socket.seeFrame((frame) => frame === '{"type":"room.join","room":"project:eu"}');
  assert.deepStrictEqual(socket.frames, ['{"type":"room.join","room":"account:acme"}',
    '{"type":"room.join","room":"project:eu"}']);
  await watch.see({ event: 'connected', reconnected: false });
  socket.send(JSON.stringify({ name: 'custom.thing', data: { a: [1, { b: null }] }, timestamp: 7 }));
  const message = await watch.see({ event: 'message', name: 'custom.thing' });
  assert.deepStrictEqual(message.data, { a: [1, { b: null }] });
  assert.strictEqual(message.timestamp, 7);
  assert.deepStrictEqual(watch.lines.slice(0, 2).map((line) => line.state), ['connecting', 'connected']);
  for (const line of watch.lines) assert.ok(Number.isInteger(line.at) && line.at > 1.7e12);
  const closed = once(socket, 'close');
  assert.strictEqual(await watch.stop('SIGINT'), 0);
  assert.strictEqual((await closed)[0], 1000);
});

test('reconnects after a drop, joins again, and sends what was buffered in order', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url, '--room', 'r', ...fast);
  const first = await plain.connection();
  first.send(JSON.stringify({ name: 'hello', data: {} }));
  await watch.see({ event: 'message', name: 'hello' });
  first.terminate();
  const lost = await watch.see({ event: 'disconnected' });
  assert.strictEqual(lost.code, 1006);
  const attempt = await watch.see({ event: 'reconnectAttempt' });
  assert.strictEqual(attempt.attempt, 1);
  assert.ok(attempt.delayMs >= 0 && attempt.delayMs < 50);
  const second = await plain.connection();
  await second.seeFrame((frame) => frame.includes('room.join'));
  await watch.see({ event: 'connected', reconnected: true });

  const gone = once(second, 'close');
  watch.say(':offline');
  await gone;
  const from = watch.lines.length;
  for (let i = 0; i < 3; ++i) watch.say(`{"type":"note","i":${i}}`);
  watch.say(':online');
  const third = await plain.connection();
  await third.seeFrame((frame) => frame.includes('"i":2'));
  assert.deepStrictEqual(third.frames.map((frame) => JSON.parse(frame).type),
    ['room.join', 'note', 'note', 'note']);
  await watch.see({ event: 'connected', reconnected: true }, from);
  assert.strictEqual(await watch.stop(), 0);
});

test('sends the token first, and reads it anew for each attempt', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-watch-'));
  const file = path.join(directory, 'token');
  fs.writeFileSync(file, 'first-secret\n');
  const plain = await plainServer();
  const watch = new Watch(plain.url, '--room', 'r', '--token-file', file, ...fast);
  const socket = await plain.connection();
  await socket.seeFrame((frame) => frame.includes('room.join'));
  assert.strictEqual(socket.frames[0], '{"type":"auth","token":"first-secret"}');
  fs.writeFileSync(file, 'second-secret\n');
  socket.close(4001, 'expired');
  const again = await plain.connection();
  await again.seeFrame((frame) => frame.includes('room.join'));
  assert.strictEqual(again.frames[0], '{"type":"auth","token":"second-secret"}');
  again.close(4001, 'no');
  assert.strictEqual(await watch.exit, 3);
  assert.ok(!JSON.stringify(watch.lines).includes('secret') && !watch.errors.includes('secret'));
  fs.rmSync(directory, { recursive: true });
});

test('gives up after the attempts it was given', async () => {
  const plain = await plainServer();
  const { url } = plain;
  plain.close(); // nobody listens there now
  const watch = new Watch(url, ...fast, '--set', 'maxReconnectAttempts=3');
  assert.strictEqual(await watch.exit, 4);
  assert.deepStrictEqual(watch.lines.filter((line) => line.event === 'reconnectAttempt')
    .map((line) => line.attempt), [1, 2, 3]);
  assert.strictEqual((await watch.see({ event: 'reconnectFailed' })).attempts, 3);
  assert.ok(await watch.see({ event: 'error', code: 'connection_refused' }));
});

for (const [code, status] of [[4003, 3], [4010, 4], [4401, 4]]) {
  test(`does not come back after ${code}`, async () => {
    const plain = await plainServer();
    const watch = new Watch(plain.url, ...fast);
    const socket = await plain.connection();
    socket.close(code, 'because');
    const lost = await watch.see({ event: 'disconnected', code });
    assert.strictEqual(lost.reason, 'because');
    assert.strictEqual(await watch.exit, status);
  });
}

for (const code of [1000, 1001, 1011, 1012, 1013, 1008, 4000, 4008, 4100]) {
  test(`comes back after ${code}`, async () => {
    const plain = await plainServer();
    const watch = new Watch(plain.url, ...fast);
    (await plain.connection()).close(code, 'why');
    // Qt does not let the codes from 1012 to 2999 through: they arrive as "no status".
    await watch.see({ event: 'disconnected', code: code > 1011 && code < 3000 ? 1005 : code });
    await plain.connection();
    assert.strictEqual(await watch.stop(), 0);
  });
}

test('keeps growing its waits through accept-then-close, and then gives up', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url, '--set', 'reconnectDelay=1', '--set', 'maxReconnectDelay=4',
    '--set', 'maxReconnectAttempts=50');
  plain.server.on('connection', (socket) => socket.close(4100));
  assert.strictEqual(await watch.exit, 4);
  assert.strictEqual((await watch.see({ event: 'reconnectFailed' })).attempts, 50);
});

for (const [flavour, ping, pong] of [['text', '2', '3'],
  ['json', '{"type":"ping"}', '{"type":"pong"}']]) {
  test(`keeps the heartbeat in the ${flavour} flavour`, async () => {
    const plain = await plainServer();
    const watch = new Watch(plain.url, '--heartbeat', flavour, '--set', 'heartbeatInterval=30',
      '--set', 'heartbeatTimeout=500', ...fast);
    const socket = await plain.connection();
    let answered = 0;
    while (answered < 5) {
      await socket.seeFrame((frame) => frame === ping);
      socket.frames.length = 0;
      socket.send(pong);
      ++answered;
    }
    assert.ok(!watch.lines.some((line) => line.event === 'disconnected' || line.event === 'error'));
    // No answer any more: the client leaves by itself.
    const lost = await watch.see({ event: 'disconnected', code: 4000 });
    assert.ok(lost);
    await plain.connection();
    assert.strictEqual(await watch.stop(), 0);
  });
}

test('keeps the heartbeat by control frames', async () => {
  const plain = await plainServer({ autoPong: true });
  const watch = new Watch(plain.url, '--heartbeat', 'control', '--set', 'heartbeatInterval=30');
  const socket = await plain.connection();
  for (let pings = 0; pings < 5; ++pings) await once(socket, 'ping');
  assert.strictEqual(socket.frames.length, 0);
  assert.ok(!watch.lines.some((line) => line.event === 'disconnected'));
  assert.strictEqual(await watch.stop(), 0);
});

test('probes at once when it stood still, and shows nothing as live until it is answered', async () => {
  const plain = await plainServer();
  const heartbeat = ['--set', 'heartbeatInterval=200', '--set', 'heartbeatTimeout=10000'];
  const watch = new Watch(plain.url, '--room', 'r', ...heartbeat);
  const socket = await plain.connection();
  const other = new Watch(plain.url, ...heartbeat); // goes on: its heartbeats are the clock
  const clock = await plain.connection();
  let beats = 0;
  clock.on('message', () => { ++beats; clock.send('3'); clock.emit('beat'); });
  let answers = true;
  socket.on('message', (data) => { if (data.toString() === '2' && answers) socket.send('3'); });
  socket.send(JSON.stringify({ name: 'hello', data: {} }));
  await watch.see({ event: 'room', room: 'r', state: 'live' });
  await socket.seeFrame((frame) => frame === '2');

  answers = false;
  watch.child.kill('SIGSTOP');
  // Ten of them are 2 s: more than the second that a deadline may be late by.
  for (const end = beats + 10; beats < end;) await once(clock, 'beat');
  socket.frames.length = 0;
  socket.send(JSON.stringify({ name: 'waited', data: {} }));
  for (const end = beats + 1; beats < end;) await once(clock, 'beat');
  const from = watch.lines.length;
  watch.child.kill('SIGCONT');
  await socket.seeFrame((frame) => frame === '2');
  await watch.see({ event: 'room', room: 'r', state: 'stale' }, from);
  // What waited in the socket while it stood still does not prove that we are still there.
  await watch.see({ event: 'message', name: 'waited' }, from);
  assert.ok(!watch.lines.slice(from).some((line) => line.state === 'live'));
  const unanswered = socket.frames.filter((frame) => frame === '2').length + 1;
  for (let i = 0; i < unanswered; ++i) socket.send('3');
  answers = true;
  await watch.see({ event: 'room', room: 'r', state: 'live' }, from);
  assert.ok(!watch.lines.some((line) => line.event === 'disconnected'));
  assert.strictEqual(await watch.stop(), 0);
  assert.strictEqual(await other.stop(), 0);
});

test('asks the kernel to be woken after a suspend', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url);
  await plain.connection();
  const directory = `/proc/${watch.child.pid}/fdinfo`;
  const timers = fs.readdirSync(directory)
    .map((file) => fs.readFileSync(path.join(directory, file), 'utf8'))
    .filter((text) => text.includes('clockid: 0')); // CLOCK_REALTIME
  assert.strictEqual(timers.length, 1);
  assert.ok(timers[0].includes('settime flags: 03')); // TFD_TIMER_ABSTIME, TFD_TIMER_CANCEL_ON_SET
  assert.match(timers[0], /it_value: \([1-9]\d{8,}/); // years from now
  assert.strictEqual(await watch.stop(), 0);
});

test('asks for a refresh once after each reconnect', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url, '--room', 'r', ...fast);
  const refreshes = () => watch.lines.filter((line) => line.event === 'refresh-needed').length;
  for (let session = 0; session < 3; ++session) {
    const socket = await plain.connection();
    const from = watch.lines.length;
    socket.send(JSON.stringify({ name: 'hello', data: {} }));
    await watch.see({ event: 'room', state: 'live' }, from);
    socket.send(JSON.stringify({ name: 'last', data: { session } }));
    await watch.see({ event: 'message', name: 'last' }, from);
    assert.strictEqual(refreshes(), session);
    socket.terminate();
    await watch.see({ event: 'room', state: 'stale' }, from);
  }
  const events = watch.lines.map((line) => line.event);
  assert.ok(events.indexOf('refresh-needed') > events.indexOf('connected', events.indexOf('disconnected')));
  assert.ok(!events.includes('recovery'));
  assert.strictEqual(await watch.stop(), 0);
});

test('says what it is given to recover, and asks again where the server says nothing', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url, '--room', 'r', ...fast, '--set', 'verificationTimeout=200');
  const say = (socket, name, data, seq) =>
    socket.send(JSON.stringify({ name, room: 'r', data, timestamp: 1, ...(seq ? { seq } : {}) }));
  const joined = (socket, seq, recovered) =>
    say(socket, 'room.joined', { room: 'r', epoch: 'e', seq, recovered });
  const join = (frame) => frame.includes('room.join');
  const told = (from) => watch.lines.slice(from)
    .filter((line) => ['room', 'recovery', 'message'].includes(line.event))
    .map((line) => line.state ?? line.with ?? `${line.name} ${line.seq ?? ''}`.trim());

  const socket = await plain.connection();
  await socket.seeFrame(join);
  joined(socket, 1, false);
  say(socket, 'room.snapshot', { room: 'r', epoch: 'e', seq: 1, incidents: [] });
  await watch.see({ event: 'room', state: 'live' });
  assert.deepStrictEqual(told(0),
    ['room.joined', 'recovering', 'snapshot', 'room.snapshot', 'live']);

  // Nothing is heard of the room any more: it is asked for, and is not live before all has come.
  const silent = watch.lines.length;
  await socket.seeFrame((frame) => frame.includes('"since":{"epoch":"e","seq":1}'));
  await watch.see({ event: 'room', state: 'stale' });
  joined(socket, 2, true);
  say(socket, 'thing', {}, 2);
  await watch.see({ event: 'room', state: 'live' }, silent);
  assert.deepStrictEqual(told(silent), ['stale', 'room.joined', 'replay', 'thing 2', 'live']);

  const lost = watch.lines.length;
  socket.terminate();
  const again = await plain.connection();
  await again.seeFrame((frame) => frame.includes('"since":{"epoch":"e","seq":2}'));
  joined(again, 2, true); // nothing was missed: no recovery
  await watch.see({ event: 'room', state: 'live' }, lost);
  assert.deepStrictEqual(told(lost), ['stale', 'recovering', 'room.joined', 'live']);
  assert.ok(!watch.lines.some((line) => line.event === 'refresh-needed'));
  assert.strictEqual(await watch.stop(), 0);
});

test('reports what it cannot read and stays connected', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url);
  const socket = await plain.connection();
  const deep = '['.repeat(70) + ']'.repeat(70);
  for (const bad of ['nonsense', '[]', '{"data":{}}', '{"name":"x"}', `{"name":"x","data":{"a":${deep}}}`,
    '{"name":"incident.created","data":{"uuid":"u","severity":"critical"}}'])
    socket.send(bad);
  socket.send('{"name":"__connected__","data":{}}');
  socket.send('{"name":"last","data":{}}');
  await watch.see({ event: 'message', name: 'last' });
  const errors = watch.lines.filter((line) => line.event === 'error');
  assert.strictEqual(errors.length, 6);
  assert.ok(errors[5].message.includes('incident.created') && errors[5].message.includes('data.title'));
  assert.deepStrictEqual(watch.lines.filter((line) => line.event === 'message')
    .map((line) => line.name), ['last']);
  assert.ok(!watch.lines.some((line) => line.event === 'disconnected'));
  assert.strictEqual(await watch.stop(), 0);
});

for (const [status, exit, code] of [[401, 3, 'unauthenticated'], [403, 3, 'forbidden'],
  [503, 4, 'unavailable'], [302, 4, 'handshake_failed']]) {
  test(`understands HTTP ${status} on the upgrade`, async () => {
    let requests = 0;
    const server = http.createServer((request, response) => {
      ++requests;
      response.writeHead(status, { Location: 'http://127.0.0.1:1/ws' }).end();
    });
    server.listen(0, '127.0.0.1');
    leftovers.add(() => { server.close(); server.closeAllConnections(); });
    await once(server, 'listening');
    const watch = new Watch(`ws://127.0.0.1:${server.address().port}/ws`, ...fast,
      '--set', 'maxReconnectAttempts=2');
    assert.strictEqual(await watch.exit, exit);
    assert.ok(await watch.see({ event: 'error', code }));
    assert.ok(requests >= 1);
  });
}

test('gives up a handshake that is never answered', async () => {
  const sockets = [];
  const server = require('node:net').createServer((socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  leftovers.add(() => { server.close(); for (const socket of sockets) socket.destroy(); });
  await once(server, 'listening');
  const watch = new Watch(`ws://127.0.0.1:${server.address().port}/ws`, ...fast,
    '--set', 'connectionTimeout=100', '--set', 'maxReconnectAttempts=1');
  assert.strictEqual(await watch.exit, 4);
  assert.ok(await watch.see({ event: 'error', code: 'connection_timeout' }));
});

test('does what lines on standard input say', async () => {
  const plain = await plainServer();
  const watch = new Watch(plain.url);
  const socket = await plain.connection();
  watch.say(':join a');
  await socket.seeFrame((frame) => frame === '{"type":"room.join","room":"a"}');
  watch.say(':leave a');
  await socket.seeFrame((frame) => frame === '{"type":"room.leave","room":"a"}');
  watch.say('not json');
  await watch.see({ event: 'error', code: 'invalid_payload' });
  watch.say(':frobnicate');
  await watch.see({ event: 'error', code: 'unknown_type' });
  const closed = once(socket, 'close');
  watch.say(':disconnect');
  assert.strictEqual((await closed)[0], 1000);
  await watch.see({ event: 'disconnected', code: 1000 });
  const before = watch.lines.length;
  watch.say(':online');
  watch.say(':visible'); // neither revives what was disconnected on purpose
  watch.say(':connect');
  await plain.connection();
  await watch.see({ event: 'connected' }, before);
  assert.strictEqual(watch.lines.filter((line) => line.state === 'connecting').length, 2);
  assert.strictEqual(await watch.stop(), 0);
});

test('ends by itself after a number of messages, or a time', async () => {
  const plain = await plainServer();
  plain.server.on('connection', (socket) => {
    for (let i = 0; i < 5; ++i) socket.send(`{"name":"n","data":{"i":${i}}}`);
  });
  const counted = new Watch(plain.url, '--count', '3');
  assert.strictEqual(await counted.exit, 0);
  assert.strictEqual(counted.lines.filter((line) => line.event === 'message').length, 3);
  const timed = new Watch(plain.url, '--for', '0.2');
  assert.strictEqual(await timed.exit, 0);
});

test('says what is wrong with its arguments', async () => {
  for (const [args, word] of [[[], 'address'], [['http://x'], 'ws://'], [['ws://u:secret@x/'], 'token-file'],
    [['ws://x', '--set', 'speed=1'], 'no option'], [['ws://x', '--set', 'reconnectDelay=soon'], 'milliseconds'],
    [['ws://x', '--heartbeat', 'drum'], 'control'], [['ws://x', '--for', 'ever'], 'seconds']]) {
    const child = spawn(watchProgram, args);
    let errors = '';
    child.stderr.on('data', (text) => { errors += text; });
    const [status] = await once(child, 'close');
    assert.strictEqual(status, 2, args.join(' '));
    assert.ok(errors.includes(word), errors);
    assert.ok(!errors.includes('secret'));
  }
});
