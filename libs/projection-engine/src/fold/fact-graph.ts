import { emptyHome, type Home } from './home.js';

/** How a name leads back to the homes whose facts give it. */
export const reachKinds = ['connects', 'subjects', 'absorbed', 'reads'] as const;
export type ReachKind = (typeof reachKinds)[number];

/** A name, and the homes it leads to, each once and in no particular order. */
export interface NameNode<Event> {
  /** The home of this name; an empty one where no fact lies there. */
  readonly home: Home<Event>;
  /** Homes that connect through this name. */
  readonly connects: readonly string[];
  /** Homes of which this name is a subject. */
  readonly subjects: readonly string[];
  /** Homes that this name absorbs. */
  readonly absorbed: readonly string[];
}

/** A name that no fact gives. */
export const unusedName: NameNode<never> = {
  home: emptyHome,
  connects: [],
  subjects: [],
  absorbed: [],
};

/** Facts as a graph of homes and names. */
export interface FactGraph<Event> {
  readonly node: (name: string) => NameNode<Event>;
}

/** The names by which a home's facts are reached, by kind. */
export function namesGivenBy(home: Home<unknown>, kind: ReachKind): readonly string[] {
  return kind === 'absorbed' ? home.absorbedBy : home[kind];
}

/** What has to be known next: names, and what reads them. The latter may be far more. */
export interface Need {
  readonly names: readonly string[];
  readonly readers: readonly string[];
}
