export * from './kept-migrations.js';
export * from './kept-schemas.js';
export * from './migrate.js';
