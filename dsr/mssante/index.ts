export { isMssanteAddress } from './address.ts';
