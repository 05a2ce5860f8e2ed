import accounts from './pages/accounts.ts';
import acts from './acts.ts';
import announcements from './announcements.ts';
import basics from './basics.ts';
import call from './call.ts';
import chat from './chat.ts';
import check from './pages/check.ts';
import controls from './controls.ts';
import crash from './pages/crash.ts';
import devices from './devices.ts';
import door from './pages/door.ts';
import errors from './errors.ts';
import header from './pages/header.ts';
import history from './pages/history.ts';
import hosts from './hosts.ts';
import landing from './pages/landing.ts';
import notices from './notices.ts';
import operator from './pages/operator.ts';
import people from './people.ts';
import prejoin from './pages/prejoin.ts';
import roomSettings from './pages/room-settings.ts';
import room from './room.ts';
import rooms from './pages/rooms.ts';
import screen from './screen.ts';
import settings from './settings.ts';
import stage from './stage.ts';
import statistics from './statistics.ts';

/** All words, by the part of the page that shows them. */
export default {
  accounts,
  acts,
  announcements,
  basics,
  call,
  chat,
  check,
  controls,
  crash,
  devices,
  door,
  errors,
  header,
  history,
  hosts,
  landing,
  notices,
  operator,
  people,
  prejoin,
  room,
  roomSettings,
  rooms,
  screen,
  settings,
  stage,
  statistics,
};
