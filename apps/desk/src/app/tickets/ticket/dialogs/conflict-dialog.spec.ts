import { Component, inject } from '@angular/core';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import type { HarnessLoader } from '@angular/cdk/testing';
import { TestBed } from '@angular/core/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { MatDialog } from '@angular/material/dialog';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { deskProviders, signedInAgent } from '../../testing/api-at-hand';
import { ConflictDialog } from './conflict-dialog';

@Component({ template: '' })
class Screen {
  readonly dialog = inject(MatDialog);
}

describe('two values for one field', () => {
  let loader: HarnessLoader;
  let answer: unknown;

  beforeEach(async () => {
    const desk = deskProviders();
    TestBed.configureTestingModule({
      ...desk,
      providers: [...desk.providers, { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } }],
    });
    await signedInAgent();
    const fixture = TestBed.createComponent(Screen);
    loader = TestbedHarnessEnvironment.documentRootLoader(fixture);
    answer = 'open';
    fixture.componentInstance.dialog
      .open(ConflictDialog, {
        data: [
          { field: 'priority', yours: 'urgent', theirs: 'low' },
          { field: 'pendingUntil', yours: null, theirs: '2026-11-23T08:00:00.000Z' },
        ],
      })
      .afterClosed()
      .subscribe((value) => {
        answer = value;
      });
  });

  const press = async (text: RegExp): Promise<void> =>
    (await loader.getHarness(MatButtonHarness.with({ text }))).click();

  it('are both shown, in words', async () => {
    const text = await (await loader.getHarness(MatDialogHarness)).getContentText();
    expect(text).toContain('Priority');
    expect(text).toMatch(/Low\s*Urgent/u);
    expect(text).toMatch(/23 Nov|Nov 23/u);
  });

  it('end with mine when I insist', async () => {
    await press(/Apply mine/u);
    expect(answer).toBe(true);
  });

  it('end with theirs when I let it be', async () => {
    await press(/Keep what is there/u);
    expect(answer).toBe(false);
  });
});
