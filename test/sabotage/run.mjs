// Breaks one promise at a time in a copy of the project and expects a named test to turn red.
//
// A patch that no longer applies, under which its test stays green, or under which its test fails
// with other words than the patch names, fails the run.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { patchNames, readPatch } from './patches.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const copied = [
  'apps',
  'libs',
  'projections',
  'migrations',
  'test',
  'package.json',
  'tsconfig.json',
  'nest-cli.json',
  'vitest.config.ts',
];
const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs');
const commandMillisecondsMax = 600_000;
const millisecondsPerDay = 86_400_000;

const usage = `Usage: npm run sabotage -- [--apply-only] [--rotate <count>] [<part of a patch's name> ...]

Without arguments every patch is run. --rotate runs as many as it says, others each day.
--apply-only runs nothing and tells which patches still apply.
Exit code: 0 all named tests turned red, 1 one stayed green or a patch does not apply, 2 usage.`;

function main(argv) {
  const applyOnly = argv[0] === '--apply-only';
  const patches = choose(applyOnly ? argv.slice(1) : argv).map(readPatch);
  const good = patches.filter(applyOnly ? reportApplying : reportRed);
  const what = applyOnly ? 'patches apply' : 'broken promises were noticed';
  console.log(`sabotage: ${good.length} of ${patches.length} ${what}`);
  process.exitCode = good.length === patches.length ? 0 : 1;
}

function choose(words) {
  const all = patchNames();
  if (words[0] === '--rotate') {
    const count = Number(words[1]);
    if (!Number.isInteger(count) || count < 1 || words.length > 2) exitWithUsage();
    const day = Math.floor(Date.now() / millisecondsPerDay);
    return Array.from({ length: Math.min(count, all.length) }, (_unused, index) => {
      return all[(day * count + index) % all.length];
    });
  }
  if (words.some((word) => word.startsWith('-'))) exitWithUsage();
  const chosen = all.filter(
    (name) => words.length === 0 || words.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) exitWithUsage();
  return chosen;
}

function exitWithUsage() {
  console.error(usage);
  process.exit(2);
}

function reportApplying(patch) {
  const fault = faultOf(run('git', ['apply', '--check', patch.file], project));
  if (fault !== undefined) console.log(`DOES NOT APPLY  ${patch.name}\n                ${fault}`);
  return fault === undefined;
}

function reportRed(patch) {
  const began = performance.now();
  const survival = survivalOf(patch);
  const seconds = `${Math.round((performance.now() - began) / 1_000)} s`.padStart(5);
  const verdict = survival === undefined ? 'noticed  ' : 'UNNOTICED';
  console.log(`${verdict}  ${seconds}  ${patch.name.padEnd(34)}  ${patch.promise}`);
  if (survival !== undefined) console.log(`           ${survival}`);
  return survival === undefined;
}

/** Why the broken promise was not noticed, or undefined where it was. */
function survivalOf(patch) {
  const copy = mkdtempSync(join(tmpdir(), 'daybook-sabotage-'));
  try {
    for (const entry of copied) {
      cpSync(join(project, entry), join(copy, entry), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    const unapplied = faultOf(run('git', ['apply', '--whitespace=nowarn', patch.file], copy));
    if (unapplied !== undefined) return `does not apply: ${unapplied}`;
    if (patch.needsBuild) {
      const built = run('npm', ['run', '--silent', 'build'], copy);
      if (built.status !== 0) return `does not build: ${built.stdout}${built.stderr}`;
    }
    return survivalIn(copy, patch);
  } finally {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  }
}

function survivalIn(copy, { test, testName, failure }) {
  const outcome = join(copy, 'outcome.json');
  const filter = testName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outcome}`];
  const words = [vitest, 'run', test, '-t', filter, ...reporters];
  const { stdout, stderr } = run(process.execPath, words, copy);
  let results;
  try {
    results = JSON.parse(readFileSync(outcome, 'utf8'));
  } catch {
    return 'its test did not run to an end';
  }
  const statuses = results.testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ fullName }) => fullName.includes(testName))
    .map(({ status }) => status);
  if (!statuses.includes('failed')) {
    return statuses.includes('passed') ? 'its test stays green' : `no test named «${testName}» ran`;
  }
  // What is printed has the causes of an error too, and a property tells its reason only there.
  const printed = `${stdout}${stderr}`;
  if (printed.includes(failure)) return undefined;
  const errors = printed.split('\n').filter((line) => line.includes('Error: '));
  return `its test fails, but not with «${failure}»: ${errors.join('; ')}`;
}

function faultOf({ status, stderr }) {
  return status === 0 ? undefined : stderr.trim();
}

function run(command, words, folder) {
  return spawnSync(command, words, {
    cwd: folder,
    encoding: 'utf8',
    timeout: commandMillisecondsMax,
    env: {
      ...process.env,
      DAYBOOK_TEST_SIZE: 'gate',
      FORCE_COLOR: undefined,
      NO_COLOR: '1',
      // Inside another repository git would skip every path of a patch and call that success.
      GIT_CEILING_DIRECTORIES: dirname(folder),
    },
  });
}

main(process.argv.slice(2));
