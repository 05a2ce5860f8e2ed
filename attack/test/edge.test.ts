import { describe } from '@jest/globals';
import { EDGE_ATTACKS } from '../edge/attacks.ts';
import { testAttacks } from '../frame/test-attacks.ts';

describe('no stranger holds the edge, fills the logs or raises an alarm', () => testAttacks(EDGE_ATTACKS));
