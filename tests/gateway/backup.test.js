// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Backup and restore of a real tocsin-gateway's data directory: what a copy holds that was made
// while alerts were posted, what a client sees that knew the log before, what is refused, and what
// a restore leaves that is killed.
// Run as `node backup.test.js path/to/tocsin-gateway`.
'use strict';
const assert = require('node:assert');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { test, startGateway, Session, alert, post, makeToken, program, room }
  = require('./gateway.js');

/** Runs a command to its end; its output is one sentence, on the side that it belongs to. */
async function run(...args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (data) => { output += data; });
  child.stderr.setEncoding('utf8').on('data', (data) => { error += data; });
  const [status] = await once(child, 'close');
  const text = status === 0 ? output : error;
  assert.strictEqual(status === 0 ? error : output, '', `${args}`);
  assert.match(text, /^tocsin-gateway: [^\n]+\.\n$/);
  return { status, text };
}
const succeed = async (...args) => {
  const { status, text } = await run(...args);
  assert.strictEqual(status, 0, text);
  return text;
};
const backUp = (directory, file) => succeed('backup', '--data-dir', directory, file);
const restore = (directory, file, ...args) =>
  succeed('restore', '--data-dir', directory, ...args, file);

async function list(gateway) {
  const { seq, incidents } = await (await fetch(`${gateway.http}/api/incidents`)).json();
  return { seq, titles: incidents.map(({ title }) => title).sort() };
}

async function end(gateway, signal = 'SIGTERM') {
  const ended = once(gateway.child, 'exit');
  gateway.child.kill(signal);
  await ended;
}

/** What a gateway shows that is started there, and stopped again. */
async function listOf(directory) {
  const gateway = await startGateway(directory);
  const shown = await list(gateway);
  await end(gateway);
  return shown;
}

const modeOf = (file) => fs.statSync(file).mode & 0o777;
const replacedIn = (directory) =>
  fs.readdirSync(directory).filter((name) => /^replaced-\d{8}T\d{6}Z\.sqlite$/.test(name));

test('a backup holds what was accepted before it began', async (directory) => {
  const data = path.join(directory, 'data');
  const gateway = await startGateway(data);
  const accepted = new Set();
  let next = 0;
  let done = false;
  const posting = Array.from({ length: 4 }, async () => {
    while (!done) {
      const titles = Array.from({ length: 1 + (next % 5) }, () => `incident ${next++}`);
      const answer = await fetch(`${gateway.http}/ingest/incident`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(titles.map((title) => ({ key: title, title }))),
      });
      assert.ok(answer.ok);
      for (const title of titles) accepted.add(title);
    }
  });
  const backups = [];
  for (let number = 0; number < 6; ++number) {
    const before = [...accepted];
    const file = path.join(directory, `${number}.sqlite`);
    const said = await backUp(data, file);
    backups.push({ file, before, said });
  }
  assert.ok(accepted.size > backups.at(-1).before.length); // it went on meanwhile
  done = true;
  await Promise.all(posting);
  assert.ok(backups.at(-1).before.length > 0);

  for (const { file, before, said } of backups) {
    assert.strictEqual(modeOf(file), 0o600);
    const elsewhere = `${file}.d`;
    const answer = await restore(elsewhere, file);
    const { seq, titles } = await listOf(elsewhere);
    const there = new Set(titles);
    for (const title of before) assert.ok(there.has(title), `${title} is lost`);
    // One state, not pieces of several: as many events as incidents, each once.
    assert.strictEqual(there.size, titles.length);
    assert.strictEqual(seq, titles.length);
    const held = `${seq} incident${seq === 1 ? '' : 's'} (${seq} open) and `
      + `${seq} event${seq === 1 ? '' : 's'}${seq > 0 ? `, up to ${room} ${seq}` : ''}`;
    assert.strictEqual(said, `tocsin-gateway: ${file} holds ${held}.\n`);
    assert.strictEqual(answer, `tocsin-gateway: ${elsewhere} holds ${held}, from ${file}.\n`);
    assert.strictEqual(modeOf(elsewhere), 0o700);
    assert.deepStrictEqual(replacedIn(elsewhere), []);
  }
  // Nothing half-written, and nothing that belongs to a copy, is beside it.
  assert.deepStrictEqual(
    fs.readdirSync(directory).filter((name) => !/^(data|\d\.sqlite(\.d)?)$/.test(name)), []);
  assert.ok((await list(gateway)).titles.length === accepted.size);
});

