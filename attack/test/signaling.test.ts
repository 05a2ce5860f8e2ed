import { describe } from '@jest/globals';
import { testAttacks } from '../frame/test-attacks.ts';
import { SIGNALING_ATTACKS } from '../signaling/attacks.ts';

describe('no stranger or guest takes more of signaling than their share', () =>
  testAttacks(SIGNALING_ATTACKS));
