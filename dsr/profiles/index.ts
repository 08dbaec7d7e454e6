export { profileNames } from './names.ts';
export { profilesOfRem } from './of-rem.ts';
export { checkProfiles, hasProfiles, loadProfiles } from './profiles.ts';
export { GENERAL_PROFILE, profileSlug } from './slug.ts';
export type { Profile, ProfileList, ProfileProblem } from './types.ts';
