import type { Professional } from '../model/index.ts';

export function displayName(professional: Pick<Professional, 'firstName' | 'lastName'>): string {
  return `${professional.firstName} ${professional.lastName}`.trim();
}
