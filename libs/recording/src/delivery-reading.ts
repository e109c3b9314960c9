import type { Pool } from 'pg';
import type { BlindIndexKind, PersonalDataVault } from '#personal-data';
import type { DeliveryName, KeptOutcome } from './evidence.js';
import { bodyPlace } from './raw-body.js';

/** A delivery as it is kept. */
export interface OpenedDelivery {
  readonly digest: string;
  /** RFC 3339. */
  readonly receivedAt: string;
  /** The bytes without card data, or `erased` where a person they tell of was forgotten. */
  readonly body: Buffer | 'erased';
  /** Null where the delivery was kept and never answered, or its outcome could not be written. */
  readonly outcome: KeptOutcome | null;
  /** How often it came again. */
  readonly repeats: number;
}

interface DeliveryRow {
  readonly digest: string;
  readonly received_at: Date;
  readonly sealed_body: Buffer;
  readonly key_id: string;
  readonly outcome: KeptOutcome | null;
  readonly repeats: string;
}

/** The raw evidence of one delivery, for whoever audits a fact. */
export async function openDelivery(
  pool: Pool,
  vault: PersonalDataVault,
  { source, deliveryId }: DeliveryName,
): Promise<OpenedDelivery | undefined> {
  const { rows } = await pool.query<DeliveryRow>(
    `SELECT digest, received_at, sealed_body, key_id, outcome, repeats
     FROM kept.delivery WHERE source = $1 AND delivery_id = $2`,
    [source, deliveryId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const place = bodyPlace('delivery', source, deliveryId);
  return {
    digest: row.digest,
    receivedAt: row.received_at.toISOString(),
    body: await vault.openBytes(row.key_id, row.sealed_body, place),
    outcome: row.outcome,
    repeats: Number(row.repeats),
  };
}

/** The most leaves one search answers. */
export const foundLeavesMax = 1_000;

/** The leaves whose personal data holds this e-mail address or telephone number. */
export async function findLeaves(
  pool: Pool,
  vault: PersonalDataVault,
  kind: BlindIndexKind,
  text: string,
): Promise<readonly string[]> {
  const digest = vault.blindIndex(kind, text);
  if (digest === undefined) return [];
  const { rows } = await pool.query<{ leaf: string }>(
    'SELECT leaf FROM kept.blind_index WHERE kind = $1 AND digest = $2 ORDER BY leaf LIMIT $3',
    [kind, digest, foundLeavesMax],
  );
  return rows.map(({ leaf }) => leaf);
}
