export { readProgress, type ProgressSource } from './progress.ts';
export { toTable } from './table.ts';
export type { CampaignProgress, Edition, SlotProgress, VendorProgress } from './types.ts';
export { writeRemWorkbook, type WrittenWorkbook } from './write.ts';
