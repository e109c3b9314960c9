import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { AuthorityRule } from '#domain';
import { readActiveGeneration } from '#projection-engine';
import { readAuthorityRules } from '../../../../../projections/source-control/v1/queries.js';
import { ledgerRulesOf } from '../../generations/ledger-authority.js';
import { referenceDataOf } from '../../generations/recipe.js';
import { ReadModels } from '../reads/read-models.js';

/**
 * `in_force`: what is read was derived by it. `waits_for_rebuild`: the ledger holds it, and the next
 * build will be derived by it. `ends_with_rebuild`: the ledger no longer holds it.
 */
export type RuleStanding = 'in_force' | 'waits_for_rebuild' | 'ends_with_rebuild';

export interface AuthorityView {
  readonly eventType: string;
  readonly account: string;
  readonly legalEntity: string | null;
  readonly channel: string | null;
  readonly validFrom: string | null;
  readonly rank: number;
  /** The event that set it, or null where the configuration does. */
  readonly setBy: string | null;
  readonly standing: RuleStanding;
}

export interface AuthorityAnswer {
  readonly rules: readonly AuthorityView[];
}

export class ListAuthority extends Query<AuthorityAnswer> {}

/** The rules that what is read was derived by, and those of the ledger that wait for a build. */
@QueryHandler(ListAuthority)
export class ListAuthorityHandler implements IQueryHandler<ListAuthority> {
  constructor(private readonly readModels: ReadModels) {}

  execute(): Promise<AuthorityAnswer> {
    return this.readModels.snapshot(async (client) => {
      const held = ledgerRulesOf(await readAuthorityRules(client));
      const active = await readActiveGeneration(client, this.readModels.groupName);
      const inForce = (active && referenceDataOf(active)?.authority) ?? [];
      return { rules: rulesWithStanding(inForce, held) };
    });
  }
}

function rulesWithStanding(
  inForce: readonly AuthorityRule[],
  held: readonly AuthorityRule[],
): readonly AuthorityView[] {
  const heldIds = new Set(held.map(({ setBy }) => setBy));
  const inForceIds = new Set(inForce.map(({ setBy }) => setBy));
  return [
    ...inForce.map((rule) =>
      viewOf(
        rule,
        rule.setBy === undefined || heldIds.has(rule.setBy) ? 'in_force' : 'ends_with_rebuild',
      ),
    ),
    ...held
      .filter(({ setBy }) => !inForceIds.has(setBy))
      .map((rule) => viewOf(rule, 'waits_for_rebuild')),
  ];
}

function viewOf(rule: AuthorityRule, standing: RuleStanding): AuthorityView {
  const { eventType, account, rank } = rule;
  const { legalEntity = null, channel = null, validFrom = null, setBy = null } = rule;
  return { eventType, account, legalEntity, channel, validFrom, rank, setBy, standing };
}
