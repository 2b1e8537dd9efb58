// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What a Node service does with ws: tells everybody what one says, and answers a heartbeat.
'use strict';
const { WebSocketServer } = require('ws');

const server = new WebSocketServer(
  { host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 4096 });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const text = data.toString();
    if (text === '2') {
      socket.send('3');
      return;
    }
    for (const client of server.clients) client.send(text);
  });
});
server.on('listening', () => console.log(`port ${server.address().port}`));
