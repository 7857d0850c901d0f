import { TestBed } from '@angular/core/testing';
import { DeskCommands } from './desk-commands';
import type { DeskCommand } from './desk-commands';
import { Shortcuts } from './shortcuts';

describe('Shortcuts', () => {
  let ran: string[];

  const command = (id: string, keys: string, more: Partial<DeskCommand> = {}): DeskCommand => ({
    id,
    keys,
    label: id,
    group: 'g',
    icon: 'add',
    run: () => ran.push(id),
    ...more,
  });
  const press = (key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}): boolean =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  const place = (html: string, selector: string): HTMLElement => {
    document.body.innerHTML = html;
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) throw new Error(`No ${selector}.`);
    return element;
  };

  beforeEach(() => {
    localStorage.clear();
    document.body.innerHTML = '';
    ran = [];
    TestBed.inject(Shortcuts);
    TestBed.runInInjectionContext(() => {
      TestBed.inject(DeskCommands).offer([
        command('next', 'j'),
        command('inbox', 'g i'),
        command('palette', 'mod+k'),
        command('never', 'n', { enabled: () => false }),
        command('open', 'Enter'),
      ]);
    });
  });

  it('run on a key and on one key after another, and keep the browser out of it', () => {
    expect(press('j')).toBe(false);
    press('g');
    press('i');
    expect(ran).toEqual(['next', 'inbox']);
  });

  it('forget a sequence that another key broke', () => {
    press('g');
    press('x');
    press('i');
    expect(ran).toEqual([]);
  });

  it('leave keys alone that mean nothing now', () => {
    expect(press('n')).toBe(true);
    expect(ran).toEqual([]);
  });

  it.each([
    ['<input>', 'input'],
    ['<textarea></textarea>', 'textarea'],
    ['<div role="dialog"><p></p></div>', 'p'],
    ['<div role="menu"><p></p></div>', 'p'],
  ])('are silent in %s, except with Ctrl or ⌘', (html, selector) => {
    const target = place(html, selector);
    press('j', target);
    press('k', target, { ctrlKey: true });
    press('k', target, { metaKey: true });
    expect(ran).toEqual(['palette', 'palette']);
  });

  it('leave Enter to a button that has the focus', () => {
    press('Enter', place('<button></button>', 'button'));
    expect(ran).toEqual([]);
    press('Enter');
    expect(ran).toEqual(['open']);
  });

  it('can be turned off, the palette never', () => {
    TestBed.inject(Shortcuts).singleKeys.set(false);
    press('j');
    press('k', document.body, { ctrlKey: true });
    expect(ran).toEqual(['palette']);
  });

  it('of a screen opened later come first', () => {
    TestBed.runInInjectionContext(() => {
      TestBed.inject(DeskCommands).offer([command('dialogNext', 'j')]);
    });
    press('j');
    expect(ran).toEqual(['dialogNext']);
  });
});
