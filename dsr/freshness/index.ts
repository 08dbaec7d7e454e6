export { ageLimitOf, type AgeLimit } from './age-limit.ts';
