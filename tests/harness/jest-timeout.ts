// Imported for its effect: a slow machine must not make a test fail. `waitFor` gives up long before this and says what it
// waited for.
import { jest } from '@jest/globals';

jest.setTimeout(240_000);
