export * from './decision.js';
export * from './inventory/allocation-decision.js';
export * from './inventory/allocation-refusals.js';
export * from './inventory/allocation-state.js';
export * from './inventory/deallocation-decision.js';
export * from './orders/credit-decision.js';
export * from './orders/credit-decision-refusals.js';
export * from './orders/credit-decision-state.js';
