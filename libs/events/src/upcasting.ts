import type { EventDefinition } from './event-definition.js';

/**
 * Data of a stored version as the newest version has it, or undefined where nothing leads there:
 * the version is none, or newer than this build.
 */
export function dataInNewestVersion(
  { schemaVersion, upcasters = [] }: Pick<EventDefinition, 'schemaVersion' | 'upcasters'>,
  version: unknown,
  data: unknown,
): unknown {
  if (version === schemaVersion) return data;
  if (!Number.isInteger(version) || Number(version) < 1 || Number(version) > schemaVersion) {
    return undefined;
  }
  return upcasters
    .slice(Number(version) - 1)
    .reduce<object>((earlier, upcast) => upcast({ ...earlier }), data as object);
}
