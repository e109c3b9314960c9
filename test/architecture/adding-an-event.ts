import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

/** The sources of a whole program, or of what its catalogue, its words and its samples need. */
const configuration = ts.getParsedCommandLineOfConfigFile(
  join(root, 'tsconfig.json'),
  { noEmit: true, sourceMap: false, composite: false },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
);

/** Other people's code, and the classes, which know no type but their own. */
const withoutInterest = /\/node_modules\/|\/libs\/events\/src\/[\w-]+\//;

/** A file as it would be after a change: its path from the root, and what becomes of its text. */
export type Change = readonly [path: string, edit: (before: string) => string];

/**
 * The files in which the compiler misses something of `name` once the sources were changed so,
 * by their paths from the root. Nothing is written: the compiler is shown the changed texts.
 */
export function filesThatMiss(
  name: string,
  changes: readonly Change[],
  roots: readonly string[] | 'all',
): readonly string[] {
  if (!configuration) throw new Error('tsconfig.json cannot be read.');
  const changed = new Map(
    changes.map(([path, edit]) => [
      join(root, path),
      edit(ts.sys.readFile(join(root, path)) ?? ''),
    ]),
  );
  const host = ts.createCompilerHost(configuration.options, true);
  const readFile = host.readFile.bind(host);
  host.readFile = (path) => changed.get(path) ?? readFile(path);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (path) => changed.has(path) || fileExists(path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = changed.get(path);
    return text === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, text, languageVersion, true);
  };
  const rootNames =
    roots === 'all' ? configuration.fileNames : roots.map((path) => join(root, path));
  const program = ts.createProgram({ rootNames, options: configuration.options, host });
  const missing = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(root) && !withoutInterest.test(fileName))
    .filter((file) =>
      program
        .getSemanticDiagnostics(file)
        .some(({ messageText }) =>
          ts.flattenDiagnosticMessageText(messageText, ' ').includes(name),
        ),
    );
  return missing.map(({ fileName }) => relative(root, fileName)).sort();
}
