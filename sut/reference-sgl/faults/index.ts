export { FAULTS, type Fault } from './catalogue.ts';
export { selectFaults } from './select.ts';
