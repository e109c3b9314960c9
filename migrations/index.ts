export * from './kept-migrations.js';
export * from './migrate.js';
