export * from './requests.ts';
export * from './notifications.ts';
export * from './permissions.ts';
