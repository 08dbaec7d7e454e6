export { carryOver } from './carry-over.ts';
export { adoptedSlots } from './settle.ts';
export type { CarriedSlot, CarryOver, CarryReason, GoneSlot } from './types.ts';
export {
  planSuccession,
  type CampaignSide,
  type Decisions,
  type SucceedingDecisions,
  type SucceedingSlot,
  type Succession,
  type SuccessionKind,
} from './succession.ts';
