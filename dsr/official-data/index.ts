export { readDataFile } from './read-data-file.ts';
export { shippedFigures, shippedJson } from './shipped.ts';
export { versionText } from './version-text.ts';
export { waveNumber } from './wave-number.ts';
export type { Confidence, DataProblem, DataReading, DataVersion } from './types.ts';
