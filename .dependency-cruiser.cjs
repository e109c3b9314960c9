/** The import directions of docs/architecture.md, as rules. */
const libraryFolder = (name) => `^libs/${name}/`;

const onlyFrom = (name, allowed) => ({
  name: `${name}-imports`,
  comment: `libs/${name} may import only ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: libraryFolder(name), pathNot: '\\.spec\\.ts$' },
  to: {
    path: '^(apps|libs|projections|migrations|test)/',
    pathNot: [libraryFolder(name), ...allowed.map(libraryFolder)],
  },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'library-entered-through-its-index',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/.+', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'library-entered-through-its-index-from-outside',
      severity: 'error',
      from: { path: '^(apps|projections|migrations|test)/' },
      to: { path: '^libs/([^/]+)/src/.+', pathNot: ['^libs/[^/]+/src/index\\.ts$'] },
    },
    onlyFrom('kernel', []),
    onlyFrom('events', ['kernel']),
    onlyFrom('domain', ['kernel', 'events']),
    onlyFrom('event-store', ['kernel']),
    onlyFrom('embedded-event-store', []),
    onlyFrom('embedded-postgres', []),
    onlyFrom('personal-data', ['kernel', 'events']),
    onlyFrom('projection-engine', ['kernel', 'event-store']),
    onlyFrom('recording', ['kernel', 'events', 'domain', 'event-store', 'personal-data']),
    onlyFrom('channels', ['kernel', 'events']),
    onlyFrom('simulation', ['kernel', 'events']),
    onlyFrom('audit', ['kernel']),
    {
      name: 'projections-imports',
      severity: 'error',
      from: { path: '^projections/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(apps|libs|migrations|test)/',
        pathNot: ['kernel', 'events', 'domain', 'projection-engine'].map(libraryFolder),
      },
    },
    {
      name: 'nothing-imports-apps',
      severity: 'error',
      from: { path: '^(libs|projections|migrations)/' },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/(kernel|events|domain)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '(@nestjs|typeorm|node_modules/pg/|@eventstore|node:(fs|net|http|worker_threads|child_process))',
      },
    },
    {
      name: 'embedded-only-from-the-app',
      severity: 'error',
      from: { pathNot: '^(apps|test|libs/embedded-)' },
      to: { path: '^libs/embedded-' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['development', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
