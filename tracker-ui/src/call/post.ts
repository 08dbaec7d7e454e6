import { sent } from './get.ts';
import { csrfHeaders } from './session.ts';

/**
 * Sends something to be computed and reads the answer.
 *
 * @throws {CallError}
 */
export async function postView<View>(path: string, body: unknown): Promise<View> {
  const response = await sent(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...csrfHeaders() },
    body: JSON.stringify(body),
  });
  return (await response.json()) as View;
}

/** Name and bytes of a file of the user, as the API takes them. */
export async function fileBody(file: File): Promise<{ readonly name: string; readonly content: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In slices: a call takes some ten thousand arguments at most.
  for (let at = 0; at < bytes.length; at += 0x2000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return { name: file.name, content: btoa(binary) };
}
