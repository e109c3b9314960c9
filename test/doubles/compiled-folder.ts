import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const project = join(import.meta.dirname, '../..');

/**
 * Compiles the modules of one source folder into another, so that plain Node can run them in a
 * process that a specification may kill, or run as another user.
 */
export async function compileFolder(source: string, target: string): Promise<void> {
  for (const file of await readdir(source)) {
    if (file.endsWith('.spec.ts') || !file.endsWith('.ts')) continue;
    await compileModule(join(source, file), join(target, file));
  }
  await writeFile(join(target, 'package.json'), '{ "type": "module" }\n');
}

/**
 * Compiles modules, named from the project on, to where they find the compiled libraries by their
 * names (`npm run build` comes before). Answers the folder, which is to be removed.
 */
export async function compileModules(modules: readonly string[]): Promise<string> {
  await mkdir(join(project, 'dist', 'test'), { recursive: true });
  const folder = await mkdtemp(join(project, 'dist', 'test', 'specification-'));
  for (const module of modules) await compileModule(join(project, module), join(folder, module));
  return folder;
}

async function compileModule(source: string, target: string): Promise<void> {
  const { outputText } = transpileModule(await readFile(source, 'utf8'), {
    compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 },
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target.replace(/\.ts$/, '.js'), outputText);
}
