export { INS_OID, isValidIns, nirKey } from './nir.ts';
