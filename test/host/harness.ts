// The little that a test inside VS Code needs: a list of tests, a runner, and what the workspace was made with.
import { writeFileSync } from 'node:fs';

const TEST_TIMEOUT_MS = 60_000;

interface HostTest {
  readonly name: string;
  readonly body: () => void | Promise<void>;
}

const tests: HostTest[] = [];

/** Adds a test; tests run one after another, in the order of their files' names. */
export function hostTest(name: string, body: () => void | Promise<void>): void {
  tests.push({ name, body });
}

/** The private key file of a person whom the sample's policy names. */
export function demoKey(person: string): string {
  const keys = JSON.parse(process.env['MODEL_SIGNOFF_TEST_KEYS'] ?? '{}') as Record<string, string>;
  const key = keys[person];
  if (!key) throw new Error(`The workspace has no key of ${person}, only of ${Object.keys(keys).join(', ')}.`);
  return key;
}

/** Waits until a condition holds; for what VS Code does in its own time. */
export async function eventually<Value>(
  what: string,
  attempt: () => Value | undefined | Promise<Value | undefined>,
  timeoutMs = 20_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const value = await attempt();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
}

/** Runs every test, prints a line for each, and leaves the counts where the process outside finds them. */
export async function runHostTests(): Promise<void> {
  let failed = 0;
  for (const [index, { name, body }] of tests.entries()) {
    const start = performance.now();
    try {
      await withinTime(body);
      console.log(`ok ${index + 1} - ${name} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${index + 1} - ${name}`);
      console.log(indented(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    }
  }
  const results = process.env['MODEL_SIGNOFF_TEST_RESULTS'];
  if (results) writeFileSync(results, JSON.stringify({ passed: tests.length - failed, failed }));
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed in VS Code.`);
}

async function withinTime(body: HostTest['body']): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`The test took more than ${TEST_TIMEOUT_MS / 1000} s.`)), TEST_TIMEOUT_MS);
  });
  try {
    await Promise.race([Promise.resolve().then(body), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
