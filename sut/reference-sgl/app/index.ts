export { createLaboratory, type Laboratory, type LaboratoryParts, type Log } from './laboratory.ts';
export { createApp, startServer, type RunningServer } from './server.ts';
