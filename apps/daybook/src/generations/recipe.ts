import type { ReferenceData } from '#domain';
import { canonicalDigest, canonicalJson } from '#kernel';
import type { Derivation, Generation, GroupDefinition } from '#projection-engine';

interface ProjectionVersion {
  readonly name: string;
  readonly version: number;
  /** Digest of its tables' definitions: one release may differ from another in these alone. */
  readonly tables: string;
}

/** What a generation's rows are a function of besides the events, as its row keeps it. */
interface Recipe {
  readonly referenceData: ReferenceData;
  readonly versions: readonly ProjectionVersion[];
}

type Projections = Pick<GroupDefinition<never, never>, 'projections'>;

function versionsOf({ projections }: Projections): readonly ProjectionVersion[] {
  return projections.map(({ name, version, tables }) => {
    return { name, version, tables: canonicalDigest(tables) };
  });
}

/**
 * What the read models are a function of besides the events: the reference data, and the versions and
 * tables of the projections. Other tables than these say are out of date in every row.
 */
export function derivationOf(group: Projections, referenceData: ReferenceData): Derivation {
  const recipe: Recipe = { referenceData, versions: versionsOf(group) };
  return { digest: canonicalDigest(recipe), recipe: canonicalJson(recipe) };
}

/** What a generation was derived by, whichever release did; undefined where it does not say. */
export function referenceDataOf({
  derivation,
}: Pick<Generation, 'derivation'>): ReferenceData | undefined {
  return (JSON.parse(derivation.recipe) as Partial<Recipe>).referenceData;
}

/**
 * The reference data of a generation whose rows this program derives just as the one that began it
 * did; undefined where its rules are another release's, so that it has to stand still.
 */
export function runnableReferenceData(
  { derivation }: Pick<Generation, 'derivation'>,
  group: Projections,
): ReferenceData | undefined {
  const { referenceData, versions } = JSON.parse(derivation.recipe) as Partial<Recipe>;
  return canonicalJson(versions ?? []) === canonicalJson(versionsOf(group))
    ? referenceData
    : undefined;
}
