import type { HttpExchange } from '#formats/exchange/index.ts';
import type { Report } from '../../report/index.ts';
import type { ConsultationRule } from './rules.ts';

/** What the user asked to find; days are French civil days, `YYYY-MM-DD`. */
export interface SearchCriteria {
  readonly createdFrom?: string;
  readonly createdTo?: string;
  readonly actFrom?: string;
  readonly actTo?: string;
  readonly submittedFrom?: string;
  readonly submittedTo?: string;
  readonly typeCodes?: readonly string[];
  readonly classCodes?: readonly string[];
  readonly practiceSettings?: readonly string[];
  readonly facilityTypes?: readonly string[];
  readonly formatCodes?: readonly string[];
  readonly eventCodes?: readonly string[];
  readonly author?: string;
}

export interface ConsultationOptions {
  /** Whether the patient had agreed to the reading of the record when the calls were made. */
  readonly agreed?: boolean;
  /** What the user asked; judged when given. */
  readonly criteria?: SearchCriteria;
  /** The record is read in the mode AIR. */
  readonly air?: boolean;
}

export interface JudgedConsultation {
  readonly report: Report<ConsultationRule>;
  readonly exchanges: readonly HttpExchange[];
  readonly options: ConsultationOptions;
}

export function placeIn({ id }: HttpExchange, where: string): string {
  return `échange ${id}, ${where}`;
}
