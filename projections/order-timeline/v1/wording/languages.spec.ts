import { describe, expect, it } from 'vitest';
import { languageFor } from './index.js';

describe('the language of a reader', () => {
  it.each([undefined, '', '*', 'de-AT, fr;q=0.5', 'en-GB', 'de, en;q=0.8', 'xx;q=nonsense'])(
    'is English for %j, since no other is spoken',
    (wanted) => {
      expect(languageFor(wanted)).toBe('en');
    },
  );
});
