import { fileURLToPath } from 'node:url';

/** The reference SGL: a program of its own, that we only start. */
export const PROGRAM = fileURLToPath(new URL('../reference-sgl/main.ts', import.meta.url));
