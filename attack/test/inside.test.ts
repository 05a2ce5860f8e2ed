import { describe } from '@jest/globals';
import { testAttacks } from '../frame/test-attacks.ts';
import { INSIDE_ATTACKS } from '../inside/attacks.ts';

describe('whoever is between the services gets nothing of worth', () => testAttacks(INSIDE_ATTACKS));
