export { kindOf, milestoneKinds } from './kinds.ts';
export { loadCalendar, readCalendarFile, withCalendar } from './load.ts';
export { milestone, milestoneHistory, milestonesOf, upcomingMilestones, type MilestoneOptions } from './query.ts';
export type {
  Calendar,
  KindData,
  Milestone,
  MilestoneAnswer,
  MilestoneKind,
  MilestoneSense,
  UnknownDates,
} from './types.ts';
