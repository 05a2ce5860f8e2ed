// Imported by test files for its effect: a condition that takes long on a loaded machine is no failure, and what it
// waits for says so itself long before this.
import { jest } from '@jest/globals';

jest.setTimeout(240_000);
