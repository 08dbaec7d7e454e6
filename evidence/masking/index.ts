export { maskPiece, type Masked } from './mask.ts';
