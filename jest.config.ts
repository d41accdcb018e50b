/** @jest-config-loader ts-node */
/** @jest-config-loader-options {"swc":true} */
import type { Config } from 'jest';

/**
 * Everything, node_modules included, is compiled to CommonJS: mcp-nest is CommonJS that requires ES modules, which
 * Jest's own ES module mode cannot load. The journeys therefore also run the built server as a process of its own.
 */
const swc = (tsx: boolean): [string, Record<string, unknown>] => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', tsx, decorators: true, dynamicImport: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
    },
  },
];

const PATIENCE = ['<rootDir>/test/support/patience.ts'];

const shared: Config = {
  transformIgnorePatterns: [],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '\\.css$': '<rootDir>/test/support/css-module.ts',
    // It exports itself to ES modules alone.
    '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js',
  },
  transform: { '\\.tsx$': swc(true), '\\.(ts|mts|cts|js|mjs|cjs|jsx)$': swc(false) },
  extensionsToTreatAsEsm: [],
  testEnvironment: 'node',
  setupFilesAfterEnv: PATIENCE,
};

/** Timings depend on the machine: `npm run bench` takes them one after the other, and `npm test` takes none. */
const bench: Config = { ...shared, displayName: 'bench', testMatch: ['<rootDir>/bench/**/*.bench.ts'] };

const tests: Config = {
  // The journeys mostly wait for other processes.
  maxWorkers: '100%',
  projects: [
    { ...shared, displayName: 'server', testMatch: ['<rootDir>/server/**/*.spec.ts', '<rootDir>/test/*.spec.ts'] },
    {
      ...shared,
      displayName: 'web',
      testEnvironment: 'jsdom',
      setupFilesAfterEnv: [...PATIENCE, '<rootDir>/web/src/testing/patience.ts'],
      testMatch: ['<rootDir>/web/**/*.spec.ts?(x)'],
    },
    {
      ...shared,
      displayName: 'journeys',
      testMatch: ['<rootDir>/test/{flows,browser,conformance}/**/*.spec.ts'],
    },
  ],
};

export default process.env.BENCH ? { maxWorkers: 1, projects: [bench] } : tests;
