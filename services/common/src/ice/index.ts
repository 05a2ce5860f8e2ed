export {
  buildIceServers,
  checkIceConfig,
  iceConfigShape,
  WITH_OTHER_PROBLEMS,
  type IceConfig,
} from './ice-servers.ts';
export * from './stun.ts';
export * from './turn-name.ts';
export * from './turn-question.ts';
