import { describe, expect, test } from '@jest/globals';
import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { isMirrored } from '../../src/selectors/mirrored.ts';
import { otherCamera } from '../../src/selectors/other-camera.ts';

const camera = (deviceId: string, label: string) => ({ deviceId, label });
const ANDROID = [
  camera('1', 'camera2 1, facing front'),
  camera('3', 'camera2 3, facing front'),
  camera('0', 'camera2 0, facing back'),
  camera('2', 'camera2 2, facing back'),
];
const DESK = [camera('a', 'Integrated Camera'), camera('b', 'USB Camera'), camera('c', 'OBS')];

describe('the own picture', () => {
  test.each([
    ['a front camera', 'user', 'camera2 1, facing front', true],
    ['a rear camera', 'environment', 'Caméra arrière', false],
    ['a camera of a desk', undefined, 'Integrated Camera', true],
    ['a rear camera that is known by its name alone', undefined, 'camera2 0, facing back', false],
    ['a camera named Feedback', undefined, 'Feedback 2000', true],
  ])('of %s is mirrored or not', (_what, facingMode, label, mirrored) => {
    const settings = facingMode === undefined ? {} : { facingMode };
    expect(isMirrored(new FakeMediaStreamTrack({ kind: 'video', label, settings }))).toBe(mirrored);
  });
});

describe('one press changes', () => {
  test.each([
    ['from a front camera to the main rear camera', ANDROID, '1', '0'],
    ['from a rear camera to the front camera', ANDROID, '0', '1'],
    ['to the next camera where no name says a side', DESK, 'a', 'b'],
    ['from the last camera to the first', DESK, 'c', 'a'],
    ['from a camera that is not in the list', DESK, 'gone', 'b'],
    ['nothing where there is one camera', DESK.slice(0, 1), 'a', null],
    ['nothing where there is none', [], null, null],
    ['nothing before the person allows the camera', [camera('', ''), camera('', '')], null, null],
  ])('%s', (_what, cameras, current, other) => {
    expect(otherCamera(cameras, current)).toBe(other);
  });
});
