export * from './records.ts';
export * from './identity.ts';
export * from './roles.ts';
export * from './room-settings.ts';
export * from './chat.ts';
export * from './acts.ts';
export * from './waiting.ts';
export * from './goodbye.ts';
