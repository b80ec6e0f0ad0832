// SPDX-License-Identifier: Apache-2.0
// ODK Web Forms' engine on one form: node play.mjs FORM [REPEATS]. Prints one JSON object of
// milliseconds: open (parse and first instance), and for the tests' own large form, with REPEATS
// instances of each of its two repeats: every answer, and one more instance.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html>');
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) {
    try {
      globalThis[name] = window[name];
    } catch {
      // some names of a browser's window cannot be read outside it
    }
  }
}
for (const name of ['Node', 'Element', 'Document', 'Attr', 'Text', 'Comment', 'File', 'FormData']) {
  globalThis[name] = window[name];
}
globalThis.document = window.document;
globalThis.__dirname = process.cwd();
globalThis.require = createRequire(import.meta.url);

const { loadForm } = await import('@getodk/xforms-engine');
const [file, repeats] = [process.argv[2], Number(process.argv[3] ?? 0)];
const xml = readFileSync(file, 'utf8');
const told = { answers: [], add: null };
const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const start = performance.now();
const form = await loadForm(xml, {
  fetchFormAttachment: async () => new Response('', { status: 404 }),
  missingResourceBehavior: 'BLANK',
});
if (form.status === 'failure') {
  throw form.error;
}
const { root } = form.createInstance();
told.open = performance.now() - start;

const children = (node) => node.currentState.children ?? [];
const named = (node, name) =>
  children(node).find((each) => each.currentState.reference.endsWith(`/${name}`));

if (repeats > 0) {
  for (const name of ['r0', 'r1']) {
    named(root, name).addInstances(0, repeats - 1);
  }
  for (const name of ['r0', 'r1']) {
    children(named(root, name)).forEach((instance, i) => {
      told.answers.push(timed(() => named(instance, `${name}_q0`).selectValue('yes')));
      told.answers.push(timed(() => named(instance, `${name}_q1`).setValue(BigInt(i + 1))));
    });
  }
  told.total = String(named(root, 'r0_sum').currentState.value);
  told.add = timed(() => named(root, 'r0').addInstances(repeats - 1, 1));
}
console.log(JSON.stringify(told));
process.exit(0);
