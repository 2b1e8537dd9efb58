// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A server that is not ours, for tst_nodeserver.cpp: Node's `ws`, as somebody would write one in an
// afternoon. `/ws` speaks the envelope with replies and attachments, `/channels` the typed-channel
// form. Prints its port, and ends when its input does.
'use strict';
const http = require('node:http');
const { WebSocketServer } = require('ws');

const send = (socket, object) => socket.send(JSON.stringify(object));

/** Replies to every request, sends each attachment back, and drops whoever asks for it, once. */
function envelope(server) {
  const droppedFor = new Set();
  server.on('connection', (socket) => {
    let announced = null;
    socket.on('message', (data, isBinary) => {
      if (isBinary) {
        const { id, name, contentType } = announced;
        const size = data.length;
        announced = null;
        send(socket, { name: 'attachment', data: { id, name, contentType, size }, timestamp: Date.now() });
        // In fragments, as a server that streams from a file does it.
        const half = Math.floor(size / 2);
        socket.send(data.subarray(0, half), { binary: true, fin: false });
        socket.send(data.subarray(half), { binary: true, fin: true });
        return;
      }
      const text = data.toString();
      if (text === '2') return void socket.send('3');
      const { type, requestId, ...payload } = JSON.parse(text);
      if (type === 'attachment') announced = payload;
      if (!requestId) return;
      if (payload.uuid === 'drop' && !droppedFor.has(requestId)) {
        droppedFor.add(requestId);
        return void socket.terminate();
      }
      const answer = payload.uuid === 'refuse'
        ? { ok: false, error: { code: 'not_found', message: 'No such incident.' } }
        : { ok: true, result: { uuid: payload.uuid } };
      send(socket, { name: 'reply', data: { requestId, ...answer }, timestamp: Date.now() });
    });
  });
}

/** Passes each channel's messages on to everybody who is in it, and says who that is. */
function channels(server) {
  const members = new Map();
  let users = 0;
  const tell = (channel, object) => {
    for (const socket of members.get(channel) ?? []) send(socket, object);
  };
  const leave = (socket, channel) => {
    members.get(channel)?.delete(socket);
    presence(channel);
  };
  const presence = (channel) => tell(channel, {
    type: 'presence', channel,
    users: [...members.get(channel) ?? []].map(({ user }) => ({ id: user })),
  });
  server.on('connection', (socket) => {
    socket.user = `user ${++users}`;
    socket.on('close', () => { for (const channel of members.keys()) leave(socket, channel); });
    socket.on('message', (data) => {
      const { type, channel, event, data: content } = JSON.parse(data.toString());
      switch (type) {
        case 'ping': return send(socket, { type: 'pong', timestamp: Date.now() });
        case 'subscribe':
          if (!members.has(channel)) members.set(channel, new Set());
          members.get(channel).add(socket);
          send(socket, { type: 'subscribed', channel });
          return presence(channel);
        case 'unsubscribe': return leave(socket, channel);
        case 'message':
          return tell(channel, { type, channel, event, data: content, timestamp: Date.now() });
        default: return send(socket, { type: 'error', code: 'unknown_type', message: `What is ${type}?` });
      }
    });
  });
}

const servers = {
  '/ws': new WebSocketServer({ noServer: true }),
  '/channels': new WebSocketServer({ noServer: true }),
};
envelope(servers['/ws']);
channels(servers['/channels']);

const server = http.createServer();
server.on('upgrade', (request, socket, head) => {
  const target = servers[request.url];
  if (!target) return void socket.destroy();
  target.handleUpgrade(request, socket, head, (client) => target.emit('connection', client));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
