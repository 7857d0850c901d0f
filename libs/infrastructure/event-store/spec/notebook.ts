import { type Decider, DomainError, type DomainEvent, type EventMetadata, type Personal } from '@ledgerdesk/kernel';

/** A tiny aggregate with everything a real one has: fields, a personal text, a refusal, a quiet command. */
export type NotebookEvent =
  | DomainEvent<'NotebookOpened', { readonly owner: Personal }>
  | DomainEvent<'NotebookNamed', { readonly name: string }>
  | DomainEvent<'NotebookRetitled', { readonly title: Personal }>
  | DomainEvent<'LineAdded', { readonly line: number }>;

export class OpenNotebook {
  constructor(
    readonly notebookId: string,
    readonly owner: Personal,
  ) {}
}
export class NameNotebook {
  constructor(
    readonly notebookId: string,
    readonly name: string,
  ) {}
}
export class RetitleNotebook {
  constructor(
    readonly notebookId: string,
    readonly title: Personal,
  ) {}
}
export class AddLines {
  constructor(
    readonly notebookId: string,
    readonly count: number,
  ) {}
}
export type NotebookCommand = OpenNotebook | NameNotebook | RetitleNotebook | AddLines;

export interface Notebook {
  readonly opened: boolean;
  readonly name: string;
  readonly lines: number;
  readonly lastOccurredAt: string;
}

export const notebook: Decider<NotebookCommand, Notebook, NotebookEvent> = {
  category: 'notebook',
  initial: { opened: false, name: '', lines: 0, lastOccurredAt: '' },
  target: ({ notebookId }) => notebookId,
  decide(command, state) {
    if (command instanceof OpenNotebook) {
      if (state.opened) throw new DomainError('conflict', 'notebook.open', 'It is open already.');
      return [{ type: 'NotebookOpened', data: { owner: command.owner } }];
    }
    if (!state.opened) throw new DomainError('not-found', 'notebook.unknown', 'There is no such notebook.');
    if (command instanceof AddLines) {
      return Array.from({ length: command.count }, (_, index) => ({
        type: 'LineAdded' as const,
        data: { line: state.lines + index + 1 },
      }));
    }
    if (command instanceof RetitleNotebook) return [{ type: 'NotebookRetitled', data: { title: command.title } }];
    return command.name === state.name ? [] : [{ type: 'NotebookNamed', data: { name: command.name } }];
  },
  evolve: (state, event, { occurredAt }: EventMetadata) => ({ ...evolved(state, event), lastOccurredAt: occurredAt }),
  sets(command): Readonly<Record<string, unknown>> {
    if (command instanceof NameNotebook) return { name: command.name };
    if (command instanceof RetitleNotebook) return { title: command.title };
    return {};
  },
  changes(event): Readonly<Record<string, unknown>> {
    if (event.type === 'NotebookNamed') return { name: event.data.name };
    if (event.type === 'NotebookRetitled') return { title: event.data.title };
    return {};
  },
};

function evolved(state: Notebook, event: NotebookEvent): Notebook {
  switch (event.type) {
    case 'NotebookOpened':
      return { ...state, opened: true };
    case 'NotebookNamed':
      return { ...state, name: event.data.name };
    case 'LineAdded':
      return { ...state, lines: event.data.line };
    case 'NotebookRetitled':
      return state;
  }
}
