/** Someone's wish to sit: this person approved in this role. */
export interface Seating {
  readonly role: string;
  readonly person: string;
}

export interface FilledSeats {
  readonly complete: boolean;
  readonly quorum: Readonly<Record<string, { readonly need: number; readonly have: number }>>;
}

/**
 * Fills as many seats as possible: each seat takes one person, and nobody sits twice, whatever roles they hold.
 * Maximum bipartite matching by augmenting paths, so that one who could sit in two roles leaves the seat that only
 * somebody else can't take. No demand at all is never complete.
 */
export function fillSeats(require: Readonly<Record<string, number>>, approvals: readonly Seating[]): FilledSeats {
  const seats = Object.entries(require).flatMap(([role, need]) => Array.from({ length: need }, () => role));
  const rolesOf = new Map<string, Set<string>>();
  for (const { person, role } of approvals) {
    rolesOf.set(person, (rolesOf.get(person) ?? new Set()).add(role));
  }
  const seatOf = new Map<number, string>();
  for (const person of [...rolesOf.keys()].sort()) sit(person, seats, rolesOf, seatOf, new Set());

  const quorum: Record<string, { need: number; have: number }> = {};
  for (const [role, need] of Object.entries(require)) {
    quorum[role] = { need, have: seats.filter((seat, index) => seat === role && seatOf.has(index)).length };
  }
  return { complete: seats.length > 0 && seatOf.size === seats.length, quorum };
}

/** Seats the person, moving others along where that helps. */
function sit(
  person: string,
  seats: readonly string[],
  rolesOf: ReadonlyMap<string, ReadonlySet<string>>,
  seatOf: Map<number, string>,
  tried: Set<number>,
): boolean {
  for (const [index, role] of seats.entries()) {
    if (tried.has(index) || !rolesOf.get(person)?.has(role)) continue;
    tried.add(index);
    const sitting = seatOf.get(index);
    if (sitting !== undefined && !sit(sitting, seats, rolesOf, seatOf, tried)) continue;
    seatOf.set(index, person);
    return true;
  }
  return false;
}
