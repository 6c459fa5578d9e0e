/** Errors of the server in the language of the page. */
import type { ApiProblem } from './client';
import { PROBLEMS } from './problems';

/** Have an error say what its code means, also where it says that of a field. What has no code of ours stays as it is. */
export function translate(told: ApiProblem): void {
  const english = told.message;
  told.message = PROBLEMS[told.code] ?? english;
  const fields = told.fields as Record<string, string>;
  for (const [name, words] of Object.entries(fields)) {
    if (words === english) fields[name] = told.message;
  }
}
