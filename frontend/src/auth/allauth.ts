/** allauth's headless browser API: sign-up, sign-in, second factors, passkeys, sessions. */
import { ApiProblem, csrfToken, OFFLINE } from '../api/client';

const ROOT = '/_allauth/browser/v1';

interface Flow {
  readonly id: string;
  readonly is_pending?: boolean;
  readonly types?: readonly string[];
}

export interface AuthAnswer {
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly meta: Record<string, unknown>;
}

type Fault = { message: string; code: string; param?: string };

/** One call; a refused one is an ApiProblem whose `fields` name what is wrong where. */
export async function call(method: string, path: string, body?: unknown): Promise<AuthAnswer> {
  let answer: Response;
  try {
    const headers: Record<string, string> = { 'X-CSRFToken': csrfToken() };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    answer = await fetch(ROOT + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw OFFLINE;
  }
  const text = await answer.text();
  const content = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  const faults = content['errors'] as Fault[] | undefined;
  if (faults) throw refused(answer.status, faults);
  if (answer.status === 429)
    throw new ApiProblem(429, 'rate_limited', 'That was too often. Try again in a while.');
  return {
    status: answer.status,
    data: (content['data'] as Record<string, unknown>) ?? {},
    meta: (content['meta'] as Record<string, unknown>) ?? {},
  };
}

function refused(status: number, faults: Fault[]): ApiProblem {
  const fields: Record<string, string> = {};
  for (const fault of faults) fields[fault.param ?? ''] ??= fault.message;
  const first = faults[0];
  return new ApiProblem(status, first?.code ?? 'error', first?.message ?? 'That did not work.', { fields });
}

/** The kinds of second factor that a half finished sign-in waits for. */
export function pendingFactors(answer: AuthAnswer): readonly string[] {
  const flows = (answer.data['flows'] as Flow[] | undefined) ?? [];
  return flows.find((flow) => flow.id === 'mfa_authenticate' && flow.is_pending)?.types ?? [];
}

export function isAuthenticated(answer: AuthAnswer): boolean {
  return answer.meta['is_authenticated'] === true;
}

/** Whether a change first wants the password again. */
export function needsPassword(answer: AuthAnswer): boolean {
  const flows = (answer.data['flows'] as Flow[] | undefined) ?? [];
  return (
    answer.status === 401 &&
    flows.some((flow) => flow.id === 'reauthenticate' || flow.id === 'mfa_reauthenticate')
  );
}
