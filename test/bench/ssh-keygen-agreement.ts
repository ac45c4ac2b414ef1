// Compares our verifier with stock `ssh-keygen -Y verify` on as many generated signatures as the first argument says.
import { compareWithSshKeygen } from '../unit/approval/support/compare-with-ssh-keygen.ts';

const [count = '10000', seed = String(Date.now() % 2 ** 32)] = process.argv.slice(2);
const found = await compareWithSshKeygen(Number(count), Number(seed));
console.log(
  `seed ${seed}: ${found.compared} compared, ${found.acceptedByBoth} accepted and ${found.refusedByBoth} refused by both`,
);
for (const [what, times] of [...found.stricter].sort())
  console.log(`refused by us alone, on purpose: ${what} (${times})`);
for (const line of found.disagreements) console.log(line);
process.exitCode = found.disagreements.length === 0 ? 0 : 1;
