import type { ConfigurationProblem } from './configuration-problem.js';

/** What health goes by. */
export interface HealthSettings {
  /** For how long the read models may stand still behind the ledger until that is a stall. */
  readonly stallSeconds: number;
  /** How often what was applied is compared with what the store holds; 0 is never. */
  readonly verifyHours: number;
}

interface Setting {
  readonly name: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

const stall: Setting = {
  name: 'DAYBOOK_STALL_SECONDS',
  unit: 'seconds',
  least: 3,
  most: 3_600,
  otherwise: 30,
};
const verify: Setting = {
  name: 'DAYBOOK_VERIFY_HOURS',
  unit: 'hours',
  least: 0,
  most: 24 * 365,
  otherwise: 24,
};

/** Reads DAYBOOK_STALL_SECONDS and DAYBOOK_VERIFY_HOURS. */
export function readHealthSettings(
  setting: (name: string) => string | undefined,
  problems: ConfigurationProblem[],
): HealthSettings {
  const read = ({ name, unit, least, most, otherwise }: Setting): number => {
    const text = setting(name) ?? String(otherwise);
    const value = Number(text);
    if (/^\d{1,5}$/.test(text) && value >= least && value <= most) return value;
    problems.push({
      setting: name,
      message: `"${text}" is no number of ${unit}: give a whole number from ${least} to ${most}.`,
    });
    return otherwise;
  };
  return Object.freeze({ stallSeconds: read(stall), verifyHours: read(verify) });
}
