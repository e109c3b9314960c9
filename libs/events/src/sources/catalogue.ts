/** The events of the systems that report, and of how far they are believed. */
export const sourceEvents = {} as const;
