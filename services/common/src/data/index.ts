export { DataError, type Moved } from './data-format.ts';
export { exportData } from './export-data.ts';
export { importData } from './import-data.ts';
