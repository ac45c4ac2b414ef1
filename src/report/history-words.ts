import type { History, Landing, Objection, Turn } from '../approval/history.ts';
import type { SaidOfCheck } from '../approval/history-evidence.ts';

/** Plain text of a history's parts; may quote untrusted names, so each renderer escapes it in its own way. */

const SHORT = 12;

export function shortId(id: string): string {
  return id.slice(0, SHORT);
}

export function headline({ model, at }: History): string {
  return at === null ? `Approvals of ${model}` : `Approvals of ${model} as of ${at}`;
}

export function periodOf({ since, until }: Turn): string {
  return until === null ? `since ${since}` : `${since} to ${until}`;
}

export function replacedBy({ by, replaces }: Turn): string {
  if (replaces === null) return 'the first model here';
  return by === 'rollback' ? `rolled back from ${shortId(replaces)}` : `replaced ${shortId(replaces)}`;
}

export function landingOf(landed: Landing | null): string {
  return landed === null ? 'not found in this history' : `landed in ${shortId(landed.commit)} at ${landed.time}`;
}

export function countsOf({ evidence }: Turn): string {
  const counts = Object.entries(evidence.counts).map(([status, count]) => `${count} ${status.replaceAll('_', ' ')}`);
  return counts.length > 0 ? counts.join(', ') : evidence.state;
}

export function digestsOf({ evidence }: Turn): string {
  return `assessment ${shortId(evidence.assessment)}, policy ${shortId(evidence.policy)}`;
}

/** What people said of single checks, a sentence each. */
export function wordsOnChecks({ evidence }: Turn): string[] {
  return [
    ...evidence.accepted.map((said) => `accepted ${said.check}, ${said.by}: ${said.reason ?? ''}`),
    ...evidence.waived.map(
      (said) => `waived ${said.check} until ${said.until ?? ''}, ${said.by}: ${said.reason ?? ''}`,
    ),
    ...evidence.attested.map((said) => `attested ${said.check}, ${said.by}${filesOf(said)}`),
  ];
}

export function objectionWords(objection: Objection): string {
  const { decision, person, role, model_id, issued, comment, state, withdraws } = objection;
  const who = `${person} as ${role}, ${issued}: ${comment}`;
  return decision === 'revoke'
    ? `revoked ${withdraws.map(shortId).join(', ')} for model ${shortId(model_id)}, ${who}`
    : `rejected model ${shortId(model_id)}${state === 'taken back' ? ' (taken back since)' : ''}, ${who}`;
}

function filesOf({ evidence = [] }: SaidOfCheck): string {
  return evidence.length === 0
    ? ''
    : `: ${evidence.map(({ path, sha256 }) => `${path} (${shortId(sha256)})`).join(', ')}`;
}
