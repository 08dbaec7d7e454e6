export { startAnnuaire } from './start.ts';
export { ANNUAIRE_SITUATIONS } from './situations.ts';
export { CHANGES } from './changes.ts';
export type { ChangeName } from './changes.ts';
export type { AnnuaireOptions, RunningAnnuaire } from './start.ts';
export type { ExtractionFormat, ExtractionLayout } from './extraction/layout.ts';
export type { ExtractionSettings } from './extraction/settings.ts';
export { readExtractionOptions } from './read-options.ts';
