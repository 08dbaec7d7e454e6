export { exportHistory, type History } from './export-history.ts';
