export * from './blind-index.js';
export * from './data-key-store.js';
export * from './event-personal-data.js';
export * from './key-encryption-key.js';
export * from './personal-data-vault.js';
export * from './postgres-data-key-store.js';
export * from './scrub-card-data.js';
