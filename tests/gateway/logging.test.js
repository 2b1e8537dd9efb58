// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What tocsin-gateway tells its operator (docs/gateway.md, "The log"): each event has its line, a
// stranger cannot forge one, and no token is ever in one. Run as
// `node logging.test.js path/to/tocsin-gateway`.
'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { test, startLogged, Session, alert, post, makeToken, program, leftovers,
  seenEvents }
  = require('./gateway.js');

test('from the start to the end', async (directory) => {
  const gateway = await startLogged(directory);
  const starting = await gateway.line('gateway.starting');
  assert.strictEqual(starting.tokens, 'off');
  assert.strictEqual(starting.data_directory, path.join(directory, 'data'));
  assert.ok(Math.abs(Date.parse(starting.time) - Date.now()) < 3_600_000, starting.time);
  const ready = await gateway.line('gateway.ready');
  assert.strictEqual(ready.url, gateway.http);
  await gateway.stop();
  assert.deepStrictEqual(gateway.lines().map(({ event, level }) => [event, level]), [
    ['gateway.starting', 'info'], ['gateway.ready', 'info'], ['gateway.stopping', 'info'],
    ['gateway.stopped', 'info']]);
  assert.strictEqual(gateway.lines()[2].reason, 'SIGTERM');
});

test('who came, and how each session ended', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  const viewer = makeToken(tokens, 'viewer');
  const gateway = await startLogged(directory, { args: ['--tokens', tokens],
    config: '[limits]\nauthentication_timeout = "1s"\n' });
  const session = new Session(gateway.ws);
  await session.send({ type: 'auth', token: viewer });
  await session.message('auth.ok');
  const opened = await gateway.line('session.authenticated');
  assert.deepStrictEqual([opened.name, opened.role, opened.address],
    ['viewer', 'viewer', '127.0.0.1']);
  session.socket.close(1000, 'event=forged \u001b[2J');
  const closed = await gateway.line('session.closed', { session: opened.session });
  assert.deepStrictEqual([closed.code, closed.by, closed.name], [1000, 'peer', 'viewer']);
  assert.strictEqual(closed.reason, undefined);

  const cut = new Session(gateway.ws);
  await cut.send({ type: 'auth', token: viewer });
  await cut.message('auth.ok');
  cut.socket.terminate();
  await gateway.line('session.closed', { code: 1006, by: 'peer' });

  const late = new Session(gateway.ws);
  assert.strictEqual((await late.closed)[0], 4001);
  const refused = await gateway.line('session.closed', { code: 4001 });
  assert.strictEqual(refused.by, 'gateway');
  assert.strictEqual(refused.name, undefined);

  const wrong = new Session(gateway.ws);
  await wrong.send({ type: 'auth', token: `${viewer}x` });
  await wrong.closed;
  assert.ok(!gateway.text().includes(viewer));
});

test('what was refused, and why, without what was sent', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  const sender = makeToken(tokens, 'sender');
  const viewer = makeToken(tokens, 'viewer');
  const gateway = await startLogged(directory, { args: ['--tokens', tokens, '--log-level', 'debug'] });
  const bearer = (token) => ({ authorization: `Bearer ${token}` });
  assert.strictEqual((await post(gateway, [alert('A')], bearer(sender)))[0], 200);
  const accepted = await gateway.line('post.accepted');
  assert.deepStrictEqual([accepted.source, accepted.reports, accepted.name],
    ['alertmanager', 1, 'sender']);
  assert.strictEqual((await post(gateway, [alert('A')]))[0], 401);
  await gateway.line('post.refused', { status: 401, error: 'unauthenticated' });
  assert.strictEqual((await post(gateway, [alert('A')], bearer(viewer)))[0], 403);
  await gateway.line('post.refused', { status: 403, name: 'viewer' });
  // Tokens where they do not belong: the address, the query, a header, the body, a room.
  const secret = 'tocsin_SECRET';
  const get = (target, headers) => new Promise((resolve, reject) => {
    http.get(`${gateway.http}${target}`, { headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });
  assert.strictEqual(await get(`/${secret}`), 404);
  assert.strictEqual(await get(`/api/incidents?access_token=${secret}`), 401);
  assert.strictEqual(await get('/api/incidents', { authorization: `Basic ${secret}` }), 401);
  assert.strictEqual(await get(`/ingest/${secret}`), 404);
  const body = await fetch(`${gateway.http}/ingest/incident?source=x&token=${secret}`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...bearer(sender) },
    body: `{"key":"${secret}","severity":7}` });
  assert.strictEqual(body.status, 400);
  const noJson = await gateway.line('post.refused', { status: 400, source: 'x' });
  assert.strictEqual(noJson.error, 'invalid_payload');
  const session = new Session(gateway.ws);
  await session.send({ type: 'auth', token: viewer });
  await session.message('auth.ok');
  await session.send({ type: secret, token: secret, requestId: 1 });
  await session.send({ type: 'room.join', room: '', requestId: 2 });
  await gateway.line('join.refused', { error: 'invalid_payload' });
  // Nor what is no HTTP at all.
  const raw = net.connect(Number(new URL(gateway.http).port), '127.0.0.1');
  raw.end(`${secret} \u001b[2J\nevent=gateway.ready\r\n\r\n`);
  await once(raw.resume(), 'close');
  await gateway.line('request.refused', { status: 400 });
  session.socket.close();
  await gateway.line('session.closed');
  await gateway.stop();
  for (const one of [secret, sender, viewer, '\u001b'])
    assert.ok(!gateway.text().includes(one), `the log has ${JSON.stringify(one)}`);
  assert.strictEqual(gateway.lines().filter(({ event }) => event === 'gateway.ready').length, 1);
});

