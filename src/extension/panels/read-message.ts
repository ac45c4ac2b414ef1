import { hasShape } from '../../base/shape/issues-of.ts';
import * as z from '../../base/shape/z.ts';
import { type FromPanel, type KeptPanel, PANEL_ACTIONS, PANEL_KINDS } from '../protocol.ts';

const LONGEST_ID = 200;
/** It holds the name of a data set, or of a logged metric. */
const LONGEST_PICTURE_ID = 1000;

const LONGEST_PATH = 4096;
/** An environment and a branch, at the most. */
const MOST_ABOUT = 2;

const Message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('reveal'), check: z.string().max(LONGEST_ID) }),
  z.strictObject({ type: z.literal('copy'), picture: z.string().max(LONGEST_PICTURE_ID) }),
  z.strictObject({ type: z.literal('open'), evidence: z.string().max(LONGEST_PATH) }),
  z.strictObject({ type: z.literal('act'), action: z.enum(PANEL_ACTIONS) }),
]);

const Kept = z.strictObject({ kind: z.enum(PANEL_KINDS), about: z.array(z.string().max(LONGEST_PATH)) });

/** What a panel said, if it is something that a panel may say. A page that runs in a browser is never simply believed. */
export function readPanelMessage(message: unknown): FromPanel | undefined {
  return hasShape(Message, message) ? message : undefined;
}

/** What a page kept over a reload, as far as it says which panel it was. Whoever could write there is not believed either. */
export function readKeptPanel(state: unknown): KeptPanel | undefined {
  if (typeof state !== 'object' || state === null || !Object.hasOwn(state, 'panel')) return undefined;
  const { panel } = state as { readonly panel: unknown };
  return hasShape(Kept, panel) && panel.about.length <= MOST_ABOUT ? panel : undefined;
}
