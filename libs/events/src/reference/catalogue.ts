/** The events of what other events are valued and placed by. */
export const referenceEvents = {} as const;
