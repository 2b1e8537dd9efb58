// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Three gateways over one Redis behind HAProxy and behind nginx, as the files of packaging/ say, of
// which only addresses, names and the certificate are replaced.
// Run as `node balancers.test.js path/to/tocsin-gateway path/to/tocsin-watch path/to/packaging`.
'use strict';
const assert = require('node:assert');
const { spawn, execFileSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const path = require('node:path');
const readline = require('node:readline');
const { setTimeout: pause } = require('node:timers/promises');
const { test, startGateway, Session, makeToken, program, room, leftovers } = require('./gateway.js');

const [, , , watcher, packaging] = process.argv;
const name = 'tocsin.example.com';

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** Asks again until the answer is true; the test's own time is the limit. */
async function until(condition) {
  while (!await condition()) await pause(20);
}

async function untilListening(port, child) {
  await until(async () => {
    assert.strictEqual(child.exitCode, null, 'the program has ended');
    const socket = net.connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  });
}

function replaceAll(text, replacements) {
  for (const [from, to] of replacements) {
    assert.ok(text.includes(from), `the example has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const upstreams = (gateways, prefix, form) => gateways.map(({ http }, i) =>
  [`${prefix}gateway-${i + 1}:8787`, form(new URL(http).host, i + 1)]);

// `port` is the example's, with TLS; `plainPort` another of the same frontend, for our own client,
// which trusts the machine's authorities only.
const balancers = {
  haproxy: {
    start(directory, { port, plainPort, gateways, certificate, key }) {
      const both = path.join(directory, 'both.pem');
      fs.writeFileSync(both, fs.readFileSync(certificate) + fs.readFileSync(key));
      const config = path.join(directory, 'haproxy.cfg');
      fs.writeFileSync(config,
        replaceAll(fs.readFileSync(path.join(packaging, 'haproxy-tocsin.cfg'), 'utf8'), [
          ['bind :443 ssl', `bind 127.0.0.1:${plainPort}\n    bind 127.0.0.1:${port} ssl`],
          ['/etc/haproxy/certs/tocsin.example.com.pem', both],
          ['stats socket /run/haproxy/admin.sock', `stats socket ${directory}/admin.sock`],
          ...upstreams(gateways, '', (host) => host),
        ]));
      execFileSync('haproxy', ['-c', '-f', config], { env, stdio: 'pipe' });
      return spawn('haproxy', ['-db', '-f', config], { env, stdio: ['ignore', 'ignore', 'ignore'] });
    },
    /** Whether it gives that gateway anything. */
    async isUp(directory, number) {
      const line = (await command(directory, 'show servers state tocsin_gateways')).split('\n')
        .find((one) => one.includes(` gateway-${number} `));
      // Its operational state: stopped, starting slowly, running, or stopping.
      return line.split(' ')[5] !== '0';
    },
  },
  nginx: {
    start(directory, { port, plainPort, gateways, certificate, key, failTimeout = '10s' }) {
      const example = replaceAll(
        fs.readFileSync(path.join(packaging, 'nginx-tocsin-gateways.conf'), 'utf8'), [
          ['listen 443 ssl', `listen 127.0.0.1:${plainPort};\n    listen 127.0.0.1:${port} ssl`],
          ['/etc/ssl/certs/tocsin.example.com.pem', certificate],
          ['/etc/ssl/private/tocsin.example.com.key', key],
          ...upstreams(gateways, 'server ', (host) => `server ${host}`),
          ['fail_timeout=10s', `fail_timeout=${failTimeout}`],
        ]);
      const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      const temporary = kinds.map((kind) => `${kind}_temp_path ${directory}/${kind};`).join(' ');
      const config = path.join(directory, 'nginx.conf');
      // Its workers are to reach the directory, which is this user's alone.
      const user = process.getuid() === 0 ? 'user root;\n' : '';
      fs.writeFileSync(config, `${user}daemon off;\nworker_processes 2;\npid ${directory}/nginx.pid;\n`
        + `error_log ${directory}/error.log;\nevents {}\n`
        + `http {\naccess_log off; ${temporary}\n${example}\n}\n`);
      return spawn('nginx', ['-p', directory, '-e', `${directory}/error.log`, '-c', config],
        { stdio: 'ignore', env });
    },
  },
};
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** HAProxy's answer on its socket. */
async function command(directory, words) {
  const socket = net.connect(path.join(directory, 'admin.sock'));
  socket.end(`${words}\n`);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

/** A way from a gateway to Redis that can be cut. */
class Way {
  constructor(target) {
    this.isCut = false;
    this.sockets = new Set();
    this.server = net.createServer((client) => {
      if (this.isCut) return client.destroy();
      const redis = net.connect(target, '127.0.0.1');
      for (const [from, to] of [[client, redis], [redis, client]]) {
        this.sockets.add(from);
        from.on('data', (data) => to.write(data));
        from.on('error', () => {});
        from.on('close', () => { to.destroy(); this.sockets.delete(from); });
      }
    });
    leftovers.add(() => { this.cut(); this.server.close(); });
  }
  async listen() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this.server.address().port;
  }
  cut() {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }
  heal() { this.isCut = false; }
}

/** tocsin-watch: what the dashboard connects with, in a process of its own. */
class Watch {
  constructor(url, tokens) {
    this.events = [];
    this.child = spawn(watcher, [url, '--room', room, '--token-file', tokens],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    leftovers.add(() => this.child.kill('SIGKILL'));
    readline.createInterface({ input: this.child.stdout })
      .on('line', (line) => this.events.push(JSON.parse(line)));
  }
  /** The first event from `from` on that is so. */
  async next(from, condition) {
    await until(() => this.events.slice(from).some(condition));
    return this.events.slice(from).find(condition);
  }
  async live(from = 0) {
    await this.next(from, ({ event, state }) => event === 'room' && state === 'live');
  }
  get sequences() { return this.events.map(({ seq }) => seq).filter((seq) => seq !== undefined); }
}

/** Redis, three gateways and the balancer before them. */
async function deployment(directory, balancer, { limits = '', failTimeout } = {}) {
  const at = (...names) => path.join(directory, ...names);
  const [certificate, key] = [at('proxy.crt'), at('proxy.key')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt',
    'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate, '-days', '2',
    '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`], { stdio: 'ignore' });
  const redisPort = await freePort();
  const redis = spawn('redis-server', ['--bind', '127.0.0.1', '--port', redisPort, '--save', '',
    '--appendonly', 'yes', '--dir', directory], { stdio: 'ignore' });
  leftovers.add(() => redis.kill('SIGKILL'));
  await untilListening(redisPort, redis);
  const tokens = at('tokens.toml');
  const [viewer, sender] = [makeToken(tokens, 'viewer'), makeToken(tokens, 'sender')];
  fs.writeFileSync(at('viewer'), viewer, { mode: 0o600 });
  const ways = [];
  const gateways = [];
  for (let i = 0; i < 3; ++i) {
    ways.push(new Way(redisPort));
    const config = at(`gateway-${i}.toml`);
    fs.writeFileSync(config, replaceAll(
      fs.readFileSync(path.join(packaging, 'tocsin-gateways.example.toml'), 'utf8'), [
        ['redis://redis:6379/0', `redis://127.0.0.1:${await ways[i].listen()}/0`],
      ]) + limits);
    gateways.push(await startGateway(at(`data-${i}`), '--config', config, '--log-level', 'error'));
  }
  const [port, plainPort] = [await freePort(), await freePort()];
  const proxy = balancer.start(directory, { port, plainPort, gateways, certificate, key, failTimeout });
  // Not killed: nginx would leave its workers behind.
  leftovers.add(() => proxy.kill('SIGTERM'));
  await untilListening(plainPort, proxy);
  await untilListening(port, proxy);
  const tls = { ca: fs.readFileSync(certificate), servername: name };
  const headers = { host: `${name}:${port}` };
  const metric = async (number, pattern) => {
    const response = await fetch(`${gateways[number].http}/metrics`,
      { headers: { authorization: `Bearer ${viewer}` } });
    return Number(pattern.exec(await response.text())?.[1] ?? 0);
  };
  return {
    gateways, ways, proxy, viewer, tls, headers,
    url: `wss://127.0.0.1:${port}/ws`,
    watch: () => new Watch(`ws://127.0.0.1:${plainPort}/ws`, at('viewer')),
    post: (fingerprint) => new Promise((resolve, reject) => {
      const request = https.request({ host: '127.0.0.1', port, method: 'POST', agent: false,
        path: '/ingest/incident', ...tls, headers: { ...headers,
          'content-type': 'application/json', authorization: `Bearer ${sender}` } });
      request.on('error', reject);
      request.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.end(JSON.stringify({ fingerprint, title: fingerprint, severity: 'critical' }));
    }),
    sessions: (number) => metric(number, /^tocsin_gateway_sessions (\d+)$/m),
    failedPosts: (number) =>
      metric(number, /^tocsin_gateway_ingest_requests_total\{.*result="failed"\} (\d+)$/m),
    readiness: async (number) => (await fetch(`${gateways[number].http}/readyz`)).status,
    async end() {
      proxy.kill('SIGTERM');
      await once(proxy, 'exit');
    },
  };
}

/** Of three gateways, the one that has a session. */
async function used({ sessions }) {
  let found = -1;
  await until(async () => {
    for (let i = 0; i < 3; ++i) if (await sessions(i) > 0) found = i;
    return found >= 0;
  });
  return found;
}

for (const [kind, balancer] of Object.entries(balancers)) {
  test(`${kind}: a client is live on another gateway when its own is killed`, async (directory) => {
    const site = await deployment(directory, balancer);
    const watch = site.watch();
    await watch.live();
    assert.strictEqual(await site.post('before'), 200);
    await watch.next(0, ({ seq }) => seq === 1);
    const victim = await used(site);
    const from = watch.events.length;
    site.gateways[victim].child.kill('SIGKILL');
    const began = Date.now();
    // Nothing that is posted meanwhile fails.
    for (let i = 0; i < 20; ++i) assert.strictEqual(await site.post(`meanwhile-${i}`), 200);
    await watch.next(from, ({ event, reconnected }) => event === 'connected' && reconnected);
    await watch.live(from);
    console.log(`# ${kind}: live on another gateway after ${Date.now() - began} ms`);
    assert.strictEqual(await site.post('after'), 200);
    await watch.next(0, ({ seq }) => seq === 22);
    assert.deepStrictEqual(watch.sequences, Array.from({ length: 22 }, (_, i) => i + 1));
    // Recovered, not told anew.
    assert.strictEqual(
      watch.events.filter(({ event, with: how }) => event === 'recovery' && how === 'snapshot').length, 1);
    await site.end();
  });

  test(`${kind}: a gateway that cannot write gets neither posts nor sessions`, async (directory) => {
    // nginx' time is long here, lest it be over while we look; the next test is about its end.
    const site = await deployment(directory, balancer, { failTimeout: '10m' });
    const cut = 1;
    site.ways[cut].cut();
    await until(async () => await site.readiness(cut) === 503);
    for (let i = 0; i < 60; ++i) assert.strictEqual(await site.post(`post-${i}`), 200);
    if (balancer.isUp) {
      await until(async () => !await balancer.isUp(directory, cut + 1));
      const failed = await site.failedPosts(cut);
      for (let i = 0; i < 60; ++i) assert.strictEqual(await site.post(`later-${i}`), 200);
      assert.strictEqual(await site.failedPosts(cut), failed);
    }
    // Whoever finds out tells the others.
    assert.ok(await site.failedPosts(cut) <= 6, `${await site.failedPosts(cut)} posts`);
    const sessions = Array.from({ length: 12 }, () => new Session(site.url, { ...site.tls, headers: site.headers }));
    for (const session of sessions) {
      await session.send({ type: 'auth', token: site.viewer });
      await session.message('auth.ok');
      assert.ok((await session.join()).seq >= 60);
    }
    const among = [];
    for (let i = 0; i < 3; ++i) among.push(await site.sessions(i));
    console.log(`# ${kind}: sessions ${among}`);
    assert.strictEqual(among[cut], 0);
    assert.ok(among[0] >= 3 && among[2] >= 3, `${among}`);
    await site.end();
  });

  test(`${kind}: a gateway that can write again is used again`, async (directory) => {
    const site = await deployment(directory, balancer, { failTimeout: '1s' });
    const cut = 1;
    site.ways[cut].cut();
    await until(async () => await site.readiness(cut) === 503);
    for (let i = 0; i < 10; ++i) assert.strictEqual(await site.post(`post-${i}`), 200);
    site.ways[cut].heal();
    await until(async () => await site.readiness(cut) === 200);
    const more = [];
    await until(async () => {
      more.push(new Session(site.url, { ...site.tls, headers: site.headers }));
      await more[more.length - 1].send({ type: 'auth', token: site.viewer });
      await more[more.length - 1].message('auth.ok');
      return await site.sessions(cut) > 0;
    });
    await site.end();
  });

  test(`${kind}: the client's own address is counted`, async (directory) => {
    const site = await deployment(directory, balancer,
      { limits: '[limits]\nconnections_per_address = 1\n' });
    // One that comes by a trusted address is who that one says; and the proxy adds its own word.
    const open = async (localAddress) => {
      const session = new Session(site.url, { ...site.tls, localAddress,
        headers: { ...site.headers, 'x-forwarded-for': '192.0.2.7' } });
      const refused = once(session.socket, 'unexpected-response')
        .then(([, response]) => response.statusCode);
      return Promise.race([refused, once(session.socket, 'open').then(() => 101)]);
    };
    const statuses = [];
    for (let i = 0; i < 4; ++i) statuses.push(await open('127.0.0.1'));
    // One on each gateway, and the fourth is one too many for any.
    assert.deepStrictEqual(statuses, [101, 101, 101, 429]);
    // What another writes there himself is not believed.
    for (let i = 0; i < 4; ++i) assert.strictEqual(await open('127.0.0.2'), 101);
    await site.end();
  });
}

test('haproxy: a gateway is drained without a failed post', async (directory) => {
  const site = await deployment(directory, balancers.haproxy);
  const watch = site.watch();
  await watch.live();
  const leaving = await used(site);
  const drained = `tocsin_gateways/gateway-${leaving + 1}`;
  assert.strictEqual((await command(directory, `set server ${drained} state drain`)).trim(), '');
  let failed = 0;
  let posted = 0;
  let isPosting = true;
  const sender = (async () => {
    while (isPosting) if (await site.post(`post-${posted++}`) !== 200) ++failed;
  })();
  // Who is there stays; who comes goes elsewhere.
  const others = Array.from({ length: 6 }, () => new Session(site.url, { ...site.tls, headers: site.headers }));
  for (const session of others) {
    await session.send({ type: 'auth', token: site.viewer });
    await session.message('auth.ok');
  }
  assert.strictEqual(await site.sessions(leaving), 1);
  const from = watch.events.length;
  site.gateways[leaving].child.kill('SIGTERM');
  const { code } = await watch.next(from, ({ event }) => event === 'disconnected');
  assert.strictEqual(code, 1001);
  await watch.live(from);
  await until(() => posted > 40);
  isPosting = false;
  await sender;
  assert.strictEqual(failed, 0);
  await watch.next(0, ({ seq }) => seq === posted);
  assert.deepStrictEqual(watch.sequences, Array.from({ length: posted }, (_, i) => i + 1));
  await site.end();
});

test('the service for several gateways says what the gateway understands', async (directory) => {
  const unit = fs.readFileSync(path.join(packaging, 'tocsin-gateway@.service'), 'utf8');
  const [, line] = /^ExecStart=\/usr\/bin\/tocsin-gateway (.*)$/m.exec(unit);
  const config = path.join(directory, 'gateways.toml');
  fs.copyFileSync(path.join(packaging, 'tocsin-gateways.example.toml'), config);
  makeToken(path.join(directory, 'tokens.toml'), 'viewer');
  const words = replaceAll(line, [['/etc/tocsin/gateways.toml', config], ['%i', '8788'],
    ['/var/lib/tocsin', directory]]).split(' ');
  const said = execFileSync(program, [...words, '--check-config'], { encoding: 'utf8' });
  assert.match(said, /the configuration is good/);
});
