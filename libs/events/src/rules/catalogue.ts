/** The events of rules, periods and what is entered by hand. */
export const ruleEvents = {} as const;
