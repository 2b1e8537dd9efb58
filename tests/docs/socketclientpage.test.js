// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// The tables of docs/socket-client.md name exactly the options, signals, error codes and close codes
// that the headers have, the options with their types.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');

const root = process.argv[2];
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const page = read('docs/socket-client.md');

function between(text, begin, end) {
  const from = text.indexOf(begin);
  assert.notStrictEqual(from, -1, `no "${begin}"`);
  const to = text.indexOf(end, from + begin.length);
  assert.notStrictEqual(to, -1, `no "${end}" after "${begin}"`);
  return text.slice(from + begin.length, to);
}

const header = (name, begin, end) => between(read(name), begin, end).replace(/\/\/.*$/gm, '');

// The rows of the first table behind a line of the page, without its heading.
function tableBehind(line) {
  const lines = page.slice(page.indexOf(`\n${line}`) + 1).split('\n');
  assert.ok(lines[0].startsWith(line), `no line "${line}" in the page`);
  const first = lines.findIndex((text) => text.startsWith('|'));
  const rows = lines.slice(first, lines.findIndex((text, at) => at > first && !text.startsWith('|')));
  return rows.slice(2).map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
}

const inCode = (cell) => cell.replace(/^`|`$/g, '');
const sorted = (words) => [...words].sort();

// A header that is no longer read right would have nothing to compare.
function compare(found, expected, least) {
  assert.ok(expected.length >= least, `only ${expected.length} found in the header`);
  assert.deepStrictEqual(sorted(found), sorted(expected));
}

function fieldsOf(name, struct) {
  const field = /^ {4}([\w:<>, ]+?) (\w+)(?: = [^;]*|\{[^;]*\})?;/gm;
  return [...header(name, `struct ${struct} {`, '\n};').matchAll(field)]
    .map(([, type, member]) => `${type.replace(/std::(chrono::)?/g, '')} ${member}`);
}

const options = 'core/client/connectionoptions.h';
for (const [name, struct, least] of [[options, 'SocketClientOptions', 10],
  [options, 'ConnectionOptions', 9], [options, 'OutboxOptions', 4],
  ['core/client/sendoptions.h', 'SendOptions', 3],
  ['core/client/sendoptions.h', 'RequestOptions', 3]]) {
  test(struct, () => {
    const rows = tableBehind(`\`${struct}\``);
    compare(rows.map(([field, type]) => `${inCode(type)} ${inCode(field)}`),
      fieldsOf(name, struct), least);
    for (const [field, , byDefault] of rows)
      assert.ok(byDefault, `no default of ${field}`);
  });
}

test('signals', () => {
  const plain = (text) => text.replace(/const |&|tocsin::|SocketClient::|std::(chrono::)?/g, '');
  const signals = header('core/client/socketclient.h', 'Q_SIGNALS:', 'private:');
  compare(tableBehind('## Signals').map(([signal]) => inCode(signal)),
    [...signals.matchAll(/void (\w+\([^)]*\));/g)].map(([, signal]) => plain(signal)), 16);
});

test('error codes', () => {
  const codes = header('core/protocol/error.h', 'enum class ErrorCode {', '};');
  const rows = tableBehind('## Errors');
  compare(rows.map(([code]) => inCode(code)),
    [...codes.matchAll(/(\w+),/g)].map(([, code]) => code), 30);
  for (const [code, happened] of rows)
    assert.ok(happened, `nothing said of ${code}`);
});

test('close codes', () => {
  const codes = header('core/protocol/closecode.h', 'enum class CloseCode {', '};');
  const named = tableBehind('## Close codes')
    .flatMap(([cell]) => [...cell.matchAll(/(\d{4}) `(\w+)`/g)].map(([, code, name]) => `${name} = ${code}`));
  compare(named, [...codes.matchAll(/\w+ = \d+/g)].map(([code]) => code), 18);
});
