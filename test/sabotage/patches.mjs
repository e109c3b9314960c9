import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const extension = '.patch';

/** The names of all patches, in their order. */
export function patchNames() {
  return readdirSync(here)
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}

/**
 * A patch with its head: `Promise:` what it breaks, `Test:` the specification file that notices,
 * `Name:` a part of that test's full name, `Failure:` a part of what the test then says, and
 * `Build: yes` where the test runs the compiled program.
 */
export function readPatch(name) {
  const file = join(here, `${name}${extension}`);
  const text = readFileSync(file, 'utf8');
  const read = (field) => {
    const value = new RegExp(`^${field}: (.+)$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`${name}${extension} has no line «${field}: …».`);
    return value;
  };
  return {
    name,
    file,
    promise: read('Promise'),
    test: read('Test'),
    testName: read('Name'),
    failure: read('Failure'),
    needsBuild: /^Build: yes$/m.test(text),
  };
}
