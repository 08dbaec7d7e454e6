export { createPsc, type Psc } from './psc.ts';
export { createSessions, PROFILES, type Profile, type Session, type Sessions } from './sessions.ts';
