import type { ContextWording } from '../event-wording.js';

export const oversightWording: ContextWording<'oversight'> = {};
