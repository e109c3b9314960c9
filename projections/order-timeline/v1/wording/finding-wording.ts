import type { FindingFacts } from '#domain';

/** How each finding is told to whoever acts on it: the compiler lists the code that has no words. */
export type FindingWording<Facts = FindingFacts> = {
  readonly [Code in keyof Facts]: (facts: Facts[Code]) => string;
};
