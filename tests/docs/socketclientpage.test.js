// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// docs/socket-client.md names every option, signal, error code and close code that the headers have.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');

const root = process.argv[2];
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const page = read('docs/socket-client.md');
const isNamed = (word) => new RegExp(`\\b${word}\\b`).test(page);

function between(text, begin, end) {
  const from = text.indexOf(begin);
  assert.notStrictEqual(from, -1, `no "${begin}"`);
  const to = text.indexOf(end, from);
  assert.notStrictEqual(to, -1, `no "${end}" after "${begin}"`);
  return text.slice(from + begin.length, to).replace(/\/\/.*$/gm, '');
}

function check(kind, names, least) {
  assert.ok(names.length >= least, `only ${names.length} found: is the header still read right?`);
  assert.deepStrictEqual(names.filter((name) => !isNamed(name)), [], `${kind} not in the page`);
}

const fieldsOf = (header, struct) =>
  [...between(read(header), `struct ${struct} {`, '\n};').matchAll(/\b(\w+)(?: = [^;]*|\{[^;]*\})?;/g)]
    .map((match) => match[1]);

test('options', () => {
  const header = 'core/client/connectionoptions.h';
  check('options', fieldsOf(header, 'ConnectionOptions'), 9);
  check('options', fieldsOf(header, 'OutboxOptions'), 4);
  check('options', fieldsOf(header, 'SocketClientOptions'), 10);
  check('options', fieldsOf('core/client/sendoptions.h', 'SendOptions'), 3);
  check('options', fieldsOf('core/client/sendoptions.h', 'RequestOptions'), 2);
});

test('signals', () => {
  const signals = between(read('core/client/socketclient.h'), 'Q_SIGNALS:', 'private:');
  check('signals', [...signals.matchAll(/void (\w+)\(/g)].map((match) => match[1]), 15);
});

test('error codes', () => {
  const codes = between(read('core/protocol/error.h'), 'enum class ErrorCode {', '};');
  check('error codes', [...codes.matchAll(/(\w+),/g)].map((match) => match[1]), 30);
});

test('close codes', () => {
  const codes = between(read('core/protocol/closecode.h'), 'enum class CloseCode {', '};');
  check('close codes', [...codes.matchAll(/= (\d+)/g)].map((match) => match[1]), 18);
});
