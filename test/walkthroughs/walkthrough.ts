import { describe, expect, it } from 'vitest';
import { fullFold, plainReference, textOf } from '../fixtures/full-fold.js';
import { Random } from '../fixtures/random.js';
import { Ending } from './ending.js';
import type { Story } from './story.js';

const shuffles = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 50 : 5;
const firstSeed = Number(process.env['DAYBOOK_TEST_SEED'] ?? 1);
const repeatChance = 0.3;

/** What has to be seen at the end of a story, and what its full books will have to show. */
export interface Walkthrough {
  readonly name: string;
  readonly story: () => Story;
  /** Each says what is seen, and looks. */
  readonly seen: Readonly<Record<string, (ending: Ending) => void>>;
  /** The entries that the full rule set will make of it; the present one does not. */
  readonly waiting?: readonly string[];
}

/** Tells a story, looks at its end, and tells it again in other orders and with repeats. */
export function walkthrough({ name, story, seen, waiting = [] }: Walkthrough): void {
  describe(name, () => {
    const ending = new Ending(story());
    for (const [what, look] of Object.entries(seen)) it(what, () => look(ending));
    it(`ends the same in ${shuffles} other orders, with repeats`, () => {
      const told = story();
      const expected = textOf(ending.tables);
      for (let seed = firstSeed; seed < firstSeed + shuffles; seed += 1) {
        const random = new Random(seed);
        const repeated = told.events().filter(() => random.chance(repeatChance));
        const shuffled = random.shuffled([...told.events(), ...repeated]);
        const tables = fullFold(shuffled, { ...plainReference, ...told.reference });
        expect(textOf(tables), `DAYBOOK_TEST_SEED=${seed}`).toBe(expected);
      }
    });
    for (const entry of waiting) it.todo(`posts ${entry}`);
  });
}
