import { Document, isScalar, visit } from 'yaml';

/**
 * A gate in YAML. The library quotes every text, so that no name becomes structure; scripts stand as block texts, as
 * people write them.
 */
export function yamlGate(comment: string, content: unknown): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  if (comment !== '')
    document.commentBefore = comment
      .split('\n')
      .map((line) => ` ${line}`)
      .join('\n');
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')) node.type = 'BLOCK_LITERAL';
    },
  });
  return document.toString({ lineWidth: 0 });
}

export function script(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
