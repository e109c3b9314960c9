/** The events of what people decide about: exceptions, approvals, recommendations. */
export const oversightEvents = {} as const;
