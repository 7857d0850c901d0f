import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, acceptInvitation, lookAtInvitation } from '@ledgerdesk/web-api';
import type { Welcome } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { PasswordField } from '../account/password/password-field';
import { Door } from '../door/door';
import { linkToken } from '../door/link-token';
import { refusalText } from '../tickets/stores/refusal-text';

type Step = 'looking' | 'void' | 'new' | 'known' | 'done';

interface Refusal {
  readonly text: string;
  readonly isAboutPassword: boolean;
}

/** Led here by an invitation: makes an account, or asks for the password of the one there is, and takes the seat. */
@Component({
  selector: 'ld-join-page',
  imports: [Door, Icon, MatButton, MatFormField, MatInput, MatLabel, PasswordField, RouterLink, TranslocoPipe],
  templateUrl: './join-page.html',
  styleUrl: '../door/door-form.scss',
})
export class JoinPage {
  protected readonly step = signal<Step>('looking');
  protected readonly welcome = signal<Welcome | undefined>(undefined);
  protected readonly name = signal('');
  protected readonly password = signal('');
  protected readonly code = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<Refusal | undefined>(undefined);
  protected readonly isOpen = computed(() => this.step() === 'new' || this.step() === 'known');
  protected readonly words = computed(() => {
    const { workspace = '', email = '' } = this.welcome() ?? {};
    return { workspace, email };
  });
  private readonly token = linkToken();
  private readonly api = inject(Api);
  private readonly texts = inject(TranslocoService);

  constructor() {
    effect(() => {
      const token = this.token();
      untracked(() => void this.look(token));
    });
  }

  protected async acceptInvitation(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy() || this.name().trim() === '' || this.password() === '') return;
    this.busy.set(true);
    this.refusal.set(undefined);
    const code = this.code().trim();
    const shown = { name: this.name().trim(), password: this.password(), ...(code === '' ? {} : { code }) };
    try {
      await this.api.invoke(acceptInvitation, { body: { token: this.token(), ...shown } });
      this.step.set('done');
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'invitation.void') this.step.set('void');
      const isAboutPassword = /^(?:password\.|invitation\.proof-refused)/u.test(problem.code);
      this.refusal.set({ text: refusalText(problem, this.texts), isAboutPassword });
    } finally {
      this.busy.set(false);
    }
  }

  private async look(token: string): Promise<void> {
    if (token === '') {
      this.step.set('void');
      return;
    }
    try {
      const welcome = await this.api.invoke(lookAtInvitation, { body: { token } });
      this.welcome.set(welcome);
      this.step.set(welcome.hasAccount ? 'known' : 'new');
    } catch (error) {
      const problem = problemOf(error);
      this.step.set('void');
      if (problem.code !== 'invitation.void' && problem.status !== 400) {
        this.refusal.set({ text: refusalText(problem, this.texts), isAboutPassword: false });
      }
    }
  }
}
