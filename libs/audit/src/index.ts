export * from './canonical-leaf.js';
