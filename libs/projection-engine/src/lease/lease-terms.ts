/** How long a holder may be silent, and how often it and those who wait for it make themselves heard. */
export interface LeaseTerms {
  /** A holder that PostgreSQL has not heard of for so long may be replaced. */
  readonly leaseMilliseconds: number;
  /** How often a holder renews its lease, besides every commit. */
  readonly renewMilliseconds: number;
  /** How often a standby looks, since an announcement can be lost with a connection. */
  readonly pollMilliseconds: number;
}

/** A renewal may fail twice before the lease ends. */
export const defaultLeaseTerms: LeaseTerms = {
  leaseMilliseconds: 5_000,
  renewMilliseconds: 1_500,
  pollMilliseconds: 500,
};
