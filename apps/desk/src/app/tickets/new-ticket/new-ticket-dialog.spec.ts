import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import type { HarnessLoader } from '@angular/cdk/testing';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldHarness } from '@angular/material/form-field/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import { asked, deskProviders, settled } from '../testing/api-at-hand';
import { NewTicketDialog } from './new-ticket-dialog';

describe('NewTicketDialog', () => {
  const close = jest.fn();
  let loader: HarnessLoader;

  const fill = async (label: string, text: string): Promise<void> => {
    const field = await loader.getHarness(MatFormFieldHarness.with({ floatingLabelText: label }));
    const control = await field.getControl(MatInputHarness);
    await control?.setValue(text);
  };
  const submit = (): Promise<MatButtonHarness> => loader.getHarness(MatButtonHarness.with({ text: 'Open ticket' }));

  beforeEach(async () => {
    close.mockReset();
    const desk = deskProviders();
    TestBed.configureTestingModule({
      imports: desk.imports,
      providers: [...desk.providers, { provide: MatDialogRef, useValue: { close } }],
    });
    const fixture = TestBed.createComponent(NewTicketDialog);
    loader = TestbedHarnessEnvironment.loader(fixture);
    await fill("Customer's email", ' grace@example.com ');
    await fill("Customer's name", 'Grace Hopper');
    await fill('Subject', 'The invoice for October');
  });

  it('can be sent once everything needed is there', async () => {
    expect(await (await submit()).isDisabled()).toBe(true);
    await fill('What is it about?', '  ');
    expect(await (await submit()).isDisabled()).toBe(true);
    await fill('What is it about?', 'Please correct it.');
    expect(await (await submit()).isDisabled()).toBe(false);
  });

  it('opens the ticket that was written, and closes with its id', async () => {
    await fill('What is it about?', 'Please correct it.');
    await fill('Tags', 'vip, invoice');
    await (await submit()).click();
    const request = asked('/tickets', 'POST');
    expect(request.request.body).toEqual({
      subject: 'The invoice for October',
      body: 'Please correct it.',
      channel: 'web',
      priority: 'normal',
      requester: { email: 'grace@example.com', name: 'Grace Hopper' },
      tags: ['vip', 'invoice'],
    });
    request.flush({ id: 't9' }, { status: 201, statusText: 'x' });
    await settled();
    expect(close).toHaveBeenCalledWith('t9');
  });

  it('stays open with the reason when it is refused', async () => {
    await fill('What is it about?', 'Please correct it.');
    await (await submit()).click();
    asked('/tickets', 'POST').flush({ code: 'access.denied', detail: 'x' }, { status: 403, statusText: 'x' });
    await settled();
    expect(close).not.toHaveBeenCalled();
    expect(await (await loader.getHarness(MatButtonHarness.with({ text: 'Open ticket' }))).isDisabled()).toBe(false);
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('Your role does not allow this.');
  });
});
