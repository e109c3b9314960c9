export * from './simulate.js';
export * from './step.js';
export * from './trading-day.js';
