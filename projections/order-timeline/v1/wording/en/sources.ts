import type { ContextWording } from '../event-wording.js';

export const sourceWording: ContextWording<'sources'> = {};
