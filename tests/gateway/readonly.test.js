// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A disk that has become read-only, and one that is from the start (docs/gateway.md, "Operations").
// Run as `node readonly.test.js path/to/tocsin-gateway path/to/readonlydisk.so`.
'use strict';
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { test, startGateway, startLogged, Session, alert, post, program }
  = require('./gateway.js');

const shim = process.argv[3];

const until = async (condition) => {
  while (!await condition()) await pause(20);
};
const status = async (gateway, target) => (await fetch(gateway.http + target)).status;
const incidents = async (gateway) => (await fetch(`${gateway.http}/api/incidents`)).json();

test('posts are refused while the disk is read-only, and nothing is lost', async (directory) => {
  const readOnly = path.join(directory, 'read-only');
  const gateway = await startLogged(directory, { env: () => ({
    LD_PRELOAD: shim, TOCSIN_READ_ONLY_WHILE: readOnly,
    // The sanitizer wants to be loaded first, where it is in the program.
    ASAN_OPTIONS: `verify_asan_link_order=0:${process.env.ASAN_OPTIONS || ''}` }) });
  const session = new Session(gateway.ws);
  const { epoch } = await session.join();
  await session.snapshot();
  assert.deepStrictEqual(await post(gateway, [alert('Before')]), [200, { accepted: 1 }]);
  assert.strictEqual((await session.message('incident.created')).seq, 1);

  fs.writeFileSync(readOnly, '');
  for (let i = 0; i < 5; ++i) {
    const response = await fetch(`${gateway.http}/ingest/incident`, { method: 'POST',
      headers: { 'content-type': 'application/json' }, body: `{"key":"k${i}","title":"Lost?"}` });
    assert.strictEqual(response.status, 503);
    assert.strictEqual(response.headers.get('retry-after'), '5');
    assert.strictEqual((await response.json()).error.code, 'unavailable');
  }
  const failed = await gateway.line('log.failed', { level: 'error' });
  assert.ok(failed.error.length > 0);
  await until(async () => await status(gateway, '/readyz') === 503);
  assert.strictEqual(await status(gateway, '/healthz'), 200);
  // What is there is still shown, and that it may lack something.
  const shown = await incidents(gateway);
  assert.deepStrictEqual(shown.incidents.map(({ title }) => title), ['Summary of Before']);
  assert.ok(shown.incompleteSince <= Date.now(), JSON.stringify(shown));
  assert.strictEqual(session.frames.length, 0);

  fs.unlinkSync(readOnly);
  // By itself: nobody posts.
  const works = await gateway.line('log.works');
  assert.ok(works.failures >= 5, `${works.failures}`);
  await until(async () => await status(gateway, '/readyz') === 200);
  assert.strictEqual((await incidents(gateway)).incompleteSince, undefined);
  assert.deepStrictEqual(await post(gateway, [alert('After')]), [200, { accepted: 1 }]);
  assert.strictEqual((await session.message('incident.created')).seq, 2);
  const refusals = gateway.lines().filter(({ event }) => event === 'log.failed').length;
  assert.ok(refusals <= 2, `${refusals} lines of one outage`);
  await gateway.stop();

  const again = await startGateway(path.join(directory, 'data'));
  const after = await incidents(again);
  assert.strictEqual(after.epoch, epoch);
  assert.strictEqual(after.seq, 2);
  assert.strictEqual(after.incidents.length, 2);
  again.child.kill('SIGTERM');
  await once(again.child, 'exit');
});

test('a data directory that cannot be written is said at the start', async (directory) => {
  const data = path.join(directory, 'data');
  const first = await startGateway(data);
  assert.strictEqual((await post(first, [alert('Kept')]))[0], 200);
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  fs.chmodSync(directory, 0o755);
  // What root may write whatever the mode, nobody may not.
  const nobody = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
  for (const name of fs.readdirSync(data)) fs.chmodSync(path.join(data, name), 0o444);
  fs.chmodSync(data, 0o555);
  try {
    execFileSync(program, ['--listen', '127.0.0.1:0', '--data-dir', data],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: directory }, ...nobody });
    assert.fail('it has started');
  } catch (error) {
    assert.strictEqual(error.status, 1, error.message);
    const [sentence] = error.stderr.toString().trim().split('\n').slice(-1);
    assert.match(sentence, /^tocsin-gateway: .*\/data cannot be written: [^:]+\.$/);
  } finally {
    fs.chmodSync(data, 0o755);
    for (const name of fs.readdirSync(data)) fs.chmodSync(path.join(data, name), 0o644);
  }
  const again = await startGateway(data);
  assert.strictEqual((await incidents(again)).incidents.length, 1);
  again.child.kill('SIGTERM');
  await once(again.child, 'exit');
});
