// Started as a process of its own, beside source that may have been changed: runs the named attacks, one line of JSON each.
import { ask, codesOf } from './ask.ts';
import { buildRepositories } from './build-repositories.ts';
import { loadAttacks } from './load-cases.ts';

const attacks = await loadAttacks(process.argv.slice(2).map((name) => `${name}.ts`));
const built = buildRepositories(attacks.map(({ attack }) => attack.recipe));
try {
  for (const [index, { file, attack }] of attacks.entries()) {
    console.log(JSON.stringify({ file: file.slice(0, -'.ts'.length), ...(await outcomeOf(index, attack)) }));
  }
} finally {
  built.remove();
}

async function outcomeOf(index: number, { code, recipe }: (typeof attacks)[number]['attack']) {
  try {
    const answer = await ask(recipe, built.folders[index] ?? '');
    const codes = codesOf(answer);
    return { approved: answer.ok && answer.value.approved, asExpected: codes.includes(code), codes };
  } catch (error) {
    return { approved: false, asExpected: false, codes: [`crashed: ${(error as Error).message.slice(0, 80)}`] };
  }
}
