export * from './rect.ts';
export * from './grid.ts';
export * from './order.ts';
export * from './stage.ts';
export * from './strip.ts';
