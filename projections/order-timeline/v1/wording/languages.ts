/** Every language the timeline is told in; named apart, so that who only names them loads no words. */
export const languageNames = ['en'] as const;

export type Language = (typeof languageNames)[number];
