export type { Finding } from '#dsr/verdict/index.ts';
export type { Wave } from '#dsr/rem/index.ts';
