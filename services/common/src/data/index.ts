export { DataError, type FilePlace, type Moved, type MovedSchema, type StoredFile } from './data-format.ts';
export { runDataTool, type OwnData } from './data-tool.ts';
export { exportData } from './export-data.ts';
export { importData } from './import-data.ts';
