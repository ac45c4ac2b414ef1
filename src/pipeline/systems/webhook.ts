import type { PipelineTarget } from '../../policy/schema.ts';
import type { Doorbell } from '../doorbell.ts';
import { type News, parametersOf } from '../news.ts';
import { call, notAccepted } from '../reach.ts';
import { signatureHeaders } from './webhook-signature.ts';

type WebhookTarget = NonNullable<PipelineTarget['webhook']>;

/**
 * Calls an address with a signed body. The same news has the same `webhook-id` and `Idempotency-Key` however often it is
 * sent, so a receiver that keeps to the specification acts once; 410 means that it wants no more calls.
 */
export function webhook(target: WebhookTarget, news: News, correlation: string): Doorbell {
  const { origin, pathname } = new URL(target.url);
  const type = {
    on_approved: 'signoff.approved',
    on_rejected: 'signoff.rejected',
    on_rolled_back: 'signoff.rolled_back',
  };
  const data = { type: type[news.event], data: parametersOf(news, correlation) };
  const where = `The webhook at ${origin}${pathname}`;
  return {
    origin,
    preview: {
      title: `Webhook: call ${origin}${pathname}`,
      method: 'POST',
      url: `${origin}${pathname}`,
      body: JSON.stringify({ ...data, timestamp: '<now>' }, undefined, 2),
    },
    send: async (reach) => {
      const credential = await reach.credentialFor(origin);
      if (credential?.kind !== 'bearer') {
        const message = `There is no secret to sign calls to ${origin} with: store one for it, or set it in the environment.`;
        return { state: 'refused', message };
      }
      const now = new Date();
      const text = JSON.stringify({ ...data, timestamp: now.toISOString() });
      const signed = { id: correlation, timestamp: Math.floor(now.getTime() / 1000), body: text };
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': correlation,
        ...signatureHeaders(signed, credential.token),
      };
      const called = await call({ url: target.url, method: 'POST', headers, text, holds: credential }, reach);
      if (!called.ok) return called;
      const { status } = called.answer;
      if (status >= 200 && status < 300) return { state: 'accepted', message: `${where} was called.` };
      if (status === 410)
        return { state: 'refused', message: `${where} wants no more calls (410): take it out of the policy.` };
      return notAccepted(where, called.answer);
    },
    find: async () => 'no way',
    again: 'harmless',
  };
}
