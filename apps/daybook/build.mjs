// Compiles the program into dist/ where a source is younger than the last compilation, so that
// commands run through npm do not wait for a compiler that has nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const sources = ['apps', 'libs', 'projections', 'migrations'].map((name) => join(project, name));
const files = ['package-lock.json', 'tsconfig.json', 'nest-cli.json'];
const mark = join(project, 'dist', '.compiled');

function youngest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => youngest(join(path, name))));
}

function isStale() {
  if (!existsSync(mark)) return true;
  const compiled = statSync(mark).mtimeMs;
  return [...sources, ...files.map((name) => join(project, name))].some(
    (path) => youngest(path) > compiled,
  );
}

if (isStale()) {
  const began = new Date();
  if (process.stderr.isTTY) process.stderr.write('Compiling …\n');
  const nest = join(project, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build', 'daybook'], {
    cwd: project,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(mark, '');
  // What was changed while the compiler ran is younger than this, and is compiled next time.
  utimesSync(mark, began, began);
}
