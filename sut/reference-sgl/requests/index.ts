export { createRequests, type LabRequest, type Requests } from './requests.ts';
