import { describe } from '@jest/globals';
import { testAttacks } from '../frame/test-attacks.ts';
import { TURN_ATTACKS } from '../turn/attacks.ts';

describe('no guest takes more of the TURN server than their share', () => testAttacks(TURN_ATTACKS));
