let lost = 0;
let failing = 0;

/** How the writing of this process's log goes, for its metrics: a log that cannot be written cannot say so. */
export const logHealth = {
  /** Lines that nobody will read. */
  get lost(): number {
    return lost;
  },
  /** Destinations that take no lines now. */
  get failing(): number {
    return failing;
  },
  lineLost(): void {
    lost += 1;
  },
  failed(): void {
    failing += 1;
  },
  recovered(): void {
    failing -= 1;
  },
};
