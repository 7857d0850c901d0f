import type { Effect, EffectChange, EffectTools, Reaction } from '@ledgerdesk/jobs';
import { type Decider, DomainError, type DomainEvent, type Recorded } from '@ledgerdesk/kernel';
import { parseStreamName } from '@ledgerdesk/event-store';

export class SwitchOn {
  constructor(
    readonly kettle: string,
    readonly hotAt: string,
  ) {}
}
export class SwitchOff {
  constructor(readonly kettle: string) {}
}
export class Whistle {
  constructor(readonly kettle: string) {}
}

type KettleCommand = SwitchOn | SwitchOff | Whistle;
type KettleEvent =
  DomainEvent<'KettleSwitchedOn', { readonly hotAt: string }> | DomainEvent<'KettleSwitchedOff' | 'KettleWhistled'>;

/** The smallest thing with a timer. */
export const kettleDecider: Decider<KettleCommand, { readonly on: boolean }, KettleEvent> = {
  category: 'kettle',
  initial: { on: false },
  target: ({ kettle }) => kettle,
  decide(command, { on }) {
    if (command instanceof SwitchOn) return [{ type: 'KettleSwitchedOn', data: { hotAt: command.hotAt } }];
    if (command instanceof SwitchOff) return on ? [{ type: 'KettleSwitchedOff', data: {} }] : [];
    if (!on) throw new DomainError('conflict', 'kettle.off', 'A kettle that is off does not whistle.');
    return [{ type: 'KettleWhistled', data: {} }];
  },
  evolve: (state, { type }) => (type === 'KettleWhistled' ? state : { on: type === 'KettleSwitchedOn' }),
};

/** A kettle whistles when it is hot, unless it was switched off before. */
export class KettleReaction implements Reaction {
  readonly name = 'whistle-when-hot';
  readonly categories = ['kettle'];
  broken = false;

  effectsOf(event: Recorded): readonly EffectChange[] {
    const subject = parseStreamName(event.stream).id;
    const kettleEvent = event as unknown as KettleEvent;
    if (kettleEvent.type === 'KettleSwitchedOff') return [{ kind: 'cancel', subject }];
    if (kettleEvent.type === 'KettleSwitchedOn')
      return [
        { kind: 'cancel', subject },
        { kind: 'perform', subject, due: kettleEvent.data.hotAt },
      ];
    return [];
  }

  async perform({ subject }: Effect, tools: EffectTools): Promise<void> {
    if (this.broken) throw new TypeError('the whistle is stuck');
    await tools.issue(new Whistle(subject));
  }
}