test('a backup is whole when the gateway was killed before', async (directory) => {
  const data = path.join(directory, 'data');
  const gateway = await startGateway(data);
  await post(gateway, [alert('a'), alert('b')]);
  await end(gateway, 'SIGKILL');
  assert.ok(fs.existsSync(path.join(data, 'incidents.sqlite-wal')));
  const file = path.join(directory, 'copy.sqlite');
  await backUp(data, file);
  await restore(path.join(directory, 'elsewhere'), file);
  assert.strictEqual((await listOf(path.join(directory, 'elsewhere'))).seq, 2);
  assert.strictEqual((await listOf(data)).seq, 2);
});

test('who knew the log before is given a snapshot, and the list as it was', async (directory) => {
  const data = path.join(directory, 'data');
  const file = path.join(directory, 'copy.sqlite');
  const gateway = await startGateway(data);
  await post(gateway, [alert('a'), alert('b')]);
  await backUp(data, file);
  const session = new Session(gateway.ws);
  const known = await session.join();
  await session.snapshot();
  await post(gateway, [alert('a', 'resolved'), alert('c'), alert('d')]);
  for (let seq = 3; seq <= 5; ++seq) assert.strictEqual((await session.message()).seq, seq);
  await end(gateway);

  const said = await restore(data, file, '--replace');
  const [replaced] = replacedIn(data);
  assert.ok(said.endsWith(`; what it held before is in ${path.join(data, replaced)}.\n`), said);
  const again = await startGateway(data);
  // Also for a place that the restored history has, and soon has again.
  for (const seq of [5, 2, 1]) {
    const back = new Session(again.ws);
    const joined = await back.join({ epoch: known.epoch, seq });
    assert.strictEqual(joined.recovered, false);
    assert.notStrictEqual(joined.epoch, known.epoch);
    assert.strictEqual(joined.seq, 2);
    assert.deepStrictEqual((await back.snapshot()).map(({ title }) => title),
      ['Summary of a', 'Summary of b']);
  }
  await post(again, [alert('c'), alert('d'), alert('e')]);
  const back = new Session(again.ws);
  const joined = await back.join({ epoch: known.epoch, seq: 5 });
  assert.deepStrictEqual([joined.recovered, joined.seq], [false, 5]);
  assert.strictEqual((await back.snapshot()).length, 5);
  await end(again);

  // What was put aside is a backup like any other.
  await restore(path.join(directory, 'elsewhere'), path.join(data, replaced));
  assert.deepStrictEqual(await listOf(path.join(directory, 'elsewhere')),
    { seq: 5, titles: ['Summary of b', 'Summary of c', 'Summary of d'] });
});

test('a restore twice within a second keeps both that it replaced', async (directory) => {
  const data = path.join(directory, 'data');
  const file = path.join(directory, 'copy.sqlite');
  const gateway = await startGateway(data);
  await post(gateway, [alert('a')]);
  await end(gateway);
  await backUp(data, file);
  await restore(data, file, '--replace');
  await restore(data, file, '--replace');
  await restore(data, file, '--replace');
  assert.strictEqual(replacedIn(data).length, 3);
});

