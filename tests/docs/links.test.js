// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What the pages link to is there, file and heading, and so is what comments name of them as
// docs/protocol.md, "Rooms".
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');

const root = process.argv[2];
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');

function filesIn(directory) {
  return fs.readdirSync(path.join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(directory, entry.name);
    if (entry.isDirectory())
      return filesIn(name);
    return entry.isFile() ? [name] : [];
  });
}

const directories = ['app', 'core', 'docs', 'examples', 'packaging', 'qml', 'scripts', 'tests'];
const files = directories.flatMap(filesIn);
const pages = [...fs.readdirSync(root), ...files].filter((name) => name.endsWith('.md'));

// Neither blocks of code nor code between words.
const prose = (text) => text.replace(/^ *```[^]*?^ *```/gm, '').replace(/`[^`\n]*`/g, '');

// The headings of a page, as words and as GitHub and Doxygen make anchors of them.
function headingsOf(name) {
  const text = read(name).replace(/^ *```[^]*?^ *```/gm, '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)]
    .map(([, words]) => words.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`/g, ''));
  const times = new Map();
  const anchors = headings.map((words) => {
    const anchor = words.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replace(/ /g, '-');
    const before = times.get(anchor) ?? 0;
    times.set(anchor, before + 1);
    return before ? `${anchor}-${before}` : anchor;
  });
  return { headings, anchors };
}

test('links', () => {
  const broken = [];
  let found = 0;
  for (const page of pages) {
    for (const [, link] of prose(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link))
        continue;
      ++found;
      const [file, anchor] = link.split('#');
      const target = file ? path.join(path.dirname(page), file) : page;
      if (!fs.existsSync(path.join(root, target)))
        broken.push(`${page}: there is no ${target}`);
      else if (anchor && target.endsWith('.md') && !headingsOf(target).anchors.includes(anchor))
        broken.push(`${page}: ${target} has no heading #${anchor}`);
    }
  }
  assert.ok(found > 100, `only ${found} links found`);
  assert.deepStrictEqual(broken, []);
});

test('headings that comments name', () => {
  const broken = [];
  let found = 0;
  for (const name of files) {
    for (const [, page, words] of read(name).matchAll(/\b(docs\/[a-z-]+\.md), "([^"\n]+)"/g)) {
      ++found;
      if (!headingsOf(page).headings.includes(words))
        broken.push(`${name}: ${page} has no heading "${words}"`);
    }
  }
  assert.ok(found > 20, `only ${found} found`);
  assert.deepStrictEqual(broken, []);
});
