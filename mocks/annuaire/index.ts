export { startAnnuaire } from './start.ts';
export { ANNUAIRE_SITUATIONS } from './situations.ts';
