import { afterAll, describe } from '@jest/globals';
import { releaseEndpoints } from '../../tests/harness/peer/rtp-endpoint.ts';
import { MEDIA_ATTACKS } from '../media/attacks.ts';
import { testAttacks } from '../frame/test-attacks.ts';

afterAll(releaseEndpoints);

describe('no guest sends more media than their share', () => testAttacks(MEDIA_ATTACKS));
