export { instanceKey } from './instance-key.ts';
