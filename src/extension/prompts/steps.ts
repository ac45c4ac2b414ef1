import type { Answer, Place } from './prompts.ts';

/** One question of a flow: it sees what is known so far and gives back what is known after. */
export interface Step<State> {
  readonly id: string;
  ask(state: State, place: Place): Promise<Answer<State>>;
}

/**
 * Asks one step after another. Which steps there are follows from the answers so far, so `plan` is called anew after each;
 * going back returns to the state in which the earlier question was asked. Undefined when the person cancelled.
 */
export async function runSteps<State>(
  initial: State,
  plan: (state: State) => readonly Step<State>[],
): Promise<State | undefined> {
  const earlier: State[] = [];
  let state = initial;
  for (;;) {
    const steps = plan(state);
    const step = steps[earlier.length];
    if (step === undefined) return state;
    const place: Place = {
      step: earlier.length + 1,
      of: steps.length,
      back: earlier.length > 0 ? 'offered' : 'none',
    };
    const answer = await step.ask(state, place);
    if (answer.kind === 'cancelled') return undefined;
    if (answer.kind === 'back') {
      state = earlier.pop() ?? initial;
      continue;
    }
    earlier.push(state);
    state = answer.value;
  }
}
