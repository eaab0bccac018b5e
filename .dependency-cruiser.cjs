/** The layers of docs/architecture.md, as rules. A rule that stands in the way means the design or the code is wrong. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-knows-nobody',
      severity: 'error',
      from: { path: '^src/shared' },
      to: { path: '^src/(main|renderer|preload)' },
    },
    {
      name: 'shared-is-pure',
      comment: 'no Node, no Electron',
      severity: 'error',
      from: { path: '^src/shared' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-imports-only-shared',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: '^src/(main|preload)' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-does-not-know-the-renderer',
      severity: 'error',
      from: { path: '^src/main' },
      to: { path: '^src/renderer' },
    },
    {
      name: 'only-the-electron-host-knows-electron',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(main/hosts/electron|preload)' },
      to: { path: '(^electron$|node_modules/electron/)' },
    },
    {
      name: 'nobody-imports-a-host',
      severity: 'error',
      from: { path: '^src/main', pathNot: '^src/main/hosts' },
      to: { path: '^src/main/hosts' },
    },
    {
      name: 'hosts-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/main/hosts/([^/]+)/' },
      to: { path: '^src/main/hosts/([^/]+)/', pathNot: '^src/main/hosts/$1/' },
    },
    {
      name: 'learning-takes-tensors-only',
      comment: 'learning knows nothing of the database, project files, jobs or media',
      severity: 'error',
      from: { path: '^src/main/learning' },
      to: { path: '^src/main/(?!learning)' },
    },
    {
      name: 'sql-lives-in-repositories',
      severity: 'error',
      from: { path: '^src/(main/(media|learning|explanation|evaluation|sample|hosts)|renderer|shared)' },
      to: { path: 'node_modules/(drizzle-orm|better-sqlite3)/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^(test|bench|scripts)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
