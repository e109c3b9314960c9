import { type Finding, isFindingCode } from '#domain';
import { findingSentences } from './en/finding-sentences.js';
import type { FindingWording } from './finding-wording.js';
import type { Language } from './languages.js';

/** The compiler lists what a new language lacks. */
const wordings: Readonly<Record<Language, FindingWording>> = { en: findingSentences };

/** What of a finding its words are made of. Read from a store, it may be of another build. */
export interface StoredFinding {
  readonly code: string;
  readonly facts: Finding['facts'];
}

/** A finding with one sentence in the place of its facts. It holds no personal data. */
export type ToldFinding<Row extends StoredFinding> = Omit<Row, 'facts'> & {
  readonly words: string;
};

export function findingIn<Row extends StoredFinding>(
  language: Language,
  finding: Row,
): ToldFinding<Row> {
  const { facts, ...others } = finding;
  return { ...others, words: wordsOf(finding.code, facts, language) };
}

function wordsOf(code: string, facts: Finding['facts'], language: Language): string {
  // A code that this build no longer has is told by its name.
  if (!isFindingCode(code)) return code;
  // The code says which facts are stored with it, and so which wording takes them.
  const wording = wordings[language][code] as (stored: Finding['facts']) => string;
  return wording(facts);
}
