import { currentExchange } from '../../network/index.ts';

const HEADERS = { 'Content-Type': 'application/fhir+json;charset=UTF-8', 'Cache-Control': 'no-store' } as const;

export function fhirAnswer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: HEADERS });
}

/**
 * OperationOutcome of the server (protocols.md §6: severity error, code processing).
 * @param why French reason, for the journal
 */
export function operationOutcome(status: number, diagnostics: string, why: string): Response {
  currentExchange().outcome(`refusé (${status}) : ${why}`);
  const issue = [{ severity: 'error', code: 'processing', diagnostics }];
  return fhirAnswer({ resourceType: 'OperationOutcome', issue }, status);
}

/** Error of the gateway in front of the server: not FHIR (protocols.md §6). */
export function gatewayError(
  status: number,
  message: string,
  why: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  currentExchange().outcome(`refusé (${status}) : ${why}`);
  return new Response(JSON.stringify({ message, http_status_code: status }), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}
