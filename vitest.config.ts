import { defineConfig } from 'vitest/config';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';

export default defineConfig({
  resolve: { conditions: ['development'] },
  ssr: { resolve: { conditions: ['development'] } },
  test: {
    include: ['{apps,libs,projections,test}/**/*.spec.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    globalSetup: ['test/doubles/prepared-stores.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: deep ? 3_600_000 : 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
  },
});
