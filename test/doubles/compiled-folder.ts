import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/**
 * Compiles the modules of one source folder into another, so that plain Node can run them in a
 * process that a specification may kill, or run as another user.
 */
export async function compileFolder(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const file of await readdir(source)) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const { outputText } = transpileModule(await readFile(join(source, file), 'utf8'), {
      compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 },
    });
    await writeFile(join(target, file.replace(/\.ts$/, '.js')), outputText);
  }
  await writeFile(join(target, 'package.json'), '{ "type": "module" }\n');
}
