export { buildIceServers, checkIceConfig, iceConfigShape, type IceConfig } from './ice-servers.ts';
export * from './stun.ts';
export * from './turn-name.ts';
export * from './turn-question.ts';
