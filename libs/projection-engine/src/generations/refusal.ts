/** Why something cannot be done with a generation, with the HTTP status (RFC 9110) that says it. */
export const generationRefusals = {
  generation_unknown: {
    status: 404,
    text: 'There is no such generation of the read models.',
    remedy: 'Name one that "daybook projection list" shows.',
  },
  generation_building: {
    status: 409,
    text: 'A generation of the read models is being built already.',
    remedy: 'Switch to it once it has caught up, or retire it, and try again.',
  },
  generation_state_wrong: {
    status: 409,
    text: 'The generation is in a state in which this cannot be done.',
    remedy: 'See "daybook projection list"; the one that is read cannot be switched to or retired.',
  },
  generation_not_caught_up: {
    status: 409,
    text: 'The generation does not hold the events that it would have to hold.',
    remedy: 'Wait until "daybook projection list" shows that it has caught up, and try again.',
  },
} as const;

export type GenerationRefusalCode = keyof typeof generationRefusals;

export interface GenerationRefused {
  readonly outcome: 'refused';
  readonly code: GenerationRefusalCode;
  readonly message: string;
}

export function refused(code: GenerationRefusalCode, message: string): GenerationRefused {
  return { outcome: 'refused', code, message };
}

export function unknownGeneration(groupName: string, generation: number): GenerationRefused {
  return refused(
    'generation_unknown',
    `${groupName} has no generation ${generation} that was not retired.`,
  );
}
