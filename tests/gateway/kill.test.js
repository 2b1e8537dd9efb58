// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A gateway that is killed at any moment, again and again, while alerts are posted: what was
// answered with 2xx is there, nothing is there twice, sequences have no holes, and the epoch stays.
// Run as `node kill.test.js path/to/tocsin-gateway [KILLS]`.
'use strict';
const { test } = require('node:test');
const assert = require('node:assert');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const WebSocket = require('ws');

const program = process.argv[2];
const kills = Number(process.argv[3] ?? 15);
const senders = 4;
const room = 'account:default';

async function start(directory) {
  const child = spawn(program, ['--listen', '127.0.0.1:0', '--data-dir', directory,
    '--log-level', 'warning'],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [, http, ws] = /on (\S+) \((\S+)\)/.exec(line);
  return { child, http, ws };
}

/** Everything in the room's history after `seq`, in order. */
function replay(gateway, epoch, seq) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(gateway.ws);
    const events = [];
    let head;
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify(
      { type: 'room.join', room, ...(epoch && { since: { epoch, seq } }) })));
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString());
      if (message.name === 'room.joined') head = message.data;
      else events.push(message);
      if (head && (!epoch || events.length >= head.seq - seq)) {
        socket.terminate();
        resolve({ head, events });
      }
    });
  });
}

test(`nothing is lost or doubled by ${kills} kills`, { timeout: 60_000 + kills * 5_000 }, async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tocsin-'));
  const accepted = new Set();
  const seen = new Map(); // key: uuid of every incident.created there ever was
  let next = 0;
  let epoch;
  let last = 0;
  let unanswered = 0;
  try {
    for (let kill = 0; kill <= kills; ++kill) {
      const gateway = await start(directory);
      const { head } = await replay(gateway, undefined, 0);
      assert.strictEqual(head.epoch, epoch ?? head.epoch);
      epoch = head.epoch;
      assert.ok(head.seq >= last);
      const { events } = await replay(gateway, epoch, last);
      for (const event of events) {
        assert.strictEqual(event.seq, ++last);
        assert.strictEqual(event.name, 'incident.created');
        const key = event.data.title;
        assert.ok(!seen.has(key), `${key} was created twice`);
        seen.set(key, event.data.uuid);
      }
      assert.strictEqual(last, head.seq);
      // The whole list grows with the kills; in a long run it is looked at now and then.
      if (kill % Math.ceil(kills / 40) === 0 || kill === kills) {
        const response = await fetch(`${gateway.http}/api/incidents?room=${room}`);
        const { incidents } = await response.json();
        assert.deepStrictEqual(
          new Map(incidents.map(({ title, uuid }) => [title, uuid])), seen);
      }
      for (const key of accepted) assert.ok(seen.has(key), `${key} was accepted and is lost`);
      if (kill === kills) {
        gateway.child.kill('SIGTERM');
        assert.deepStrictEqual(await once(gateway.child, 'exit'), [0, null]);
        break;
      }

      let killed = false;
      const posting = Array.from({ length: senders }, async () => {
        while (!killed) {
          const titles = Array.from({ length: 1 + (next % 7) }, () => `incident ${next++}`);
          try {
            const answer = await fetch(`${gateway.http}/ingest/incident`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(titles.map(
                (title) => ({ key: title, title, severity: 'warning' }))),
            });
            if (answer.ok) for (const title of titles) accepted.add(title);
          } catch {
            unanswered += 1; // it may be there or not, but whole or not at all
          }
        }
      });
      // Not from the first moment to the last alike: while it starts to take posts, too.
      await new Promise((resolve) => { setTimeout(resolve, Math.random() ** 2 * 300); });
      const ended = once(gateway.child, 'exit');
      gateway.child.kill('SIGKILL');
      killed = true;
      await Promise.all([ended, ...posting]);
    }
    assert.ok(accepted.size > 0);
    console.log(`# ${kills} kills: ${accepted.size} accepted, ${seen.size} there, `
      + `${unanswered} posts unanswered, sequence 1 to ${last}`);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
});
