import type { ContextWording } from '../event-wording.js';

export const referenceWording: ContextWording<'reference'> = {};
