/** Event data while it is brought up to date; personal texts are `Personal` values. */
export type UpcastData = Readonly<Record<string, unknown>>;

/**
 * Per event type the steps from version 1 to 2, 2 to 3 and so on. Pure; the number of steps plus one is the version that new events
 * are written with. A new meaning is a new event, not a new version.
 */
export type Upcasters = Readonly<Record<string, readonly ((data: UpcastData) => UpcastData)[]>>;

/** All upcasters of the process; contexts register theirs once while they are wired. */
export class UpcasterRegistry {
  private readonly steps = new Map<string, readonly ((data: UpcastData) => UpcastData)[]>();

  register(upcasters: Upcasters): void {
    for (const [type, steps] of Object.entries(upcasters)) this.steps.set(type, steps);
  }

  /** The version that events of a type are written with now, as it stands in their metadata. */
  currentVersion(type: string): string {
    return String((this.steps.get(type)?.length ?? 0) + 1);
  }

  upcast(type: string, version: string, data: UpcastData): UpcastData {
    const steps = this.steps.get(type);
    if (!steps) return data;
    return steps.slice(Number(version) - 1).reduce((older, step) => step(older), data);
  }
}
