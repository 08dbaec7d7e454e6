export { carryOver } from './carry-over.ts';
export { adoptedSlots } from './settle.ts';
export type { CarriedSlot, CarryOver, CarryReason, GoneSlot } from './types.ts';
