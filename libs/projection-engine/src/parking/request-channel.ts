import type { GenerationKey } from '../postgres/identifiers.js';

/** The channel on which holders are told that somebody asks for something. */
export const requestChannel = 'projection_engine_parked_request';

/** What is said on it: whose holder is asked. */
export function wordOf({ groupName, generation }: GenerationKey): string {
  return `${groupName} ${generation}`;
}
