// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A gateway that may have few files open (docs/gateway.md, "Bounds"): it turns people away before it
// cannot accept, read or write any more. Run as `node descriptors.test.js path/to/tocsin-gateway`.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { test, startLogged, Session, alert, post, leftovers, program } = require('./gateway.js');

test('as many as there are files for, less what the rest needs', async (directory) => {
  const most = 200;
  const shell = path.join(directory, 'few-files');
  fs.writeFileSync(shell, `#!/bin/sh\nulimit -n ${most}\nexec "${program}" "$@"\n`, { mode: 0o755 });
  const gateway = await startLogged(directory, { program: shell });
  const session = new Session(gateway.ws);
  await session.join();
  await session.snapshot();

  const sockets = [];
  const answers = await Promise.all(Array.from({ length: 2 * most }, async () => {
    const socket = net.connect(Number(new URL(gateway.http).port), '127.0.0.1');
    sockets.push(socket);
    leftovers.add(() => socket.destroy());
    let text = '';
    socket.on('data', (data) => { text += data; });
    socket.on('error', () => {});
    // Answered or closed, be it with a reset, which once() would throw.
    const over = new Promise((resolve) => socket.on('data', resolve).on('close', resolve));
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await over;
    return text.slice(9, 12);
  }));
  const count = (status) => answers.filter((one) => one === status).length;
  assert.ok(count('200') >= 40 && count('200') < most, `${count('200')} served`);
  assert.ok(count('503') > 0, 'nobody was told');
  assert.strictEqual(count('200') + count('503') + count(''), answers.length);
  await gateway.line('connection.refused', { reason: 'too many' });

  // Who was in before is served as ever; who is turned away can come when others have gone.
  for (const socket of sockets) socket.destroy();
  for (;;) {
    const [status] = await post(gateway, [alert('Meanwhile')]).catch(() => [0]);
    if (status === 200) break;
  }
  assert.strictEqual((await session.message('incident.created')).seq, 1);
  assert.ok(!gateway.lines().some(({ event }) => event === 'accept.failed' || event === 'log.failed'));
  await gateway.stop();
});
