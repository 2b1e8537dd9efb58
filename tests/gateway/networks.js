// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Networks of a test's own, each with one address, joined by a router that can lose packets between
// any two of them without a word to either, as a network does that is cut: by namespaces and
// nftables, where the kernel lets us. Nothing outside is touched, and all of it is gone with us.
'use strict';
const { spawn, spawnSync, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { setTimeout: pause } = require('node:timers/promises');

const inside = 'TOCSIN_TEST_NETWORK';
const skipped = 77;

/** Runs this program again in a network of its own, and ends with it; says why where it cannot. */
function enterOwnNetwork() {
  if (process.env[inside]) return;
  const isRoot = process.getuid() === 0;
  const unshare = ['unshare', ...isRoot ? [] : ['--user', '--map-root-user'], '--net', '--'];
  const probe = spawnSync(unshare[0], [...unshare.slice(1), 'sh', '-c', 'ip link set lo up'
    + ' && ip link add one type veth peer name other && nft add table ip probe'
    + ' && nft add chain ip probe forward "{ type filter hook forward priority 0; }"'
    + ' && nft add rule ip probe forward numgen random mod 100 \\< 50 drop'
    + ' && echo 1 > /proc/sys/net/ipv4/ip_forward'], { encoding: 'utf8' });
  if (probe.status !== 0) {
    const why = probe.error?.message ?? probe.stderr.trim().split('\n')[0];
    console.log(`# skipped: this machine gives no networks of one's own (${why})`);
    process.exit(skipped);
  }
  const again = spawnSync(unshare[0], [...unshare.slice(1), process.execPath, ...process.argv.slice(1)],
    { stdio: 'inherit', env: { ...process.env, [inside]: '1' } });
  process.exit(again.status ?? 1);
}

/** A network, for as long as this program runs; `enter` are the words before a command in it. */
class Network {
  constructor(name, number) {
    this.name = name;
    this.address = `10.88.${number}.2`;
    this.router = `10.88.${number}.1`;
  }
  async open() {
    // It reads from us, and so ends with us.
    this.holder = spawn('unshare', ['--net', '--', 'cat'], { stdio: ['pipe', 'ignore', 'inherit'] });
    const own = fs.readlinkSync('/proc/self/ns/net');
    const network = `/proc/${this.holder.pid}/ns/net`;
    while (!fs.existsSync(network) || fs.readlinkSync(network) === own) await pause(5);
    this.enter = ['nsenter', `--net=${network}`, '--'];
    this.run('ip', 'link', 'set', 'lo', 'up');
  }
  run(...words) {
    const [first, ...rest] = [...this.enter, ...words];
    execFileSync(first, rest, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  close() {
    this.holder?.stdin.end();
  }
}

/** What stands between all networks; this program's own is the one called `here`. */
class Router {
  constructor() {
    this.itself = new Network('router', 0);
    this.networks = new Map();
  }
  async open(names) {
    await this.itself.open();
    this.itself.run('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
    this.itself.run('nft', 'add', 'table', 'ip', 'cuts');
    this.itself.run('nft', 'add', 'chain', 'ip', 'cuts', 'forward',
      '{ type filter hook forward priority 0; }');
    execFileSync('ip', ['link', 'set', 'lo', 'up']);
    for (const name of [...names, 'here']) {
      const network = new Network(name, this.networks.size + 1);
      if (name !== 'here') await network.open();
      else network.enter = [];
      this.networks.set(name, network);
      const holder = network.holder?.pid ?? process.pid;
      this.itself.run('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns',
        String(holder));
      this.itself.run('ip', 'address', 'add', `${network.router}/24`, 'dev', name);
      this.itself.run('ip', 'link', 'set', name, 'up');
      network.run('ip', 'address', 'add', `${network.address}/24`, 'dev', 'eth0');
      network.run('ip', 'link', 'set', 'eth0', 'up');
      network.run('ip', 'route', 'add', 'default', 'via', network.router);
    }
  }
  get(name) {
    return this.networks.get(name);
  }
  /** Of the packets from one network to another, so many in a hundred are lost. */
  lose(from, to, percent = 100) {
    this.itself.run('nft', 'add', 'rule', 'ip', 'cuts', 'forward', 'ip', 'saddr',
      this.get(from).address, 'ip', 'daddr', this.get(to).address,
      ...percent < 100 ? ['numgen', 'random', 'mod', '100', '<', String(percent)] : [], 'drop');
  }
  cut(one, other) {
    this.lose(one, other);
    this.lose(other, one);
  }
  /** The router's end of a cable, which the other end does not hear of but by silence. */
  setPlugged(name, isPlugged) {
    this.itself.run('ip', 'link', 'set', name, isPlugged ? 'up' : 'down');
  }
  heal() {
    this.itself.run('nft', 'flush', 'chain', 'ip', 'cuts', 'forward');
  }
  close() {
    for (const network of [this.itself, ...this.networks.values()]) network.close();
  }
}

module.exports = { enterOwnNetwork, Router };
