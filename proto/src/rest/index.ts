export * from './route-contract.ts';
export * from './accounts.ts';
export * from './room-routes.ts';
export * from './live-room-routes.ts';
export * from './rest.ts';
export * from './telemetry.ts';
