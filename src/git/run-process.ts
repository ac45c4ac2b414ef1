import { spawn } from 'node:child_process';

export interface ProcessOutput {
  /** Exit status; null when a signal ended the program. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input?: Uint8Array | string;
  readonly signal?: AbortSignal | undefined;
  /** More output than this ends the program: a hostile repository must not fill our memory. */
  readonly maxBytes?: number;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Runs a program to its end. Arguments are an array and no shell is involved.
 * Rejects when the program can't be started, says too much, or `signal` aborts; a non-zero exit is the caller's to judge.
 */
export function runProcess(program: string, args: readonly string[], options: ProcessOptions): Promise<ProcessOutput> {
  const maxBytes = options.maxBytes ?? MAX_OUTPUT_BYTES;
  return new Promise((resolve, reject) => {
    const { input, cwd, env, signal } = options;
    const started = { cwd, env, windowsHide: true, ...(signal && { signal }) };
    // A pipe that nobody writes to takes half as long as all the rest of starting a program.
    const child =
      input === undefined
        ? spawn(program, args, { ...started, stdio: ['ignore', 'pipe', 'pipe'] })
        : spawn(program, args, { ...started, stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let outputBytes = 0;
    let errorBytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > maxBytes) {
        child.kill('SIGKILL');
        reject(new Error(`${program} printed more than ${maxBytes} bytes.`));
        return;
      }
      output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errorBytes += chunk.length;
      if (errorBytes <= MAX_ERROR_BYTES) errors.push(chunk);
    });
    // A program that ends without reading its input closes the pipe under us; its exit status tells why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(output), stderr: Buffer.concat(errors).toString('utf8') }),
    );
  });
}
