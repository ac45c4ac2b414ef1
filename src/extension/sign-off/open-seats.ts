import type { EnvironmentApprovals, Seat } from '../engine/approvals.ts';

/** The seats that nobody has filled yet. */
export function openSeats(environment: EnvironmentApprovals): readonly Seat[] {
  return environment.candidate.seats.filter((seat) => seat.have < seat.need);
}
