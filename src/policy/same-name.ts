/**
 * A person's name with everything taken away that does not make another person: case, blanks around it, and how Unicode
 * composes its letters, which git and file systems do differently. Two names are one person's when their folds are equal.
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
