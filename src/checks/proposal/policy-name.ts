/** What a name may be made of in a policy; anything else becomes a dash. `otherwise` where nothing is left. */
export function asPolicyName(text: string, otherwise: string): string {
  const name = text
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/-+$/, '');
  return name === '' ? otherwise : name;
}
