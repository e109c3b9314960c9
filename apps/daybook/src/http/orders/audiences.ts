/** Whom something about an order is told; the command line offers them without loading the API. */
export const audiences = ['internal', 'customer'] as const;
export type Audience = (typeof audiences)[number];
