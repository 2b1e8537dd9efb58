// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// The same job in Node: ws and JSON.parse, and a function called by the message's name.
'use strict';
const WebSocket = require('ws');

const [url, expected] = [process.argv[2], Number(process.argv[3])];
let received = 0;
let begin = 0n;
let cpu;
let last = 0;
const delays = [];
const handlers = {
  'incident.updated': (incident, message) => {
    if (last !== 0 && message.seq !== last + 1) throw new Error('a hole');
    last = message.seq;
    if (received === 0) {
      begin = process.hrtime.bigint();
      cpu = process.cpuUsage();
    }
    if (++received % 64 === 0)
      delays.push(Number(process.hrtime.bigint() - BigInt(incident.title.slice(0, 19))) / 1e6);
    if (received === expected) {
      const used = process.cpuUsage(cpu);
      delays.sort((a, b) => a - b);
      console.log(JSON.stringify({
        messages: received,
        seconds: Number(process.hrtime.bigint() - begin) / 1e9,
        cpu: (used.user + used.system) / 1e6,
        delay50: delays[delays.length >> 1] ?? 0,
        delay99: delays[Math.floor(delays.length * 0.99)] ?? 0,
        residentKiB: Math.round(process.memoryUsage().rss / 1024),
      }));
      process.exit(0);
    }
  },
};
const socket = new WebSocket(url, { perMessageDeflate: false });
socket.on('open', () => socket.send('{"type":"room.join","room":"r1"}'));
socket.on('message', (text) => {
  const message = JSON.parse(text.toString());
  handlers[message.name]?.(message.data, message);
});
