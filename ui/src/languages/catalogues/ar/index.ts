import acts from './acts.ts';
import announcements from './announcements.ts';
import basics from './basics.ts';
import call from './call.ts';
import chat from './chat.ts';
import check from './check.ts';
import controls from './controls.ts';
import crash from './crash.ts';
import devices from './devices.ts';
import errors from './errors.ts';
import landing from './landing.ts';
import notices from './notices.ts';
import people from './people.ts';
import prejoin from './prejoin.ts';
import room from './room.ts';
import screen from './screen.ts';
import settings from './settings.ts';
import stage from './stage.ts';
import statistics from './statistics.ts';

/** All words, by the part of the page that shows them. */
export default {
  acts,
  announcements,
  basics,
  call,
  chat,
  check,
  controls,
  crash,
  devices,
  errors,
  landing,
  notices,
  people,
  prejoin,
  room,
  screen,
  settings,
  stage,
  statistics,
};
