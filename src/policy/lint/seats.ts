/**
 * How many of the seats can be taken at once when nobody takes two: a largest matching of seats and people.
 * `seats` lists for each seat the people who may take it.
 */
export function seatsThatCanBeTaken(seats: readonly (readonly string[])[]): number {
  const seatOf = new Map<string, number>();

  function seat(index: number, asked: Set<string>): boolean {
    const candidates = seats[index] ?? [];
    const free = candidates.find((person) => !seatOf.has(person));
    if (free !== undefined) {
      seatOf.set(free, index);
      return true;
    }
    for (const person of candidates) {
      if (asked.has(person)) {
        continue;
      }
      asked.add(person);
      const taken = seatOf.get(person);
      if (taken === undefined || seat(taken, asked)) {
        seatOf.set(person, index);
        return true;
      }
    }
    return false;
  }

  return seats.filter((_, index) => seat(index, new Set())).length;
}
