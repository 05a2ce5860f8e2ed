/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/ui/.next', '<rootDir>/.parley', '<rootDir>/.cache'],
};

const project = (name, root) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/${root}/**/*.test.ts`],
});

export default {
  projects: [
    project('proto', 'proto/test'),
    project('common', 'services/common/test'),
    project('media', 'services/media/test'),
    project('signaling', 'services/signaling/test'),
    project('gateway', 'services/gateway/test'),
    project('logs', 'services/logs/test'),
    project('ui', 'ui/test'),
    project('scripts', 'scripts/test'),
    project('bench', 'bench/test'),
    project('attack', 'attack/test'),
    project('system', 'tests/system'),
    project('browser', 'tests/browser'),
  ],
  testTimeout: 120_000,
};
