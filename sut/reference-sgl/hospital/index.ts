export { createHospital, type Hospital, type HospitalLine } from './hospital.ts';
