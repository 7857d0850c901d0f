import { Component, linkedSignal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { RouterLink } from '@angular/router';
import { Door } from '../door/door';
import { linkToken } from '../door/link-token';
import { AskForLink } from './ask-for-link';
import { ChoosePassword } from './choose-password';

type Step = 'ask' | 'asked' | 'choose' | 'done';

/** For people who have lost their password: asks for a link, or, led here by one, for a new password. */
@Component({
  selector: 'ld-password-reset-page',
  imports: [AskForLink, ChoosePassword, Door, RouterLink, TranslocoPipe],
  template: `
    <ld-door [heading]="'reset.' + step() + 'Title' | transloco" [lead]="'reset.' + step() + 'Lead' | transloco">
      @switch (step()) {
        @case ('ask') {
          <ld-ask-for-link (asked)="step.set('asked')" />
        }
        @case ('choose') {
          <ld-choose-password [token]="token()" (chosen)="step.set('done')" (again)="step.set('ask')" />
        }
      }
      <a class="back" routerLink="/sign-in">{{ 'reset.back' | transloco }}</a>
    </ld-door>
  `,
  styleUrl: '../door/door-form.scss',
})
export class PasswordResetPage {
  protected readonly token = linkToken();
  protected readonly step = linkedSignal<Step>(() => (this.token() === '' ? 'ask' : 'choose'));
}