test('tokens: none, read again, broken', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  fs.writeFileSync(tokens, '', { mode: 0o600 });
  const gateway = await startLogged(directory, { args: ['--tokens', tokens] });
  await gateway.line('tokens.none', { level: 'warning' });
  makeToken(tokens, 'viewer');
  await gateway.line('tokens.reloaded', { tokens: 1, added: 'viewer' });
  execFileSync(program, ['token', 'revoke', '--tokens', tokens, '--name', 'viewer']);
  await gateway.line('tokens.reloaded', { tokens: 0, removed: 'viewer' });
  fs.writeFileSync(tokens, '[[token]]\nname = 3\n');
  const broken = await gateway.line('tokens.unreadable', { level: 'warning' });
  assert.match(broken.error, /name/);
});

test('a source that cannot be asked, and one that can again', async (directory) => {
  const server = http.createServer((request, response) => {
    response.statusCode = isBroken ? 500 : 200;
    response.end(request.url.startsWith('/api/v2/alerts') ? '[]'
      : '{"uptime":"2020-01-01T00:00:00.000Z"}');
  }).listen(0, '127.0.0.1');
  let isBroken = true;
  await once(server, 'listening');
  leftovers.add(() => server.close());
  const gateway = await startLogged(directory, { config: `[[source]]
name = "am"
api_url = "http://127.0.0.1:${server.address().port}"
read_every = "1s"
` });
  const unreadable = await gateway.line('source.unreadable', { source: 'am' });
  assert.match(unreadable.error, /500/);
  isBroken = false;
  await gateway.line('source.readable', { source: 'am' });
  await gateway.stop();
  server.closeAllConnections?.();
});

test('a flood of refusals is a few lines, and a count', async (directory) => {
  const gateway = await startLogged(directory);
  for (let i = 0; i < 500; ++i) {
    const response = await fetch(`${gateway.http}/ingest/incident`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'no' });
    assert.strictEqual(response.status, 400);
    await response.text();
  }
  await gateway.stop();
  const lines = gateway.lines();
  const refused = lines.filter(({ event }) => event === 'post.refused').length;
  const suppressed = lines.filter(({ event }) => event === 'log.suppressed')
    .reduce((sum, one) => sum + one.lines, 0);
  assert.strictEqual(refused + suppressed, 500);
  assert.ok(refused <= 200, `${refused} lines`);
});

test('JSON: an object a line, with the same fields', async (directory) => {
  const gateway = await startLogged(directory, { config: '[log]\nformat = "json"\n' });
  await gateway.stop();
  const lines = gateway.text().trim().split('\n').map((line) => JSON.parse(line));
  assert.deepStrictEqual(lines.map(({ event }) => event),
    ['gateway.starting', 'gateway.ready', 'gateway.stopping', 'gateway.stopped']);
  assert.strictEqual(lines[1].url, gateway.http);
  assert.strictEqual(typeof lines[1].milliseconds, 'number');
  assert.ok(!Number.isNaN(Date.parse(lines[0].time)));
});

test('levels: only warnings', async (directory) => {
  const gateway = await startLogged(directory, { config: '[log]\nlevel = "warning"\n' });
  await gateway.stop();
  assert.strictEqual(gateway.text(), '');
});

test('the journal is given priorities, and keeps its own time', async (directory) => {
  const gateway = await startLogged(directory,
    { env: ({ dev, ino }) => ({ JOURNAL_STREAM: `${dev}:${ino}` }) });
  await gateway.stop();
  for (const line of gateway.text().trim().split('\n')) {
    assert.match(line, /^<6>event=/);
    assert.ok(!line.includes('time='));
  }
  assert.match(gateway.text(), /^<6>event=gateway\.ready /m);
});

test('a stream that is not the journal is not taken for it', async (directory) => {
  const gateway = await startLogged(directory,
    { env: ({ dev, ino }) => ({ JOURNAL_STREAM: `${dev}:${ino + 1}` }) });
  await gateway.stop();
  assert.match(gateway.text(), /^time=\S+ level=info event=gateway\.starting /);
});

test('what keeps it from starting', async (directory) => {
  const run = (...args) => {
    try {
      execFileSync(program, ['--listen', '127.0.0.1:0', '--data-dir', '/proc/nowhere', ...args],
        { stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (error) {
      assert.strictEqual(error.status, 1);
      return error.stderr.toString();
    }
    return assert.fail('it has started');
  };
  assert.match(run(), /^tocsin-gateway: .*\/proc\/nowhere/);
  const [line] = run('--log-format', 'json').trim().split('\n').slice(-1);
  const { level, event, error } = JSON.parse(line);
  assert.deepStrictEqual([level, event], ['error', 'gateway.failed']);
  assert.match(error, /\/proc\/nowhere/);
});

// Last: what the tests before it have seen.
test('each event is documented', async () => {
  const page = fs.readFileSync(process.argv[3], 'utf8');
  const table = page.split('### The log\n')[1].split('\n### ')[0];
  const documented = new Set(table.split('\n').filter((line) => line.startsWith('| `'))
    .flatMap((line) => line.split('|')[1].match(/[a-z]+(\.[a-z]+)?/g)));
  assert.ok(seenEvents.size > 15, `${seenEvents.size} seen`);
  for (const event of seenEvents) assert.ok(documented.has(event), event);
});
