// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// The documented proxies before a real tocsin-gateway: nginx and Caddy with the files of packaging/,
// of which only addresses and the certificate are replaced.
// Run as `node proxies.test.js path/to/tocsin-gateway path/to/packaging`.
'use strict';
const assert = require('node:assert');
const { spawn, execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const path = require('node:path');
const { test, startGateway, Session, alert, makeToken } = require('./gateway.js');

const packaging = process.argv[3];
const name = 'tocsin.example.com';

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

async function untilListening(port, child) {
  for (;;) {
    assert.strictEqual(child.exitCode, null, 'the proxy has ended');
    const socket = net.connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.destroy();
      return;
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }
}

function replaceAll(text, replacements) {
  for (const [from, to] of Object.entries(replacements)) {
    assert.ok(text.includes(from), `the example has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const proxies = {
  nginx(directory, { port, upstream, certificate, key }) {
    const example = replaceAll(fs.readFileSync(path.join(packaging, 'nginx-tocsin.conf'), 'utf8'), {
      'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
      '127.0.0.1:8787': upstream,
      '/etc/ssl/certs/tocsin.example.com.pem': certificate,
      '/etc/ssl/private/tocsin.example.com.key': key,
    });
    const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const temporary = kinds.map((kind) => `${kind}_temp_path ${directory}/${kind};`).join(' ');
    const config = path.join(directory, 'nginx.conf');
    // Its workers are to reach the directory, which is this user's alone.
    const user = process.getuid() === 0 ? 'user root;\n' : '';
    fs.writeFileSync(config, `${user}daemon off;\npid ${directory}/nginx.pid;\n`
      + `error_log ${directory}/error.log;\nevents {}\n`
      + `http {\naccess_log off; ${temporary}\n${example}\n}\n`);
    return spawn('nginx', ['-p', directory, '-e', `${directory}/error.log`, '-c', config],
      { stdio: 'ignore', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  },
  caddy(directory, { port, upstream, certificate, key }) {
    const example = replaceAll(fs.readFileSync(path.join(packaging, 'Caddyfile'), 'utf8'), {
      'tocsin.example.com {': `https://${name}:${port} {\n\tbind 127.0.0.1\n\ttls ${certificate} ${key}`,
      '127.0.0.1:8787': upstream,
    });
    const config = path.join(directory, 'Caddyfile');
    fs.writeFileSync(config,
      `{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system ${directory}\n`
      + `\tlog {\n\t\toutput discard\n\t}\n}\n${example}`);
    return spawn('caddy', ['run', '--config', config, '--adapter', 'caddyfile'],
      { stdio: ['ignore', 'ignore', 'ignore'], env: { ...process.env, HOME: directory } });
  },
};

for (const [proxy, start] of Object.entries(proxies)) {
  test(`${proxy}: a post and a session go through`, async (directory) => {
    const certificate = path.join(directory, 'proxy.crt');
    const key = path.join(directory, 'proxy.key');
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt',
      'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate, '-days', '2',
      '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`], { stdio: 'ignore' });
    const tokens = path.join(directory, 'tokens.toml');
    const [viewer, sender] = [makeToken(tokens, 'viewer'), makeToken(tokens, 'sender')];
    const config = path.join(directory, 'gateway.toml');
    fs.writeFileSync(config, 'tokens_file = "tokens.toml"\n'
      + `trusted_proxies = ["127.0.0.1", "::1"]\n[web]\nallowed_hosts = ["${name}"]\n`);
    const gateway = await startGateway(path.join(directory, 'data'), '--config', config);
    const port = await freePort();
    const child = start(directory,
      { port, upstream: new URL(gateway.http).host, certificate, key });
    try {
      await untilListening(port, child);
      const tls = { ca: fs.readFileSync(certificate), servername: name };
      const headers = { host: `${name}:${port}` };
      const post = (size, authorization) => new Promise((resolve, reject) => {
        const request = https.request({ host: '127.0.0.1', port, method: 'POST',
          path: '/ingest/alertmanager', ...tls,
          headers: { ...headers, 'content-type': 'application/json', authorization } });
        request.on('error', reject);
        request.on('response', (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.end(JSON.stringify({ version: '4', groupKey: '', status: 'firing', receiver: 'r',
          alerts: Array.from({ length: size }, (_, i) => alert(`a${i}`)) }));
      });
      assert.strictEqual(await post(1, 'Bearer made-up'), 401);
      assert.strictEqual(await post(1, `Bearer ${sender}`), 200);

      // As a page of the same site opens it.
      const session = new Session(`wss://127.0.0.1:${port}/ws`,
        { ...tls, headers, origin: `https://${name}:${port}` });
      await session.send({ type: 'auth', token: viewer });
      assert.strictEqual((await session.message('auth.ok')).data.user.role, 'viewer');
      assert.strictEqual((await session.join()).seq, 1);
      assert.strictEqual((await session.snapshot()).length, 1);
      // A storm, and each of it is told.
      assert.strictEqual(await post(5000, `Bearer ${sender}`), 200);
      for (let seq = 2; seq <= 5001; ++seq)
        assert.strictEqual((await session.message()).seq, seq);

      const foreign = new Session(`wss://127.0.0.1:${port}/ws`,
        { ...tls, headers, origin: 'https://evil.example' });
      const [, response] = await once(foreign.socket, 'unexpected-response');
      assert.strictEqual(response.statusCode, 403);

      gateway.child.kill('SIGTERM');
      assert.strictEqual((await session.closed)[0], 1001);
    } finally {
      // Not killed: nginx would leave its workers behind.
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });
}