test('what cannot be is refused in a sentence, and changes nothing', async (directory) => {
  const at = (name) => path.join(directory, name);
  const gateway = await startGateway(at('data'));
  await post(gateway, [alert('a')]);
  await backUp(at('data'), at('copy'));
  fs.writeFileSync(at('letter'), 'Dear Sir or Madam,\n'.repeat(500));
  fs.writeFileSync(at('empty'), '');
  fs.mkdirSync(at('bare'));
  const before = fs.readFileSync(at('copy'));
  const backup = ['backup', '--data-dir'];
  const restoring = ['restore', '--data-dir'];
  for (const [status, pattern, ...args] of [
    [2, /--data-dir is missing/, 'backup', at('new')],
    [2, /backup takes the name of one file/, ...backup, at('data')],
    [2, /backup takes the name of one file/, ...backup, at('data'), at('new'), at('newer')],
    [2, /replace/, ...backup, at('data'), '--replace', at('new')],
    [1, /There is no data directory .*nowhere/, ...backup, at('nowhere'), at('new')],
    [1, /There is no incident log .*bare/, ...backup, at('bare'), at('new')],
    [1, /copy exists already, and is not overwritten/, ...backup, at('data'), at('copy')],
    [1, /nowhere\/new cannot be written/, ...backup, at('data'), at('nowhere/new')],
    [2, /--data-dir is missing/, 'restore', at('copy')],
    [2, /restore takes the name of one file/, ...restoring, at('data')],
    [2, /paint/, ...restoring, at('data'), '--paint', at('copy')],
    [1, /There is no file .*nothing/, ...restoring, at('nowhere'), at('nothing')],
    [1, /letter cannot be read: .*not a database/, ...restoring, at('nowhere'), at('letter')],
    [1, /empty is not an incident log of Tocsin/, ...restoring, at('nowhere'), at('empty')],
    [1, /in use by tocsin-gateway \(process \d+/, ...restoring, at('data'), at('copy')],
    [1, /in use by tocsin-gateway/, ...restoring, at('data'), '--replace', at('copy')],
  ]) {
    const refused = await run(...args);
    assert.match(refused.text, pattern);
    assert.strictEqual(refused.status, status, refused.text);
  }
  await end(gateway);
  const refused = await run(...restoring, at('data'), at('copy'));
  assert.match(refused.text,
    /incidents\.sqlite holds 1 incident already, which --replace puts aside/);
  assert.strictEqual(refused.status, 1);
  assert.match((await run(...restoring, at('data'), '--replace', at('letter'))).text, /letter/);

  assert.deepStrictEqual(fs.readFileSync(at('copy')), before);
  assert.deepStrictEqual(fs.readdirSync(directory).sort(),
    ['bare', 'copy', 'data', 'empty', 'letter']);
  const isOfALog = (name) => /^(lock|incidents\.sqlite(-wal|-shm)?)$/.test(name);
  assert.deepStrictEqual(fs.readdirSync(at('data')).filter((name) => !isOfALog(name)), []);
  assert.deepStrictEqual(await listOf(at('data')), { seq: 1, titles: ['Summary of a'] });
  // A log that was never written to is in nobody's way.
  await end(await startGateway(at('bare')));
  await restore(at('bare'), at('copy'));
  assert.strictEqual((await listOf(at('bare'))).seq, 1);
});

test('nothing of a token is in a backup or in what is said', async (directory) => {
  const tokens = path.join(directory, 'tokens.toml');
  const token = makeToken(tokens, 'admin');
  const data = path.join(directory, 'data');
  const file = path.join(directory, 'copy.sqlite');
  const gateway = await startGateway(data, '--tokens', tokens);
  const headers = { authorization: `Bearer ${token}` };
  assert.deepStrictEqual(await post(gateway, [alert('a')], headers), [200, { accepted: 1 }]);
  const session = new Session(gateway.ws);
  await session.send({ type: 'auth', token });
  await session.message('auth.ok');
  await session.join();
  const [{ uuid }] = await session.snapshot();
  await session.send({ type: 'incident.comment', uuid, text: 'On it.', requestId: 1 });
  while ((await session.message()).name !== 'reply');
  const said = await backUp(data, file) + await restore(path.join(directory, 'new'), file);
  const digest = /sha256 = "(\w+)"/.exec(fs.readFileSync(tokens, 'utf8'))[1];
  for (const secret of [token, digest]) {
    assert.ok(!said.includes(secret));
    assert.ok(!fs.readFileSync(file).includes(secret));
  }
  assert.ok(fs.readFileSync(file).includes('On it.'));
});

// The names that a restore gives, in the order in which it gives them; see logswap_p.h.
const steps = ['-shm', '-wal', ''].map((part) => ({
  from: `incidents.sqlite${part}`, to: `replaced-20260201T120000Z.sqlite${part}`,
}));
steps.unshift({ from: 'incidents.sqlite.part-Ab12Cd', to: 'restored-20260201T120000Z.sqlite' });
steps.push({ from: 'restored-20260201T120000Z.sqlite', to: 'incidents.sqlite' });

for (let done = 0; done <= steps.length; ++done) {
  test(`killed after ${done} of its ${steps.length} steps, it leaves one log whole`,
    async (directory) => {
      const at = (name) => path.join(directory, 'data', name);
      const copy = path.join(directory, 'copy.sqlite');
      const gateway = await startGateway(at(''));
      await post(gateway, [alert('old')]);
      await backUp(at(''), copy);
      await post(gateway, [alert('newer')]);
      await end(gateway, 'SIGKILL'); // what is written ahead stays where it is
      await restore(path.join(directory, 'new'), copy);
      fs.renameSync(path.join(directory, 'new', 'incidents.sqlite'), at(steps[0].from));
      for (const { from, to } of steps.slice(0, done)) fs.renameSync(at(from), at(to));

      const isUnderWay = done > 0 && done < steps.length;
      const backup = await run('backup', '--data-dir', at(''), path.join(directory, 'again'));
      assert.strictEqual(backup.status, isUnderWay ? 1 : 0, backup.text);
      if (isUnderWay) assert.match(backup.text, /A restore into .* is under way/);

      const [older, newer] = [['Summary of old'], ['Summary of newer', 'Summary of old']];
      const isNew = done > 0;
      assert.deepStrictEqual((await listOf(at(''))).titles, isNew ? older : newer);
      assert.deepStrictEqual(fs.readdirSync(at('')).filter((name) => /part|restored/.test(name)),
        []);
      if (isNew) {
        await restore(path.join(directory, 'kept'), at(steps[3].to));
        assert.deepStrictEqual((await listOf(path.join(directory, 'kept'))).titles, newer);
      }
    });
}

test('a restore that is killed at any moment leaves one log whole', async (directory) => {
  const data = path.join(directory, 'data');
  const copy = path.join(directory, 'copy.sqlite');
  let gateway = await startGateway(data);
  await post(gateway, [alert('old')]);
  await backUp(data, copy);
  const duration = await (async () => {
    const begin = process.hrtime.bigint();
    await restore(path.join(directory, 'elsewhere'), copy);
    return Number(process.hrtime.bigint() - begin) / 1e6;
  })();
  const [older, newer] = [['Summary of old'], ['Summary of newer', 'Summary of old']];
  const outcomes = { old: 0, new: 0 };
  for (let round = 0; round < 12; ++round) {
    await post(gateway, [alert('newer')]);
    await end(gateway, 'SIGKILL');
    const child = spawn(program, ['restore', '--data-dir', data, '--replace', copy],
      { stdio: 'ignore' });
    const ended = once(child, 'exit');
    setTimeout(() => child.kill('SIGKILL'), duration * (0.6 + Math.random()));
    await ended;
    gateway = await startGateway(data);
    const { titles } = await list(gateway);
    const isNew = titles.length === 1;
    outcomes[isNew ? 'new' : 'old'] += 1;
    assert.deepStrictEqual(titles, isNew ? older : newer);
    assert.strictEqual(replacedIn(data).length, outcomes.new);
  }
  console.log(`# ${outcomes.old} left the old log, ${outcomes.new} the new one`);
});

// Who is not cannot make the directory somebody else's.
if (process.getuid() === 0) {
  test('what the superuser restores belongs to whom the directory does', async (directory) => {
    const data = path.join(directory, 'data');
    const copy = path.join(directory, 'copy.sqlite');
    const gateway = await startGateway(data);
    await post(gateway, [alert('a')]);
    await backUp(data, copy);
    await end(gateway);
    fs.chownSync(data, 65534, 65534);
    await restore(data, copy, '--replace');
    const { uid, gid } = fs.statSync(path.join(data, 'incidents.sqlite'));
    assert.deepStrictEqual([uid, gid], [65534, 65534]);
    assert.strictEqual(modeOf(path.join(data, 'incidents.sqlite')), 0o600);
  });
}
