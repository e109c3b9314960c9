import type { ContextWording } from '../event-wording.js';

export const ruleWording: ContextWording<'rules'> = {};
