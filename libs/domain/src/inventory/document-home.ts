import { compareText } from '#kernel';

/**
 * The one home under which facts of a document's line are told together: the line's own, or where
 * nobody reported the document itself, the least of those its stock is kept in.
 */
export function homeAmong(
  facts: readonly { readonly resolved: { readonly home: string } }[],
  ofDocument: string,
): string {
  const homes = facts.map(({ resolved }) => resolved.home);
  if (homes.includes(ofDocument)) return ofDocument;
  return homes.toSorted(compareText)[0] ?? ofDocument;
}
