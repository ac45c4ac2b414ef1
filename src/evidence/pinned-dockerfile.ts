import { isPinned, type PinnedFile } from './pinned-requirements.ts';

const FROM = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i;
const TAKEN_FROM = /^\s*(?:COPY|ADD)\s.*?--from=([^\s,]+)|^\s*RUN\s.*?--mount=\S*\bfrom=([^\s,]+)/i;
const DIGEST = /@sha256:[0-9a-f]{64}$/;
const PIP_INSTALL = /\bpip[\d.]*\s+install\b([^&|;]*)/g;
/** Options of `pip install` whose value is the next word. */
const WITH_VALUE =
  /^(?:-[rcifteC]|--(?:requirement|constraint|index-url|extra-index-url|find-links|target|prefix|root|src|editable|trusted-host|platform|python-version|implementation|abi|cache-dir|proxy|timeout|retries|progress-bar|upgrade-strategy|only-binary|no-binary|config-settings|report|python|log|cert|client-cert))$/;
/** They install the others, as pip does. */
const INSTALLERS = /^(?:uv|poetry|pdm|pipenv|pipx|virtualenv)\b/i;
const PACKAGE = /^(?:[A-Za-z0-9][A-Za-z0-9._-]*(?:$|[[=<>!~@])|(?:git\+|https?:))/;

/**
 * What a Dockerfile leaves open: images that it starts or copies from and that are not named by digest (earlier stages
 * and `scratch` are known), and packages that `pip install` names without a version. Requirement files that it installs are judged
 * where they stand beside the model.
 */
export function readDockerfile(text: string): PinnedFile {
  const stages = new Set(['scratch']);
  const open: string[] = [];
  let packages = 0;
  for (const line of text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [, image, stage] = FROM.exec(line) ?? [];
    if (image !== undefined) packages += 1;
    const [, copied, mounted] = TAKEN_FROM.exec(line) ?? [];
    const taken = image ?? copied ?? mounted;
    const isStage =
      taken !== undefined && (stages.has(taken.toLowerCase()) || (image === undefined && /^\d+$/.test(taken)));
    if (taken !== undefined && !isStage && !DIGEST.test(taken)) open.push(taken);
    if (stage !== undefined) stages.add(stage.toLowerCase());
    open.push(...installedUnpinned(line));
  }
  return { packages, open, includes: [] };
}

function installedUnpinned(line: string): string[] {
  if (!/^\s*(?:ONBUILD\s+)?RUN\s/i.test(line)) return [];
  // `RUN ["pip", "install", "numpy"]` is the same without a shell.
  const plain = /^\s*RUN\s+\[/i.test(line) ? line.replaceAll(/["[\],]/g, ' ') : line;
  return [...plain.matchAll(PIP_INSTALL)].flatMap(([, words = '']) => {
    const given = words
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll(/["']/g, ''));
    return given.filter(
      (word, at) =>
        PACKAGE.test(word) && !INSTALLERS.test(word) && !WITH_VALUE.test(given[at - 1] ?? '') && !isPinned(word),
    );
  });
}
