export { writeSearchAnswer, writeVerificationAnswer } from './answer.ts';
export { type Dress, dressOf } from './dresses.ts';
export { writeFault } from './fault.ts';
