export * from './sources.ts';
export * from './rtp.ts';
export * from './consumers.ts';
export * from './media-codecs.ts';
