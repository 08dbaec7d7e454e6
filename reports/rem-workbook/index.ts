export { readProgress, type ProgressSource } from './progress.ts';
export { readCarriedProgress } from './progress-carried.ts';
export { toTable } from './table.ts';
export type { CampaignProgress, CarriedProgress, Edition, SlotProgress, VendorProgress } from './types.ts';
export { writeRemWorkbook, type WrittenWorkbook } from './write.ts';
