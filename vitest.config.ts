import { defineConfig } from 'vitest/config';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';

export default defineConfig({
  resolve: { conditions: ['development'] },
  ssr: { resolve: { conditions: ['development'] } },
  test: {
    globalSetup: ['test/doubles/prepared-stores.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: deep ? 3_600_000 : 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'modules',
          include: ['{apps,libs,projections}/**/*.spec.ts'],
          // Loading the modules of a library again for each file takes longer than its examples.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'stores', include: ['test/**/*.spec.ts'] } },
    ],
  },
});
