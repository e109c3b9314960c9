import { defineConfig } from 'vitest/config';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';

/** They replace a module with `vi.mock`, which must not have been loaded by a file before them. */
const replacing = [
  'apps/daybook/src/data-directory/directory-lock.spec.ts',
  'libs/embedded-postgres/src/start.spec.ts',
];

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
          name: 'specifications',
          include: ['{apps,libs,projections,test}/**/*.spec.ts'],
          exclude: replacing,
          // Loading the modules again for each file takes longer than most files; one project, since a
          // worker ends where the next file is of another.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'replacing', include: replacing, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
